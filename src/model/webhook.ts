import type { Expression } from './expression.ts';

/** A connection's webhook endpoint. Its expressions see `{ body, headers, query }`. */
export interface WebhookDoor {
  readonly event?: Expression;
  /** The delivery's identity; without it deliveries are not deduplicated. */
  readonly id?: Expression;
  readonly verify: Verify;
  /** Largest body; `server.bodyLimit` without it. */
  readonly bodyLimitBytes?: number;
}

/** How a delivery proves where it comes from. Several secrets while one is rotated. */
export type Verify =
  | { readonly type: 'none' }
  | {
      readonly type: 'hmac';
      readonly algorithm: 'sha1' | 'sha256' | 'sha512';
      /** Lower case. */
      readonly header: string;
      readonly encoding: 'hex' | 'base64';
      /** Stands before the signature, such as `sha256=`. */
      readonly prefix: string;
      /** The header's form where it holds more than the signature: `t={timestamp},v1={signature}`. */
      readonly format?: string;
      /** What is signed: `{timestamp}.{body}`; the body alone without it. */
      readonly signed: string;
      /** How old a timestamp may be; needs `format` with `{timestamp}`. */
      readonly toleranceMs: number;
      readonly secrets: readonly string[];
    }
  | {
      /** A signature over the body, made with a private key that only the sender has. */
      readonly type: 'key-pair';
      readonly algorithm: 'ed25519' | 'rsa';
      /** Lower case. */
      readonly header: string;
      readonly encoding: 'hex' | 'base64';
      /** PEM; several while one is rotated. */
      readonly publicKeys: readonly string[];
      /** How old the body's own `timestamp` may be, where the sender writes one. */
      readonly toleranceMs?: number;
    }
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | {
      readonly type: 'token';
      readonly header?: string;
      readonly query?: string;
      readonly secrets: readonly string[];
    };
