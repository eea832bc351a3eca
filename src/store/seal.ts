import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** The form that comes before each sealed text: another one would be another cipher. */
const FORM = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Tells keys apart, and says nothing about them. */
export function keyIdOf(key: Uint8Array): string {
  return createHmac('sha256', key).update('boothsync key id').digest('hex').slice(0, 12);
}

/**
 * Encrypts a text with AES-256-GCM. `about` says what it belongs to, and is needed to open it: what is copied into another
 * row can't be opened there.
 */
export function seal(key: Uint8Array, text: string, about: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(`${FORM}\n${about}`, 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [FORM, keyIdOf(key), Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')].join(
    '.',
  );
}

/** The id of the key that sealed it. */
export function sealedBy(sealed: string): string {
  return sealed.split('.')[1] ?? '';
}

/** The text again; nothing where it was sealed with another key, about something else, or was changed. */
export function unseal(key: Uint8Array, sealed: string, about: string): string | undefined {
  const [form, , text = ''] = sealed.split('.');
  const bytes = Buffer.from(text, 'base64url');
  if (form !== FORM || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(`${form}\n${about}`, 'utf8'));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
