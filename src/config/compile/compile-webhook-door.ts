import type { WebhookDoor } from '../../model/webhook.ts';
import { compileVerify } from './compile-verify.ts';
import { expressionOf, optionalExpression, readBytes } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child } from '../tree.ts';
import type { Node } from '../tree.ts';

/** A checked `webhook` of a connection. */
export function compileWebhookDoor(reader: Reader, node: Node): WebhookDoor {
  const event = optionalExpression(reader, child(node, 'event'));
  const id = optionalExpression(reader, child(node, 'id'));
  return {
    ...(event ? { event } : {}),
    ...(id ? { id } : {}),
    verify: compileVerify(reader, child(node, 'verify'), 'none'),
    ...bodyLimit(reader, node),
  };
}

/** HighLevel's deliveries are known: what `webhook` of a ghl connection says is laid over that. */
export function compileGhlDoor(reader: Reader, node: Node | undefined): WebhookDoor {
  return {
    event: optionalExpression(reader, child(node, 'event')) ?? expressionOf(reader, 'body.type'),
    id: optionalExpression(reader, child(node, 'id')) ?? expressionOf(reader, 'body.webhookId'),
    verify: compileVerify(reader, child(node, 'verify'), 'ghl'),
    ...bodyLimit(reader, node),
  };
}

function bodyLimit(reader: Reader, node: Node | undefined): Pick<WebhookDoor, 'bodyLimitBytes'> {
  const limit = child(node, 'bodyLimit');
  return limit ? { bodyLimitBytes: readBytes(reader, limit, 0) } : {};
}
