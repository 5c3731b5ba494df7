import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './makeFolder.js';
import { StartupError } from './startupError.js';

export interface Secrets {
  /** Signs access tokens. */
  jwtSecret: string;
  /** Encrypts passwords of connectors. */
  encryptionKey: string;
  /** The encryption key before, while something may still be encrypted with it. */
  previousEncryptionKey?: string;
}

/**
 * The secrets in force: those given, and for the others what `<dataDir>/secrets.json` holds (mode 0600), made at the first
 * start. Throws StartupError when the file cannot be read or written.
 */
export function loadSecrets(dataDir: string, given: Partial<Secrets> = {}): Secrets {
  const { jwtSecret, encryptionKey, previousEncryptionKey } = given;
  if (jwtSecret && encryptionKey) return { jwtSecret, encryptionKey, ...(previousEncryptionKey && { previousEncryptionKey }) };
  const kept = keptSecrets(dataDir);
  const previous = previousEncryptionKey ?? (encryptionKey && encryptionKey !== kept.encryptionKey ? kept.encryptionKey : kept.previousEncryptionKey);
  return {
    jwtSecret: jwtSecret ?? kept.jwtSecret, encryptionKey: encryptionKey ?? kept.encryptionKey,
    ...(previous && { previousEncryptionKey: previous }),
  };
}

/**
 * Makes a new encryption key in `<dataDir>/secrets.json` and keeps the old one beside it until `finishKeyChange`. A change that
 * was begun and not finished goes on with its new key. Throws StartupError as `loadSecrets` does.
 */
export function beginKeyChange(dataDir: string): void {
  const kept = keptSecrets(dataDir);
  if (!kept.previousEncryptionKey) rewrite(dataDir, { ...kept, encryptionKey: makeSecret(), previousEncryptionKey: kept.encryptionKey });
}

/** Forgets the old encryption key, when nothing is encrypted with it any more. */
export function finishKeyChange(dataDir: string): void {
  const { jwtSecret, encryptionKey } = keptSecrets(dataDir);
  rewrite(dataDir, { jwtSecret, encryptionKey });
}

/** Whole or not at all: half a file would lose every stored password. */
function rewrite(dataDir: string, secrets: Secrets): void {
  const file = join(dataDir, 'secrets.json');
  writeFileSync(`${file}.new`, asText(secrets), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

const makeSecret = () => randomBytes(32).toString('base64url');
const asText = (secrets: Secrets) => `${JSON.stringify(secrets, null, 2)}\n`;

function keptSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  try {
    makeFolder(dataDir);
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
  const made: Secrets = { jwtSecret: makeSecret(), encryptionKey: makeSecret() };
  try {
    writeFileSync(file, asText(made), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function parse(text: string): Secrets {
  const { jwtSecret, encryptionKey, previousEncryptionKey } = JSON.parse(text) as Partial<Secrets>;
  if (typeof jwtSecret !== 'string' || typeof encryptionKey !== 'string') throw new SyntaxError('A secret is missing');
  return { jwtSecret, encryptionKey, ...(typeof previousEncryptionKey === 'string' && { previousEncryptionKey }) };
}
