import type { Verify } from '../../model/webhook.ts';
import { sameText } from './constant-time.ts';
import type { Knock } from '../knock.ts';
import { hasHmac } from './verify-hmac.ts';
import { hasKeyPairSignature } from './verify-key-pair.ts';

/** Whether a delivery proves that it comes from the sender. `now` in ms. */
export function isVerified(verify: Verify, knock: Knock, now: number): boolean {
  switch (verify.type) {
    case 'none':
      return true;
    case 'token':
      return hasToken(verify, knock);
    case 'basic':
      return hasLogin(verify, knock);
    case 'hmac':
      return hasHmac(verify, knock, now);
    case 'key-pair':
      return hasKeyPairSignature(verify, knock, now);
  }
}

function hasToken(verify: Extract<Verify, { type: 'token' }>, { headers, query }: Knock): boolean {
  const given =
    verify.header === undefined
      ? query[verify.query ?? '']
      : headerText(headers[verify.header])?.replace(/^Bearer\s+/i, '');
  return given !== undefined && verify.secrets.some((secret) => sameText(given, secret));
}

/** Node reads a header as Latin-1; who sends a secret with other letters in it sends UTF-8. */
function headerText(value: string | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(value, 'latin1').toString('utf8');
}

function hasLogin({ username, password }: Extract<Verify, { type: 'basic' }>, { headers }: Knock): boolean {
  const given = /^Basic\s+(\S+)$/i.exec(headers['authorization']?.trim() ?? '')?.[1];
  if (given === undefined) return false;
  return sameText(Buffer.from(given, 'base64').toString('utf8'), `${username}:${password}`);
}
