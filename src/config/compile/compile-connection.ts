import type { ApiDocument } from '../../catalog/api-document.ts';
import type { Connection } from '../../model/connection.ts';
import type { RateLimit } from '../../model/rate-limit.ts';
import { compileAuth } from './compile-auth.ts';
import { compileGhlDoor, compileWebhookDoor } from './compile-webhook-door.ts';
import { compileResources } from './compile-resources.ts';
import { looseText, optionalExpression, readDuration, readNumber, readText, tell } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { rotateEveryOf } from '../rotate-every.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

const GHL_URL = 'https://services.leadconnectorhq.com';
/** HighLevel's documented limits of each location. */
const GHL_LIMIT: RateLimit = { requests: 100, perMs: 10_000, daily: 200_000 };
const TIMEOUT_MS = 30_000;
/** HighLevel documents no maximum for tags; its other bulk operation takes 50. */
const MOST_IN_BULK = 50;

/** A checked connection with its variables filled in. */
export function compileConnection(
  reader: Reader,
  name: string,
  node: Node,
  document: ApiDocument | undefined,
): Connection {
  const type = textOf(child(node, 'type')) === 'ghl' ? 'ghl' : 'http';
  const fails = optionalExpression(reader, child(node, 'fails'));
  const door = child(node, 'webhook');
  const baseUrl = compileUrl(reader, child(node, 'baseUrl'));
  const rotateEvery = rotateEveryOf(node);
  const rateLimit =
    compileRateLimit(reader, child(node, 'rateLimit')) ?? (type === 'ghl' ? GHL_LIMIT : undefined);
  return {
    name,
    type,
    baseUrl,
    auth: compileAuth(reader, child(node, 'auth'), { type, baseUrl }),
    ...(rotateEvery ? { rotateEveryMs: readDuration(reader, rotateEvery, 0) } : {}),
    ...(rateLimit ? { rateLimit } : {}),
    timeoutMs: readDuration(reader, child(node, 'timeout'), TIMEOUT_MS),
    ...(fails ? { fails } : {}),
    ...(type === 'http' && door ? { webhook: compileWebhookDoor(reader, door) } : {}),
    ...(type === 'ghl'
      ? {
          location: readText(reader, child(node, 'location')),
          webhook: compileGhlDoor(reader, door),
          mostInBulk: Math.max(1, readNumber(reader, child(node, 'bulk', 'tags'), MOST_IN_BULK)),
        }
      : { resources: compileResources(reader, name, child(node, 'resources'), document) }),
  };
}

function compileUrl(reader: Reader, node: Node | undefined): string {
  const url = node ? looseText(node).trim() : GHL_URL;
  if (node && !(/^https?:\/\//.test(url) && URL.canParse(url))) {
    tell(reader, node, `holds ${JSON.stringify(url)}`, 'give it an address that begins with https://');
  }
  return url.replace(/\/+$/, '');
}

function compileRateLimit(reader: Reader, node: Node | undefined): RateLimit | undefined {
  if (!node) return undefined;
  const daily = child(node, 'daily');
  return {
    requests: readNumber(reader, child(node, 'requests'), 1, 1),
    perMs: readDuration(reader, child(node, 'per'), 1000),
    ...(daily ? { daily: readNumber(reader, daily, 1, 1) } : {}),
  };
}
