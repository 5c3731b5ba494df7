import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Encrypts what connectors keep secret, with AES-256-GCM. A sealed text is, in bytes:
 * format (1) · key id (8) · nonce (12) · tag (16) · ciphertext. The id of its row is authenticated with it, so that it opens
 * in no other row, and the key id says which key it is for, so that keys can be changed.
 */

const format = 1;
const lengths = { keyId: 8, nonce: 12, tag: 16 };
const headLength = 1 + lengths.keyId + lengths.nonce + lengths.tag;

interface Key {
  id: Buffer;
  key: Buffer;
}

/** The secrets of `src/secrets.ts`: the one in force, and the one before it while a change of keys is not finished. */
export interface EncryptionKeys {
  encryptionKey: string;
  previousEncryptionKey?: string;
}

let keys: Key[] = [];

/** Says which keys open what is stored; the first of them seals. Call it at start. */
export function useEncryptionKeys({ encryptionKey, previousEncryptionKey }: EncryptionKeys): void {
  keys = [encryptionKey, previousEncryptionKey].filter((secret) => secret !== undefined).map(keyOf);
}

/** HKDF (RFC 5869) makes 32 bytes of a secret of any length, and an id that does not tell the key. */
function keyOf(secret: string): Key {
  const derive = (purpose: string, length: number) => Buffer.from(hkdfSync('sha256', secret, '', `connectors ${purpose}`, length));
  return { id: derive('key id', lengths.keyId), key: derive('key', 32) };
}

/** Encrypts a text for the row of that id. */
export function seal(text: string, rowId: string): Buffer {
  const [current] = keys;
  if (!current) throw new Error('No encryption key has been set');
  const nonce = randomBytes(lengths.nonce);
  const cipher = createCipheriv('aes-256-gcm', current.key, nonce, { authTagLength: lengths.tag });
  cipher.setAAD(Buffer.from(rowId));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([format]), current.id, nonce, cipher.getAuthTag(), ciphertext]);
}

/** Decrypts what `seal` made for the row of that id. Throws for another row's, for a changed one and when the key is gone. */
export function unseal(sealed: Uint8Array, rowId: string): string {
  const bytes = Buffer.from(sealed);
  const parts = { id: bytes.subarray(1, 9), nonce: bytes.subarray(9, 21), tag: bytes.subarray(21, headLength) };
  const known = keys.find(({ id }) => bytes[0] === format && bytes.length >= headLength && id.equals(parts.id));
  if (!known) throw new Error('The key of a stored password is not the ENCRYPTION_KEY nor the PREVIOUS_ENCRYPTION_KEY');
  const decipher = createDecipheriv('aes-256-gcm', known.key, parts.nonce, { authTagLength: lengths.tag });
  decipher.setAAD(Buffer.from(rowId));
  decipher.setAuthTag(parts.tag);
  return Buffer.concat([decipher.update(bytes.subarray(headLength)), decipher.final()]).toString('utf8');
}

/** Whether a sealed text was encrypted with the key in force. */
export const isSealedWithCurrentKey = (sealed: Uint8Array): boolean => keys[0]!.id.equals(sealed.subarray(1, 9));
