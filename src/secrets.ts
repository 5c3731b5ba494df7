import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from './startupError.js';

export interface Secrets {
  /** Signs access tokens. */
  jwtSecret: string;
  /** Encrypts passwords of connectors. */
  encryptionKey: string;
}

/**
 * The secrets in force: those given, and for the others what `<dataDir>/secrets.json` holds (mode 0600), made at the first
 * start. Throws StartupError when the file cannot be read or written.
 */
export function loadSecrets(dataDir: string, given: Partial<Secrets> = {}): Secrets {
  const { jwtSecret, encryptionKey } = given;
  if (jwtSecret && encryptionKey) return { jwtSecret, encryptionKey };
  const kept = keptSecrets(dataDir);
  return { jwtSecret: jwtSecret ?? kept.jwtSecret, encryptionKey: encryptionKey ?? kept.encryptionKey };
}

function keptSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  try {
    mkdirSync(dataDir, { recursive: true });
    writeNew(file);
    chmodSync(file, 0o600);
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not what was written there' : `cannot be used (${(error as NodeJS.ErrnoException).code})`;
    throw new StartupError(
      `${file} ${reason}: repair it, or set JWT_SECRET and ENCRYPTION_KEY, or delete it and lose all sessions and stored passwords.`,
      { cause: error },
    );
  }
}

/** Does nothing where the file is there already, even when another process makes it in this moment. */
function writeNew(file: string): void {
  const make = () => randomBytes(32).toString('base64url');
  const made: Secrets = { jwtSecret: make(), encryptionKey: make() };
  try {
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function parse(text: string): Secrets {
  const { jwtSecret, encryptionKey } = JSON.parse(text) as Partial<Secrets>;
  if (typeof jwtSecret !== 'string' || typeof encryptionKey !== 'string') throw new SyntaxError('A secret is missing');
  return { jwtSecret, encryptionKey };
}
