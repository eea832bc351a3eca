import { inspectText } from '../../expression/inspect.ts';
import { ANY } from '../../expression/types/static-type.ts';
import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { placesOf } from '../places.ts';
import type { Place } from '../places.ts';
import { warningAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import { child, entriesOf, entryAt } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** Names of a record in what asks for records. */
export function checkPollRequests(root: Node, texts: Texts): readonly Problem[] {
  return placesOf(root)
    .filter(isRequest)
    .flatMap((place) => namesOf(place, texts));
}

/** What a poll asks again and again: `$since` has to come from a record, and each window is to ask for its own days. */
export function checkPollCare(root: Node, texts: Texts): readonly Problem[] {
  const bySource = Map.groupBy(placesOf(root).filter(isRequest), ({ path }) => String(path[1]));
  return entriesOf(child(root, 'sources')).flatMap((source) => {
    const places = bySource.get(source.name) ?? [];
    return [...idleWindow(source, places), ...silentSince(source, places, texts)];
  });
}

function isRequest({ path }: Place): boolean {
  return path[0] === 'sources' && path[2] === 'poll' && path[3] === 'request';
}

/** `path: /bookings/{{ booking_id }}`: there is no record yet. */
function namesOf({ node, variables }: Place, texts: Texts): readonly Problem[] {
  return readNames(String(node.value)).map(({ name, offset, length }): Problem => {
    const at = spanInside(texts, node, offset, length);
    const message = `the request of a poll sees no record, and so no "${name}"`;
    const isVariable = variables?.includes(name) ?? false;
    const remedy = isVariable
      ? `write $${name}, with its $`
      : 'write $vars.NAME for a constant, or $since, or $from and $to with a window';
    return warningAt('unknown-name', at, message, remedy);
  });
}

function readNames(source: string): ReturnType<typeof inspectText>['names'] {
  if (!source.includes('{{')) return [];
  try {
    return inspectText(source, { record: ANY, variables: WORLD }).names;
  } catch {
    return []; // told where expressions are checked
  }
}

const WORLD = new Map(['since', 'from', 'to', 'vars'].map((name) => [name, ANY] as const));

/** A window that no line of the request uses: each of its pieces would read the same again. */
function idleWindow({ value }: Entry, places: readonly Place[]): readonly Problem[] {
  const window = entryAt(value, 'poll', 'window');
  const isUsed = places.some(({ node }) => /\$(?:from|to)\b/.test(String(node.value)));
  if (!window || isUsed || !child(value, 'poll', 'request')) return [];
  const message = 'the request asks for neither $from nor $to: every part of this window reads the same';
  const remedy =
    'write for example query: { start: "{{ $date($from) }}", end: "{{ $date($to) }}" }, or take the window out';
  return [warningAt('unused', window.key, message, remedy)];
}

/** `$since` is the greatest `updatedAt` of the records that were read. */
function silentSince({ name, value }: Entry, places: readonly Place[], texts: Texts): readonly Problem[] {
  if (child(value, 'updatedAt') || child(value, 'resource')) return [];
  const place = places.find(({ node }) => /\$since\b/.test(String(node.value)));
  if (!place) return [];
  const match = /\$since\b/.exec(String(place.node.value))!;
  const at = spanInside(texts, place.node, match.index, match[0].length);
  const message = `$since stays nothing: source "${name}" does not say when a record was changed`;
  const remedy = `add updatedAt: … to sources.${name}, with the field that holds that time`;
  return [warningAt('missing-property', at, message, remedy)];
}
