import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { isSealedWithCurrentKey, seal, unseal, useEncryptionKeys } from '../../../src/connectors/encryption.js';
import { openEmbedded } from '../../../src/pglite/embedded.js';

describe('npm run rotate-keys', function () {
  this.timeout(120_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'persona-rotate-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  function command(name: string, given: Record<string, string> = {}): Promise<{ code: number; stdout: string; stderr: string }> {
    const program = fileURLToPath(new URL(`../../../src/bin/${name}.js`, import.meta.url));
    const env = { PATH: process.env.PATH, DATABASE_URL: '', NODE_ENV: '', ENCRYPTION_KEY: '', PREVIOUS_ENCRYPTION_KEY: '', JWT_SECRET: '', DATA_DIR: dataDir, ...given };
    return new Promise((resolve) => {
      execFile(process.execPath, [program], { env }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }));
    });
  }

  async function query(sql: string, values: unknown[] = []): Promise<any[]> {
    const embedded = await openEmbedded(dataDir);
    const client = new pg.Client({ stream: () => embedded.connect(), user: 'postgres', database: 'postgres', ssl: false });
    try {
      await client.connect();
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
      await embedded.close();
    }
  }

  const file = join(dataDir, 'secrets.json');
  const kept = () => JSON.parse(readFileSync(file, 'utf8'));
  const personaId = randomUUID();
  const rowId = randomUUID();

  async function assertSealedWith(encryptionKey: string): Promise<void> {
    useEncryptionKeys({ encryptionKey });
    const [{ secrets }] = await query('select secrets from connectors');
    assert.ok(isSealedWithCurrentKey(secrets));
    assert.equal(unseal(secrets, rowId), '{"vncPassword":"canary"}');
  }

  it('says so where there is nothing of the platform, and makes no key', async () => {
    const { code, stderr } = await command('rotateKeys');
    assert.deepEqual([code, /^There are no connectors here: set DATA_DIR .+\n$/.test(stderr)], [1, true], stderr);
    assert.throws(kept, /ENOENT/);
  });

  it('changes nothing when the key of a stored password is not known, and keeps every key that was', async () => {
    assert.equal((await command('migrate')).code, 0);
    useEncryptionKeys({ encryptionKey: 'k'.repeat(32) });
    const userId = randomUUID();
    await query("insert into users (id, email, name, password_hash) values ($1, 'a@example.com', 'Ann', 'x')", [userId]);
    await query("insert into personas (id, owner_id, name, system_prompt, default_provider) values ($1, $2, 'P', 'You help.', 'local')", [personaId, userId]);
    await query("insert into connectors (id, persona_id, kind, secrets) values ($1, $2, 'desktopVm', $3)", [rowId, personaId, seal('{"vncPassword":"canary"}', rowId)]);
    const { code, stderr } = await command('rotateKeys');
    assert.equal(code, 1);
    assert.match(stderr, /^No password was changed\. .+ set PREVIOUS_ENCRYPTION_KEY to .+\.\n$/);
    const { encryptionKey, previousEncryptionKey } = kept();
    assert.ok(encryptionKey && previousEncryptionKey && encryptionKey !== previousEncryptionKey);
    await assertSealedWith('k'.repeat(32));
  });

  it('goes on with a change that was cut off, with the key that was made then', async () => {
    const { encryptionKey } = kept();
    const { code, stdout, stderr } = await command('rotateKeys', { PREVIOUS_ENCRYPTION_KEY: 'k'.repeat(32) });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^The passwords of 1 connectors were encrypted with the new key\./);
    assert.deepEqual(Object.keys(kept()), ['jwtSecret', 'encryptionKey']);
    assert.equal(kept().encryptionKey, encryptionKey);
    await assertSealedWith(encryptionKey);
  });

  it('makes a new key and forgets the old one; sessions keep theirs', async () => {
    const before = kept();
    assert.equal((await command('rotateKeys')).code, 0);
    const now = kept();
    assert.equal(now.jwtSecret, before.jwtSecret);
    assert.notEqual(now.encryptionKey, before.encryptionKey);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    await assertSealedWith(now.encryptionKey);
  });

  it('takes the key of the environment, and leaves the file as it is', async () => {
    writeFileSync(file, JSON.stringify(kept()));
    const before = readFileSync(file, 'utf8');
    const { code, stderr } = await command('rotateKeys', { ENCRYPTION_KEY: 'e'.repeat(32) });
    assert.equal(code, 0, stderr);
    assert.equal(readFileSync(file, 'utf8'), before);
    await assertSealedWith('e'.repeat(32));
  });
});
