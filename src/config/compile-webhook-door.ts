import type { Verify, WebhookDoor } from '../model/webhook.ts';
import { looseText, optionalExpression, readChoice, readDuration, readText } from './read-values.ts';
import type { Reader } from './read-values.ts';
import { child, itemsOf, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/** HighLevel redelivers for 70 minutes, with a timestamp that may be the first try's. */
const TOLERANCE_MS = 2 * 3_600_000;

/** A checked `webhook` of a connection. */
export function compileWebhookDoor(reader: Reader, node: Node): WebhookDoor {
  const event = optionalExpression(reader, child(node, 'event'));
  const id = optionalExpression(reader, child(node, 'id'));
  return {
    ...(event ? { event } : {}),
    ...(id ? { id } : {}),
    verify: compileVerify(reader, child(node, 'verify')),
  };
}

function compileVerify(reader: Reader, node: Node | undefined): Verify {
  switch (textOf(child(node, 'type')) ?? 'none') {
    case 'hmac':
      return compileHmac(reader, node);
    case 'token': {
      const header = child(node, 'header');
      const query = child(node, 'query');
      return {
        type: 'token',
        ...(header ? { header: readText(reader, header).toLowerCase() } : {}),
        ...(query ? { query: readText(reader, query) } : {}),
        secrets: secrets(reader, node),
      };
    }
    default:
      return { type: 'none' };
  }
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
