import type { Uses } from '../../expression/language.ts';
import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { didYouMean } from '../nearest.ts';
import type { Place } from '../places.ts';
import { problemAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** `$result("sync")`: in the `with` of a call, of a sync above it that takes the same records. */
export function resultProblems(
  root: Node,
  texts: Texts,
  place: Place,
  { results, functions }: Uses,
): readonly Problem[] {
  return results.flatMap((reference) => {
    const wrong = mistakeOf(root, place, reference.name);
    const call = functions.findLast(({ name, offset }) => name === 'result' && offset < reference.offset);
    const blamed = wrong?.isNowhere && call ? call : reference;
    const at = spanInside(texts, place.node, blamed.offset, blamed.length);
    return wrong ? [problemAt(wrong.code ?? 'bad-value', at, wrong.message, wrong.remedy)] : [];
  });
}

interface Wrong {
  readonly code?: Problem['code'];
  /** The call itself can't stand here, whatever it names. */
  readonly isNowhere?: true;
  readonly message: string;
  readonly remedy: string;
}

function mistakeOf(root: Node, { path, node }: Place, name: string): Wrong | undefined {
  const [block, own] = path.map(String);
  const sync = child(root, 'syncs', own ?? '');
  if (block !== 'syncs' || path[2] !== 'with' || !child(sync, 'call'))
    return {
      isNowhere: true,
      message: '$result is not there',
      remedy: 'it is there under "with" of a call only',
    };
  if (name === '') {
    const bare = /\$result\(\s*([A-Za-z_][\w-]*)\s*\)/.exec(String(node.value))?.[1] ?? 'contacts';
    return { message: '$result wants the name of a sync', remedy: `write it in quotes: $result("${bare}")` };
  }
  const syncs = entriesOf(child(root, 'syncs'));
  const other = syncs.find((entry) => entry.name === name);
  if (!other) {
    const remedy = didYouMean(
      name,
      syncs.map((entry) => entry.name),
      `add "${name}" to syncs`,
    );
    return { code: 'unknown-sync', message: `unknown sync "${name}"`, remedy };
  }
  const isAbove = syncs.indexOf(other) < syncs.findIndex((entry) => entry.name === own);
  return isAbove
    ? unfit(sync!, other)
    : {
        message: `"${name}" does not stand above "${own}"`,
        remedy: `put "${name}" before it: a call sees the results of those above`,
      };
}

function unfit(sync: Node, { name, value }: Entry): Wrong | undefined {
  if (textOf(child(value, 'from')) !== textOf(child(sync, 'from')))
    return {
      message: `"${name}" takes the records of another source`,
      remedy: 'name a sync of the same source',
    };
  if (!child(value, 'each') || child(sync, 'each')) return undefined;
  return {
    message: `"${name}" has a result for each element of a record`,
    remedy: 'give this call the same each and key',
  };
}
