import { createHmac } from 'node:crypto';

/** How a webhook proves where it comes from. */
export interface Signing {
  readonly secret: string;
  /** `timestamped`: `t=<unix>,v1=<hex HMAC-SHA256 of "t.body">`; `hex`: the HMAC of the raw body alone. */
  readonly mode: 'timestamped' | 'hex';
  /** `X-BoothBook-Signature` unless told. */
  readonly header: string;
  /** Written before the hex of mode `hex`, e.g. `sha256=`. */
  readonly prefix: string;
  /** How old the timestamp is made to look. */
  readonly ageSeconds: number;
}

export interface WebhookWish {
  /** E.g. `booking.updated`. */
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly previousAttributes?: Readonly<Record<string, unknown>>;
  /** Drawn where it is not told; the same id twice is a redelivery. */
  readonly id?: string;
  /** ISO instant. */
  readonly created?: string;
  readonly url: string;
  /** No secret: unsigned (the secret may stand in the URL). */
  readonly sign?: Partial<Signing>;
  /** How often it is sent at once; 1 unless told. */
  readonly copies?: number;
  /** How late. */
  readonly delayMs?: number;
}

/** BoothZen's envelope, which is assumed of BoothBook. */
export function envelope(wish: WebhookWish, id: string, created: string): object {
  const { object, previousAttributes } = wish;
  return {
    id: wish.id ?? id,
    type: wish.type,
    created: wish.created ?? created,
    data: { object, ...(previousAttributes && { previous_attributes: previousAttributes }) },
  };
}

export function signatureHeaders(
  text: string,
  sign: Partial<Signing> | undefined,
  nowMs: number,
): Readonly<Record<string, string>> {
  if (sign?.secret === undefined) return {};
  const name = sign.header ?? 'X-BoothBook-Signature';
  const hex = (signed: string) =>
    createHmac('sha256', sign.secret ?? '')
      .update(signed)
      .digest('hex');
  if (sign.mode === 'hex') return { [name]: `${sign.prefix ?? ''}${hex(text)}` };
  const unix = Math.floor(nowMs / 1000) - (sign.ageSeconds ?? 0);
  return { [name]: `t=${unix},v1=${hex(`${unix}.${text}`)}` };
}
