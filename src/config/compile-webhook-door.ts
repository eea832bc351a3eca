import type { WebhookDoor } from '../model/webhook.ts';
import { compileVerify } from './compile-verify.ts';
import { expressionOf, optionalExpression } from './read-values.ts';
import type { Reader } from './read-values.ts';
import { child } from './tree.ts';
import type { Node } from './tree.ts';

/** A checked `webhook` of a connection. */
export function compileWebhookDoor(reader: Reader, node: Node): WebhookDoor {
  const event = optionalExpression(reader, child(node, 'event'));
  const id = optionalExpression(reader, child(node, 'id'));
  return {
    ...(event ? { event } : {}),
    ...(id ? { id } : {}),
    verify: compileVerify(reader, child(node, 'verify'), 'none'),
  };
}

/** HighLevel's deliveries are known: what `webhook` of a ghl connection says is laid over that. */
export function compileGhlDoor(reader: Reader, node: Node | undefined): WebhookDoor {
  return {
    event: optionalExpression(reader, child(node, 'event')) ?? expressionOf(reader, 'body.type'),
    id: optionalExpression(reader, child(node, 'id')) ?? expressionOf(reader, 'body.webhookId'),
    verify: compileVerify(reader, child(node, 'verify'), 'ghl'),
  };
}
