import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSecrets } from '../../src/secrets.js';
import { StartupError } from '../../src/startupError.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('loadSecrets', () => {
  let folder: string;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => rmSync(folder, { recursive: true }));

  it('says what to do when the file is not what was written there', () => {
    const file = join(folder, 'secrets.json');
    for (const text of ['', '{', '[]', '{"jwtSecret":"x"}']) {
      writeFileSync(file, text);
      assert.throws(() => loadSecrets(folder), (error) => error instanceof StartupError && /set JWT_SECRET and ENCRYPTION_KEY/.test(error.message));
    }
    rmSync(file);
  });

  it('says what to do when the folder is none', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    assert.throws(() => loadSecrets(file), (error) => error instanceof StartupError && error.message.includes('cannot be used'));
  });

  it('makes secrets once, long and for the owner alone', () => {
    const secrets = loadSecrets(folder);
    assert.deepEqual(loadSecrets(folder), secrets);
    assert.notEqual(secrets.jwtSecret, secrets.encryptionKey);
    assert.equal(Buffer.from(secrets.jwtSecret, 'base64url').length, 32);
    const file = join(folder, 'secrets.json');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    chmodSync(file, 0o644);
    loadSecrets(folder);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('prefers what is given, and writes nothing when all is', async () => {
    assert.equal(loadSecrets(folder, { jwtSecret: 'given' }).jwtSecret, 'given');
    const other = await temporaryFolder();
    assert.deepEqual(loadSecrets(other, { jwtSecret: 'a', encryptionKey: 'b' }), { jwtSecret: 'a', encryptionKey: 'b' });
    assert.throws(() => readFileSync(join(other, 'secrets.json')), /ENOENT/);
    rmSync(other, { recursive: true });
  });
});
