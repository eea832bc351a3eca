import type { Auth } from './auth.ts';
import type { Expression } from './expression.ts';
import type { HttpResource } from './http-resource.ts';
import type { RateLimit } from './rate-limit.ts';
import type { WebhookDoor } from './webhook.ts';

/** One API account. */
export interface Connection {
  readonly name: string;
  readonly type: 'http' | 'ghl';
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly auth: Auth;
  /** How old a static credential may get before it should be replaced. */
  readonly rotateEveryMs?: number;
  readonly rateLimit?: RateLimit;
  /** For each call. */
  readonly timeoutMs: number;
  /** True on an answer's body: this answer is an error, whatever its status. */
  readonly fails?: Expression;
  readonly webhook?: WebhookDoor;
  /** HighLevel's sub-account; only where `type` is `ghl`. */
  readonly location?: string;
  /** Targets whose equal tag changes may share one call; 1, or nothing: each goes alone. */
  readonly mostInBulk?: number;
  /** What syncs can write there; only where `type` is `http`. */
  readonly resources?: ReadonlyMap<string, HttpResource>;
}

/**
 * The account behind a connection: what shares one rate limit, and so one lane. Two connections
 * or tenants that reach the same location share it (ENGINE case 21).
 */
export function accountOf(connection: Pick<Connection, 'baseUrl' | 'location'>): string {
  return connection.location === undefined
    ? connection.baseUrl
    : `${connection.baseUrl}#${connection.location}`;
}
