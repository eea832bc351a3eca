import { credentialsOf, publicNames, VERIFY_SECRETS } from './credentials-of.ts';
import { decoded } from './decoded.ts';
import type { Filling } from './fill-variables.ts';
import { child, entriesOf, itemsOf, looseStrings } from './tree.ts';
import type { Node, Path } from './tree.ts';

/** Shorter ones would mask half of every log. */
const MIN_LENGTH = 6;
const SECRET_NAME = /KEY|SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|(?:^|_)(?:PASS|PWD)(?:_|$)/i;
/** Where a request bears what it is allowed by, outside of `auth`. */
const SENT = ['headers', 'query', 'form', 'multipart'];
const SENT_NAME = /key$|secret|token|passw|credential|auth|bearer|cookie/i;
/** Whoever knows them can write to who is told. */
const ALERT_SECRETS = ['url', 'smtp'];

/** Every value that must not be printed: credentials, variables that are named like one, and whatever comes from a file. */
export function secretsOf(root: Node, filled: Filling['filled']): readonly string[] {
  const values = [
    ...credentialsIn(root),
    ...filled
      .filter(
        ({ path, name }) =>
          isCredential(root, path) || SECRET_NAME.test(name) || name.startsWith('file:') || isSent(path),
      )
      .map(({ value }) => value),
    ...storePassword(root),
  ];
  return [...new Set(values)].filter((value) => value.length >= MIN_LENGTH);
}

function isSent(path: Path): boolean {
  return SENT.includes(String(path.at(-2))) && SENT_NAME.test(String(path.at(-1)));
}

function isCredential(root: Node, path: Path): boolean {
  const [block, connection, part, name] = path.map(String);
  if (block === 'server') return path[1] === 'token';
  if (block === 'alerts') return ALERT_SECRETS.includes(String(path[3]));
  if (block !== 'connections') return false;
  if (part === 'auth')
    return !publicNames(child(root, 'connections', connection!, 'auth')).includes(name ?? '');
  return part === 'webhook' && VERIFY_SECRETS.includes(String(path[4]));
}

function credentialsIn(root: Node): readonly string[] {
  const connections = entriesOf(child(root, 'connections')).flatMap(({ value }) => credentialsOf(value));
  const alerts = itemsOf(child(root, 'alerts')).flatMap((alert) =>
    ALERT_SECRETS.flatMap((name) => looseStrings(child(alert, 'notify', name))),
  );
  return [
    ...connections.flatMap(({ node }) => looseStrings(node)),
    ...entriesOf(child(root, 'connections')).flatMap(({ value }) => [
      ...onTheWire(child(value, 'auth')),
      ...onTheWire(child(value, 'webhook', 'verify')),
    ]),
    ...alerts,
    ...alerts.flatMap(passwordIn),
    ...looseStrings(child(root, 'server', 'token')),
  ];
}

/** A name and password as HTTP Basic sends them: an API may repeat its headers. */
function onTheWire(node: Node | undefined): readonly string[] {
  const [name] = looseStrings(child(node, 'username'));
  const [password] = looseStrings(child(node, 'password'));
  if (password === undefined) return [];
  return [Buffer.from(`${name ?? ''}:${password}`, 'utf8').toString('base64')];
}

function storePassword(root: Node): readonly string[] {
  const [store] = looseStrings(child(root, 'store'));
  return passwordIn(store ?? '');
}

function passwordIn(address: string): readonly string[] {
  const passwords = [/^[a-z]+:\/\/[^:@/]*:([^@/]+)@/, /[?&]password=([^&]+)/].map(
    (form) => form.exec(address)?.[1],
  );
  return passwords.flatMap((password) => (password === undefined ? [] : [password, decoded(password)]));
}
