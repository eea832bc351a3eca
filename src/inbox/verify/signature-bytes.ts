/**
 * The bytes of a signature as it is written; nothing where that is another encoding, or more than the signature. Node
 * itself stops at the first letter that it can't read, and takes what came before.
 */
export function signatureBytes(text: string, encoding: 'hex' | 'base64'): Buffer | undefined {
  const form = encoding === 'hex' ? /^(?:[\da-f]{2})+$/i : /^[\w+/-]+={0,2}$/;
  return form.test(text) ? Buffer.from(text, encoding) : undefined;
}
