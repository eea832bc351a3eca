import type { Problem } from '../model/problem.ts';
import { check, checkWithSamples } from './check.ts';
import type { Checked } from './check.ts';
import { helpfulScopes, neededScopes } from './checks/check-scopes.ts';
import { readConfig } from './files/load.ts';
import { knowledge } from './knowledge.ts';
import { readingOf } from './reading.ts';
import type { Texts } from './texts.ts';
import { child, entriesOf } from './tree.ts';
import type { Node } from './tree.ts';

export interface Validated {
  readonly problems: readonly Problem[];
  readonly sources: Texts;
  /** How many of each block the file holds. */
  readonly counts: { readonly connections: number; readonly sources: number; readonly syncs: number };
}

/** Everything that can be known of a config without network, secrets or environment. */
export async function validateFile(path: string): Promise<Validated> {
  const reading = await readConfig(path);
  const { root, problems } = await checkWithSamples(reading, knowledge());
  return { problems, sources: reading.texts, counts: countsOf(root) };
}

/** The same of a text that is not in a file yet. */
export function checkText(file: string, text: string): Checked {
  return check(readingOf(file, text), knowledge());
}

/** The scopes that a connection's token should have for the syncs of such a text. */
export function scopesOfText(text: string, connection: string): readonly string[] {
  const { root } = readingOf('sync.config.yaml', text);
  const { catalog } = knowledge();
  return root
    ? [...neededScopes(root, connection, catalog), ...helpfulScopes(root, connection, catalog)]
    : [];
}

function countsOf(root: Node | undefined): Validated['counts'] {
  const count = (block: string): number => entriesOf(child(root, block)).length;
  return { connections: count('connections'), sources: count('sources'), syncs: count('syncs') };
}
