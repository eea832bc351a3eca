import { createPublicKey, verify as verifySignature } from 'node:crypto';
import type { Verify } from '../../model/webhook.ts';
import type { Knock } from '../knock.ts';
import { isRecent } from './recent.ts';
import { signatureBytes } from './signature-bytes.ts';

/** A signature over the body that only the holder of the private key can have made; every public key is tried. */
export function hasKeyPairSignature(
  verify: Extract<Verify, { type: 'key-pair' }>,
  { raw, headers }: Knock,
  now: number,
): boolean {
  const signature = signatureBytes(headers[verify.header]?.trim() ?? '', verify.encoding);
  if (!signature) return false;
  // Ed25519 hashes by itself.
  const hash = verify.algorithm === 'ed25519' ? null : 'sha256';
  const isGenuine = verify.publicKeys.some((pem) =>
    verifySignature(hash, raw, createPublicKey(pem), signature),
  );
  return isGenuine && (verify.toleranceMs === undefined || isFresh(raw, now, verify.toleranceMs));
}

/** By the `timestamp` in the body, which is signed with it. A body without one can't be told from an old one. */
function isFresh(raw: Buffer, now: number, toleranceMs: number): boolean {
  const timestamp = timestampOf(raw);
  return timestamp === undefined || isRecent(timestamp, now, toleranceMs);
}

function timestampOf(raw: Buffer): string | undefined {
  try {
    const body = JSON.parse(raw.toString('utf8')) as { timestamp?: unknown } | null;
    const value = body?.timestamp;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  } catch {
    return undefined;
  }
}
