import { keyRemedy, wrongKey } from '../compile/compile-verify.ts';
import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Sources that take webhooks which their connection doesn't, and endpoints that let everybody in. */
export function checkWebhooks(root: Node): readonly Problem[] {
  const deaf = entriesOf(child(root, 'sources')).flatMap(({ name, value }) => deafSource(root, name, value));
  // What a connection lacks is missing once, however many sources ask for it.
  const byRemedy = new Map([...deaf].reverse().map((each) => [each.remedy, each]));
  return [
    ...byRemedy.values(),
    ...entriesOf(child(root, 'connections')).flatMap(({ name, value }) => openDoor(name, value)),
    ...entriesOf(child(root, 'connections')).flatMap(({ value }) => noKey(value)),
  ];
}

function deafSource(root: Node, name: string, source: Node): readonly Problem[] {
  const at = entryAt(source, 'webhook')?.key;
  const connection = textOf(child(source, 'connection'));
  const account = connection === undefined ? undefined : child(root, 'connections', connection);
  if (!at || !account || textOf(child(account, 'type')) !== 'http') return [];
  if (!child(account, 'webhook')) {
    const message = `source "${name}" takes webhooks, but connection "${connection ?? ''}" has no webhook`;
    const remedy = `add webhook: { event, id, verify } to connections.${connection ?? ''}`;
    return [problemAt('missing-property', at, message, remedy)];
  }
  const events = entryAt(source, 'webhook', 'events')?.key;
  if (!events || child(account, 'webhook', 'event')) return [];
  const message = `source "${name}" picks events, but connection "${connection ?? ''}" does not say what a delivery's event is`;
  const remedy = `add event: body.type, or the like, to connections.${connection ?? ''}.webhook`;
  return [problemAt('missing-property', events, message, remedy)];
}

/** A public key that is written out; one from a variable is looked at when it is there. */
function noKey(connection: Node): readonly Problem[] {
  const verify = child(connection, 'webhook', 'verify');
  const key = child(verify, 'publicKey');
  const text = textOf(key);
  const type = textOf(child(verify, 'type'));
  if (!key || text === undefined || text.includes('${')) return [];
  const algorithm = type === 'rsa' ? 'rsa' : 'ed25519';
  const wrong = wrongKey(text, algorithm);
  return wrong === undefined
    ? []
    : [problemAt('bad-value', key.at, `publicKey ${wrong}`, keyRemedy(algorithm))];
}

/** On a connection of type ghl only where it says so: HighLevel's signature is checked there by itself. */
function openDoor(name: string, connection: Node): readonly Problem[] {
  const door = entryAt(connection, 'webhook');
  if (door?.value.kind !== 'map') return [];
  const verify = child(door.value, 'verify');
  const isOpen = verify
    ? textOf(child(verify, 'type')) === 'none'
    : textOf(child(connection, 'type')) === 'http';
  if (!isOpen) return [];
  const message = `webhooks of "${name}" are not verified: anybody who learns the address can send them`;
  const ways = 'what the sender signs or sends: hmac, token, basic, ed25519 or rsa';
  const remedy = verify ? `choose the type by ${ways}` : `add verify, with ${ways}`;
  return [
    {
      ...problemAt('missing-property', child(verify, 'type')?.at ?? door.key, message, remedy),
      severity: 'warning',
    },
  ];
}
