import { createHmac } from 'node:crypto';
import type { Verify } from '../../model/webhook.ts';
import { sameBytes } from './constant-time.ts';
import type { Knock } from '../knock.ts';
import { isRecent } from './recent.ts';
import { signatureBytes } from './signature-bytes.ts';

/** A signature with a secret that both sides know. */
export function hasHmac(verify: Extract<Verify, { type: 'hmac' }>, knock: Knock, now: number): boolean {
  const header = knock.headers[verify.header];
  if (header === undefined) return false;
  const parts = verify.format === undefined ? undefined : readFormat(verify.format, header);
  if (verify.format !== undefined && !parts) return false;
  const timestamp = parts?.['timestamp']?.[0];
  if (verify.format?.includes('{timestamp}') && !isRecent(timestamp, now, verify.toleranceMs)) return false;
  const given = (parts ? (parts['signature'] ?? []) : [header]).map((value) => {
    const text = withoutPrefix(value.trim(), verify.prefix);
    return text === undefined ? undefined : signatureBytes(text, verify.encoding);
  });
  const text = signedBytes(verify.signed, timestamp ?? '', knock.raw);
  // Every secret and every signature is tried: a sender that rotates signs with both.
  return verify.secrets.some((secret) => {
    const expected = createHmac(verify.algorithm, secret).update(text).digest();
    return given.some((signature) => signature !== undefined && sameBytes(signature, expected));
  });
}

/** `{timestamp}` and `{body}` filled in; the body as the bytes that came, whatever they are. */
function signedBytes(template: string, timestamp: string, raw: Buffer): Buffer {
  const pieces = template
    .split('{body}')
    .map((piece) => Buffer.from(piece.replaceAll('{timestamp}', timestamp), 'utf8'));
  return Buffer.concat(pieces.flatMap((piece, at) => (at === 0 ? [piece] : [raw, piece])));
}

/**
 * Values by name from a header such as `t=1,v1=a,v1=b`, for a format such as `t={timestamp},v1={signature}`: items in any
 * order, those that the format doesn't name are skipped.
 */
function readFormat(format: string, header: string): Record<string, string[]> | undefined {
  const names = new Map<string, string>();
  for (const item of format.split(',')) {
    const match = /^\s*([^={}\s]+)=\{(timestamp|signature)\}\s*$/.exec(item);
    if (match) names.set(match[1]!, match[2]!);
  }
  if (names.size === 0) return readPattern(format, header);
  const values: Record<string, string[]> = {};
  for (const item of header.split(',')) {
    const at = item.indexOf('=');
    const name = at < 0 ? undefined : names.get(item.slice(0, at).trim());
    if (name !== undefined) (values[name] ??= []).push(item.slice(at + 1).trim());
  }
  return values['signature'] ? values : undefined;
}

/** A format without `name=` items, such as `{timestamp}:{signature}`. */
function readPattern(format: string, header: string): Record<string, string[]> | undefined {
  const escaped = format
    .split(/\{(timestamp|signature)\}/)
    .map((part, at) =>
      at % 2 === 1 ? `(?<${part}>[^,;:\\s]+)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    );
  const groups = new RegExp(`^${escaped.join('')}$`).exec(header)?.groups;
  return groups?.['signature']
    ? Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, [value]]))
    : undefined;
}

function withoutPrefix(value: string, prefix: string): string | undefined {
  return value.startsWith(prefix) ? value.slice(prefix.length) : undefined;
}
