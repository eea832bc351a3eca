import { Document } from 'yaml';
import { LIST_NAMES } from '../../model/lock.ts';
import type { Lock } from '../../model/lock.ts';

const HEAD = ` What HighLevel holds, as boothsync pull found it: validate judges names by it, check tells what has changed since.
 Made by a program: pull again instead of editing it, and commit it beside the config.`;

/** The lock's file: a line for each thing, in one order, so that a change is a line in git. */
export function renderLock(lock: Lock): string {
  const document = new Document({ version: 1 });
  document.commentBefore = HEAD;
  // What stands in a line of its own is a map in braces.
  const line = (value: object | string) =>
    typeof value === 'string' ? value : document.createNode(value, { flow: true });
  const connections = [...lock].map(([name, { id, name: shown, lists }]) => {
    const listed = LIST_NAMES.flatMap((list) => {
      const items: readonly (object | string)[] | undefined = lists[list];
      return items ? [[list, items.map(line)] as const] : [];
    });
    return [name, { location: line({ id, name: shown }), ...Object.fromEntries(listed) }] as const;
  });
  document.set('connections', Object.fromEntries(connections));
  return document.toString({ lineWidth: 0 });
}
