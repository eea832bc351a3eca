import { createPublicKey } from 'node:crypto';
import type { Verify } from '../../model/webhook.ts';
import { looseText, readChoice, readDuration, readText, tell } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child, itemsOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** HighLevel redelivers for 70 minutes, with a timestamp that may be the first try's. */
const TOLERANCE_MS = 2 * 3_600_000;

/** HighLevel's own, as its guide to webhooks publishes it; the sandbox and tests bring another. */
const GHL_KEY = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=
-----END PUBLIC KEY-----`;

/** HighLevel signs the raw body; most bodies hold a `timestamp`. The RSA header it sent before is retired. */
const BY_GHL: Extract<Verify, { type: 'key-pair' }> = {
  type: 'key-pair',
  algorithm: 'ed25519',
  header: 'x-ghl-signature',
  encoding: 'base64',
  publicKeys: [GHL_KEY],
  toleranceMs: TOLERANCE_MS,
};

/** A checked `verify`; what a connection without one does is `otherwise`. */
export function compileVerify(reader: Reader, node: Node | undefined, otherwise: 'ghl' | 'none'): Verify {
  switch (textOf(child(node, 'type')) ?? otherwise) {
    case 'hmac':
      return compileHmac(reader, node);
    case 'token':
      return compileToken(reader, node);
    case 'basic':
      return {
        type: 'basic',
        username: readText(reader, child(node, 'username')),
        password: readText(reader, child(node, 'password')),
      };
    case 'ed25519':
      return compileKeyPair(reader, node, 'ed25519', otherwise);
    case 'rsa':
      return compileKeyPair(reader, node, 'rsa', otherwise);
    case 'ghl': {
      const key = child(node, 'publicKey');
      return key ? { ...BY_GHL, publicKeys: readKeys(reader, key, 'ed25519') } : BY_GHL;
    }
    default:
      return { type: 'none' };
  }
}

function compileToken(reader: Reader, node: Node | undefined): Verify {
  const header = child(node, 'header');
  const query = child(node, 'query');
  return {
    type: 'token',
    ...(header ? { header: readText(reader, header).toLowerCase() } : {}),
    ...(query ? { query: readText(reader, query) } : {}),
    secrets: secrets(reader, node),
  };
}

function compileHmac(reader: Reader, node: Node | undefined): Verify {
  const format = looseText(child(node, 'format'));
  const signed = looseText(child(node, 'signed'));
  return {
    type: 'hmac',
    algorithm: readChoice(reader, child(node, 'algorithm'), ['sha1', 'sha256', 'sha512'], 'sha256'),
    header: readText(reader, child(node, 'header')).toLowerCase(),
    encoding: readChoice(reader, child(node, 'encoding'), ['hex', 'base64'], 'hex'),
    prefix: looseText(child(node, 'prefix')),
    ...(format === '' ? {} : { format }),
    // A timestamp that is not signed would prove nothing.
    signed: signed || (format.includes('{timestamp}') ? '{timestamp}.{body}' : '{body}'),
    toleranceMs: readDuration(reader, child(node, 'tolerance'), TOLERANCE_MS),
    secrets: secrets(reader, node),
  };
}

function compileKeyPair(
  reader: Reader,
  node: Node | undefined,
  algorithm: 'ed25519' | 'rsa',
  sender: 'ghl' | 'none',
): Verify {
  return {
    type: 'key-pair',
    algorithm,
    header: readText(reader, child(node, 'header')).toLowerCase(),
    encoding: readChoice(reader, child(node, 'encoding'), ['hex', 'base64'], 'base64'),
    publicKeys: readKeys(reader, child(node, 'publicKey'), algorithm),
    // By whichever of its headers: HighLevel's bodies hold the same.
    ...(sender === 'ghl' ? { toleranceMs: TOLERANCE_MS } : {}),
  };
}

const PEM = /-----BEGIN [A-Z ]+-----[\s\S]+?-----END [A-Z ]+-----/g;

/** One PEM or several below each other, while a key is rotated. In an environment variable `\n` often stands for a line's end. */
function readKeys(reader: Reader, node: Node | undefined, algorithm: 'ed25519' | 'rsa'): readonly string[] {
  const text = readText(reader, node);
  const what = wrongKey(text, algorithm);
  if (node && what !== undefined) tell(reader, node, what, keyRemedy(algorithm));
  return what === undefined ? keysIn(text) : [];
}

/** What is wrong with the public keys of a text; nothing for none at all. */
export function wrongKey(text: string, algorithm: 'ed25519' | 'rsa'): string | undefined {
  const keys = keysIn(text);
  if (text !== '' && keys.length === 0) return 'is no public key in PEM';
  return keys.map((pem) => wrongWith(pem, algorithm)).find((what) => what !== undefined);
}

export function keyRemedy(algorithm: 'ed25519' | 'rsa'): string {
  return `give it the sender's ${algorithm === 'rsa' ? 'RSA' : 'Ed25519'} key: -----BEGIN PUBLIC KEY----- and so on`;
}

function keysIn(text: string): readonly string[] {
  return text.replaceAll('\\n', '\n').match(PEM) ?? [];
}

function wrongWith(pem: string, algorithm: 'ed25519' | 'rsa'): string | undefined {
  if (pem.includes('PRIVATE KEY')) return 'is a private key, which only the sender may have';
  try {
    const { asymmetricKeyType } = createPublicKey(pem);
    return asymmetricKeyType === algorithm
      ? undefined
      : `is a key of another kind: ${asymmetricKeyType ?? 'unknown'}`;
  } catch {
    return 'is a PEM that holds no key';
  }
}

/** An empty secret would let everybody in: `${OLD_SECRET:-}` in a list is none. */
function secrets(reader: Reader, node: Node | undefined): readonly string[] {
  const listed = itemsOf(child(node, 'secrets'))
    .map(looseText)
    .filter((secret) => secret !== '');
  const single = child(node, 'secret');
  const all = single ? [readText(reader, single), ...listed] : listed;
  const list = child(node, 'secrets');
  if (all.length === 0 && list) readText(reader, itemsOf(list)[0]);
  return all;
}
