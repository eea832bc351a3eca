import { parseDuration } from '../model/duration.ts';
import { durationMeant } from './duration-meant.ts';
import { booleanOf } from './mismatch.ts';
import { entriesOf, looseStrings } from './tree.ts';
import type { Node } from './tree.ts';

/** What such a value is most likely to mean where this is expected. */
export function meantBy(expects: string, node: Node, value: unknown): string | undefined {
  if (expects === 'true or false') return `write ${booleanOf(String(value)) ?? 'true or false'}`;
  if (expects === 'text' && typeof value === 'number') return 'put it in quotes';
  if (expects === '1' && value !== '1') return 'write version: 1, which is the only one there is';
  if (/^(?:a whole number|1$)/.test(expects) && /^\d+$/.test(String(value)))
    return typeof value === 'string' ? 'take the quotes away' : 'choose another';
  if (node.kind === 'list' && expects.startsWith('a map of names'))
    return 'write each by its name and a colon, without the hyphen: "name: …"';
  if (node.kind !== 'scalar') return collectionMeant(expects, node);
  return typeof value === 'string' || typeof value === 'number'
    ? wordMeant(expects, String(value))
    : undefined;
}

/** One where several are wanted, and the other way round. */
function collectionMeant(expects: string, node: Node): string | undefined {
  if (node.kind === 'map' && /^a list/.test(expects)) {
    const [first] = entriesOf(node);
    return first && `begin each of the list with a hyphen: "- ${first.name}: …"`;
  }
  const [only, ...more] = node.kind === 'list' ? looseStrings(node) : [];
  return only === undefined || more.length > 0 || /list/.test(expects)
    ? undefined
    : `write it without the brackets: ${only}`;
}

/** The same for one word: a number, a time, or one where a list is wanted. */
function wordMeant(expects: string, value: string): string | undefined {
  if (expects.startsWith('a cron line')) return cronMeant(value);
  const number = numberMeant(expects, value);
  if (number !== undefined) return `write ${number}`;
  if (/^a list|a list of files$/.test(expects)) return listMeant(value);
  if (!expects.includes('a duration')) return undefined;
  if (CRON.test(value)) return `write schedule: "${value}"`;
  const duration = durationMeant(value, expects);
  return duration === undefined ? undefined : `write ${duration}`;
}

/** `20,000`, `0.25` of a whole, `2 megabytes`. */
function numberMeant(expects: string, value: string): string | undefined {
  if (expects.startsWith('a whole number') && /^\d{1,3}(?:[,._' ]\d{3})+$/.test(value))
    return value.replaceAll(/\D/g, '');
  const share = /^0?\.(\d\d?)$/.exec(value)?.[1];
  if (expects.includes('a share') && share !== undefined) return `${Number(share.padEnd(2, '0'))}%`;
  const size = /^(\d+)\s*([kmg])\w*$/i.exec(value);
  return expects.startsWith('a size') && size ? `${size[1]!}${size[2]!.toUpperCase()}iB` : undefined;
}

const CRON = /^\s*\S+(?:\s+\S+){4,5}\s*$/;

/** `@daily` of other crons, and a duration, which has a property of its own. */
function cronMeant(value: string): string | undefined {
  const line = SHORT_CRONS.get(value.trim().toLowerCase());
  if (line !== undefined) return `write "${line}"`;
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(value.trim()) ?? [];
  if (hour !== undefined) return `for each day at that time write "${Number(minute)} ${Number(hour)} * * *"`;
  return parseDuration(value) === undefined ? undefined : `write every: ${value}`;
}

const SHORT_CRONS: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
]);

/** `boothbook`, `contacts.readonly contacts.write`: one or several words where a list is wanted. */
function listMeant(value: string): string {
  const isWords = /^[\w./:*-]+(?:[ ,]+[\w./:*-]+)*$/.test(value);
  return `write it as a list: [${isWords ? value.split(/[ ,]+/).join(', ') : JSON.stringify(value)}]`;
}
