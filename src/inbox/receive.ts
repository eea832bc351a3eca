import type { Clock } from '../model/clock.ts';
import type { Connection } from '../model/connection.ts';
import { ExpressionError, type Expression } from '../model/expression.ts';
import { asKey } from '../model/record.ts';
import type { Verify } from '../model/webhook.ts';
import type { Store } from '../store/store.ts';
import type { Knock } from './knock.ts';
import { readBody } from './read-body.ts';
import { isVerified } from './verify/verify.ts';

/** What a sender is told. `busy`: come again later; nothing was kept, or it isn't known yet. */
export type Receipt = {
  readonly type: 'stored' | 'known' | 'unwanted' | 'forged' | 'unreadable' | 'busy';
  readonly message?: string;
};

export interface ReceiveContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly tenant: string;
  /** When something arrives, in ms: each later than the one before. */
  stamp(): number;
  /** Whether some source takes this event of the connection. */
  isWanted(connection: string, event: string | null): boolean;
  /** Why no more events can be taken at this moment; nothing where they can. */
  noRoom(): string | undefined;
}

/**
 * Takes a webhook: verified, deduplicated by delivery id and durable before it is answered; the records are taken out
 * of it later, so that an expression that fails costs no delivery.
 */
export async function receive(
  context: ReceiveContext,
  connection: Connection,
  knock: Knock,
): Promise<Receipt> {
  const door = connection.webhook;
  if (!door || !isVerified(door.verify, knock, context.clock.now())) return { type: 'forged' };
  const noRoom = context.noRoom();
  if (noRoom !== undefined) return { type: 'busy', message: noRoom };
  const read = readBody(knock.raw);
  if (read.type === 'unreadable') return read;
  const { body } = read;
  const input = {
    body,
    headers: withoutCredentials(knock.headers, door.verify),
    query: withoutToken(knock.query, door.verify),
  };
  const name = await textOf(door.event, input);
  if (!context.isWanted(connection.name, name)) return { type: 'unwanted' };
  const delivery = {
    tenant: context.tenant,
    connection: connection.name,
    deliveryId: await textOf(door.id, input),
    name,
    raw: JSON.stringify(input),
    receivedAt: context.stamp(),
  };
  const isNew = await context.store.write((tables) => tables.deliveries.add(delivery));
  return { type: isNew ? 'stored' : 'known' };
}

async function textOf(expression: Expression | undefined, input: unknown): Promise<string | null> {
  if (!expression) return null;
  try {
    return asKey(await expression(input, {})) ?? null;
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization'];

/** What authenticates must not be stored. */
function withoutCredentials(headers: Knock['headers'], verify: Verify): Knock['headers'] {
  const secret = 'header' in verify ? verify.header : undefined;
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== secret && !CREDENTIALS.includes(name)),
  );
}

function withoutToken(query: Knock['query'], verify: Verify): Knock['query'] {
  const secret = verify.type === 'token' ? verify.query : undefined;
  return Object.fromEntries(Object.entries(query).filter(([name]) => name !== secret));
}
