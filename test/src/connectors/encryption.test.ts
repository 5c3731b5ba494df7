import assert from 'node:assert/strict';
import { isSealedWithCurrentKey, seal, unseal, useEncryptionKeys } from '../../../src/connectors/encryption.js';

describe('seal', () => {
  beforeEach(() => useEncryptionKeys({ encryptionKey: 'first' }));

  it('opens in no other row', () => {
    const sealed = seal('secret', 'row 1');
    assert.throws(() => unseal(sealed, 'row 2'), /authenticate/);
  });

  it('does not open when any byte was changed, or the end is missing', () => {
    const sealed = seal('secret', 'row');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      assert.throws(() => unseal(changed, 'row'), `byte ${at}`);
    }
    for (const end of [0, 1, 20, 37, sealed.length - 1]) assert.throws(() => unseal(sealed.subarray(0, end), 'row'), `${end} bytes`);
  });

  it('does not open with another key, and says so', () => {
    const sealed = seal('secret', 'row');
    useEncryptionKeys({ encryptionKey: 'second' });
    assert.throws(() => unseal(sealed, 'row'), /not the ENCRYPTION_KEY/);
  });

  it('opens what it sealed, each time in other bytes that do not hold the text', () => {
    const sealed = seal('pässword', 'row');
    assert.equal(unseal(sealed, 'row'), 'pässword');
    assert.notDeepEqual(seal('pässword', 'row'), sealed);
    assert.ok(!sealed.includes(Buffer.from('pässword')) && !sealed.includes(Buffer.from('first')));
    assert.equal(sealed.length, 37 + Buffer.byteLength('pässword'));
  });

  it('opens what the previous key sealed, and seals with the one in force', () => {
    const old = seal('secret', 'row');
    assert.ok(isSealedWithCurrentKey(old));
    useEncryptionKeys({ encryptionKey: 'second', previousEncryptionKey: 'first' });
    assert.equal(unseal(old, 'row'), 'secret');
    assert.deepEqual([isSealedWithCurrentKey(old), isSealedWithCurrentKey(seal('secret', 'row'))], [false, true]);
  });
});
