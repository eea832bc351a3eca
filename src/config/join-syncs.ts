import { basename } from 'node:path';
import type { Problem } from '../model/problem.ts';
import { problemAt } from './problem-at.ts';
import { child, itemsOf, startOf, textOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/** A file or glob under `syncs`, as written. */
export interface SyncPattern {
  readonly pattern: string;
  readonly node: Node;
}

/** The files that `syncs: [./syncs/*.yaml]` names; nothing where the syncs stand in the config itself. */
export function syncPatterns(root: Node): readonly SyncPattern[] {
  const syncs = child(root, 'syncs');
  if (syncs?.kind !== 'list') return [];
  return itemsOf(syncs).flatMap((node) => {
    const pattern = textOf(node);
    return pattern ? [{ pattern, node }] : [];
  });
}

export interface Joined {
  readonly root: Node;
  readonly problems: readonly Problem[];
}

/** The config with the syncs of its other files in place of their names. Each file holds syncs by name, or `syncs:` with them. */
export function joinSyncs(root: Node, files: readonly Node[]): Joined {
  if (root.kind !== 'map') return { root, problems: [] };
  const problems: Problem[] = [];
  const entries = new Map<string, Entry>();
  for (const file of files) {
    const syncs = syncsOf(file);
    if (!syncs) {
      problems.push(
        problemAt(
          'wrong-type',
          startOf(file.at),
          'this file holds no syncs',
          'write syncs by name, as under "syncs:"',
        ),
      );
      continue;
    }
    for (const entry of syncs.entries.values()) {
      const first = entries.get(entry.name);
      if (first && !entry.name.startsWith('x-')) problems.push(duplicate(entry, first));
      else entries.set(entry.name, entry);
    }
  }
  const named = root.entries.get('syncs')!;
  const value: Node = { kind: 'map', at: named.value.at, entries };
  return { root: { ...root, entries: new Map(root.entries).set('syncs', { ...named, value }) }, problems };
}

function syncsOf(file: Node): Extract<Node, { kind: 'map' }> | undefined {
  if (file.kind !== 'map') return undefined;
  const names = [...file.entries.keys()].filter((name) => !name.startsWith('x-'));
  const inner = names.length === 1 ? child(file, 'syncs') : undefined;
  return inner?.kind === 'map' ? inner : file;
}

function duplicate({ name, key }: Entry, first: Entry): Problem {
  const remedy = `rename one of the two: the other is in ${basename(first.key.file)}`;
  return problemAt('duplicate-key', key, `sync "${name}" stands in two files`, remedy);
}
