import { SCOPE_PROBES } from '../../catalog/ghl/scope-probes.ts';
import type { LocationNeeds } from '../../config/lock/location-needs.ts';
import { isSuccess, type Answer } from '../../model/answer.ts';
import type { Connection } from '../../model/connection.ts';
import { LIST_NAMES } from '../../model/lock.ts';
import type { LockedLocation } from '../../model/lock.ts';
import { refusalOf } from '../../model/refusal.ts';
import { explainAnswer } from './explain-answer.ts';
import { note, ok, wrong, type Finding } from './finding.ts';
import { askOperation, meetLocation, readLists, scopeOf, seenLocation } from './read-location.ts';
import type { Asker, Met, Read } from './read-location.ts';

export interface CheckedLocation {
  readonly findings: readonly Finding[];
  /** Nothing where the location could not be asked at all. */
  readonly seen?: LockedLocation;
}

export interface LocationQuestion {
  readonly needs: LocationNeeds;
  /** What was pulled of it: these lists are asked for, too. */
  readonly locked?: LockedLocation;
  /** Of an OAuth login; empty where nobody says. */
  readonly granted: readonly string[];
}

/** Asks a connection of type ghl: is it there, may we, is it the right location, and what does it hold. Each list once. */
export async function checkGhl(asker: Asker, question: LocationQuestion): Promise<CheckedLocation> {
  const { connection } = asker;
  const about = `connection ${connection.name}`;
  const met = await meetLocation(asker);
  if (met.type === 'refused') {
    const { message, remedy } = explainAnswer(connection, met.answer);
    return { findings: [wrong(about, message, remedy)] };
  }
  if (met.type === 'met' && met.id !== '' && met.id !== connection.location) {
    const message = `asked for location ${connection.location ?? ''}, it answers of ${met.id}`;
    return {
      findings: [wrong(about, message, `see baseUrl and location of connections.${connection.name}`)],
    };
  }
  const { needs, locked } = question;
  const wanted = LIST_NAMES.filter((name) => needs.lists.includes(name) || locked?.lists[name] !== undefined);
  const reads = await readLists(asker, wanted);
  const hidden = met.type === 'hidden';
  if (hidden && reads.length > 0 && reads.every(({ answer }) => refusalOfAny(answer) === 'access')) {
    const { message, remedy } = explainAnswer(connection, reads[0]!.answer);
    return { findings: [wrong(about, message, remedy)] };
  }
  const findings = [
    greeting(connection, met),
    ...reads.map((read) => listFinding(asker, read, needs)),
    ...(await scopeFindings(asker, question, reads)),
  ];
  return { findings, seen: seenLocation(connection, met, reads) };
}

function greeting(connection: Connection, met: Met): Finding {
  const about = `connection ${connection.name}`;
  if (met.type !== 'met') {
    const message = `the token is good, and lacks locations.readonly: whether the location allows duplicates, and its time zone, are not known`;
    return note(about, message, explainAnswer(connection, met.answer, 'locations.readonly').remedy);
  }
  return ok(
    about,
    `location ${met.name === '' ? met.id : `${met.id} ("${met.name}")`} answers, the token is good`,
  );
}

function refusalOfAny(answer: Answer): ReturnType<typeof refusalOf> {
  return answer.type === 'answered' && !answer.ok ? refusalOf(answer) : undefined;
}

function listFinding(asker: Asker, { list, answer, lists }: Read, needs: LocationNeeds): Finding {
  const about = `${list.word}s of ${asker.connection.name}`;
  const count = lists[list.name]?.length;
  if (isSuccess(answer) && count !== undefined)
    return ok(about, count === 1 ? `there is 1 ${list.word}` : `there are ${count} ${list.word}s`);
  const { message, remedy } = explainAnswer(asker.connection, answer, scopeOf(asker, list.operation));
  const isNeeded = needs.lists.includes(list.name);
  return isNeeded ? wrong(about, message, remedy) : note(about, `${message}; no sync needs it`, remedy);
}

/** Scopes that only read are asked for by reading; of the others an OAuth login says whether it has them, a static token doesn't. */
async function scopeFindings(
  asker: Asker,
  { needs, granted }: LocationQuestion,
  reads: readonly Read[],
): Promise<readonly Finding[]> {
  const about = `scopes of ${asker.connection.name}`;
  const asked = new Set(reads.map(({ list }) => list.operation));
  const open = needs.scopes.filter((scope) => {
    const probe = SCOPE_PROBES[scope];
    return probe && probe.operation !== 'get-location' && !asked.has(probe.operation);
  });
  const found = await Promise.all(open.map(async (scope) => [scope, await probe(asker, scope)] as const));
  const refused = found.flatMap(([scope, answer]) => {
    if (refusalOfAny(answer) === undefined) return [];
    const { message, remedy } = explainAnswer(asker.connection, answer, scope);
    return [wrong(about, message, remedy)];
  });
  const known = granted.length > 0;
  const missing = needs.scopes.filter((scope) => known && !granted.includes(scope) && !open.includes(scope));
  const unasked = known ? [] : needs.scopes.filter((scope) => SCOPE_PROBES[scope] === undefined);
  return [
    ...refused,
    ...missing.map((scope) =>
      wrong(
        about,
        `the login of connection ${asker.connection.name} was not granted ${scope}`,
        `add ${scope} to auth.scopes and to the app, then boothsync auth login ${asker.connection.name}`,
      ),
    ),
    ...(needs.scopes.length > 0 && refused.length + missing.length === 0
      ? [ok(about, scopeWords(needs.scopes, unasked))]
      : []),
    ...(unasked.length > 0
      ? [note(about, `only a write could tell whether the token has ${unasked.join(', ')}`)]
      : []),
  ];
}

function scopeWords(needed: readonly string[], unasked: readonly string[]): string {
  const seen = needed.filter((scope) => !unasked.includes(scope));
  return seen.length === 0
    ? 'the syncs need none that only reads'
    : `${seen.join(', ')} ${seen.length === 1 ? 'is' : 'are'} there`;
}

function probe(asker: Asker, scope: string): Promise<Answer> {
  const { operation, query } = SCOPE_PROBES[scope]!;
  return askOperation(asker, operation, query);
}
