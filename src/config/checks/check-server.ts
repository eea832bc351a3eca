import { isLoopback } from '../../model/loopback.ts';
import type { Problem } from '../../model/problem.ts';
import { warningAt } from '../problem-at.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** An address that others reach and no token: `serve` would refuse to start. */
export function checkServer(root: Node): readonly Problem[] {
  const host = child(root, 'server', 'host');
  const text = textOf(host) ?? '';
  const token = child(root, 'server', 'token');
  const isSet = token !== undefined && textOf(token) !== '';
  if (!host || text === '' || text.includes('${') || isLoopback(text) || isSet) return [];
  const message = `host ${text} can be reached from elsewhere, and "serve" does not start there without a token`;
  const remedy = 'add token: "${BOOTHSYNC_SERVER_TOKEN}", or write host: 127.0.0.1 behind a proxy';
  return [warningAt('missing-property', host.at, message, remedy)];
}
