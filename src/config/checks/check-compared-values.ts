import { distance } from 'fastest-levenshtein';
import { textsOfFields } from '../../expression/compared-texts.ts';
import { isObject } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { placesOf } from '../places.ts';
import type { Place } from '../places.ts';
import { warningAt } from '../problem-at.ts';
import type { SampleRecord, Samples } from '../samples.ts';
import type { Texts } from '../texts.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** `status = "confirmed"` where the sample only knows "Confirmed". */
export function checkComparedValues(root: Node, samples: Samples, texts: Texts): readonly Problem[] {
  if (samples.size === 0) return [];
  return placesOf(root).flatMap((place) => {
    const records = place.is === 'expression' ? recordsOf(root, place, samples) : undefined;
    if (!records) return [];
    const found = textsOfFields(String(place.node.value)).flatMap((each) => {
      const meant = misspelt(each.name, valuesAt(records, each.path));
      return meant === undefined ? [] : [{ ...each, meant }];
    });
    // Words of one list, or of one condition: what is wrong with them is one thing.
    return [...Map.groupBy(found, ({ path }) => path.join('.'))].map(([field, words]) => {
      const at = spanInside(texts, place.node, words[0]!.offset, words[0]!.length);
      const message = `no record of the sample has ${quoted(
        words.map(({ name }) => name),
        'or',
      )} as its ${field}`;
      const remedy = `did you mean ${quoted(
        words.map(({ meant }) => meant),
        'and',
      )}?`;
      return warningAt('always-false', at, message, remedy);
    });
  });
}

/** `"new", "won" or "lost"`. */
function quoted(words: readonly string[], last: string): string {
  const all = [...new Set(words)].map((word) => JSON.stringify(word));
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)!}`;
}

/** The records that the place sees, not elements of theirs. */
function recordsOf(root: Node, { path }: Place, samples: Samples): readonly SampleRecord[] | undefined {
  const [block, name = '', part = ''] = path.map(String);
  if (block === 'sources') return ['deleted', 'let', 'key'].includes(part) ? samples.get(name) : undefined;
  const sync = child(root, 'syncs', name);
  return child(sync, 'each') ? undefined : samples.get(textOf(child(sync, 'from')) ?? '');
}

function valuesAt(records: readonly SampleRecord[], path: readonly string[]): ReadonlySet<string> {
  const values = path.reduce<readonly unknown[]>(
    (found, name) => found.flatMap((each) => (isObject(each) && Object.hasOwn(each, name) ? each[name] : [])),
    records,
  );
  return new Set(values.filter((each) => typeof each === 'string'));
}

/** The value that is written otherwise: in other letters' case, or with one letter more, less or else. */
function misspelt(text: string, values: ReadonlySet<string>): string | undefined {
  if (text === '' || values.has(text)) return undefined;
  const plain = text.toLowerCase().trim();
  const same = [...values].find((each) => each.toLowerCase().trim() === plain);
  if (same !== undefined || plain.length < 5) return same;
  const oneAway = (each: string): boolean =>
    Math.abs(each.length - text.length) < 2 && !/\d/.test(text) && distance(each, text) === 1;
  return [...values].find(oneAway);
}
