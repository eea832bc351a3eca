import type { Trouble } from '../../model/alert.ts';
import type { Connection } from '../../model/connection.ts';
import { credentialAges, dueWords } from '../tokens/credential-age.ts';
import type { Engine } from '../engine.ts';
import { polledSources } from '../intake/poller.ts';
import type { Finding } from './finding.ts';

/** What one part of the engine knows of a connection's credentials; nothing where it can't tell yet. */
type Word = 'well' | Pick<Trouble, 'message' | 'remedy' | 'command' | 'since'> | undefined;

/** Connections whose credentials are refused: by a lane's calls, by polls, or by who grants tokens. */
export function refusedCredentials(engine: Engine): Finding {
  const { config } = engine.runtime;
  const words = new Map(
    [...config.connections.values()].map((connection) => [
      placeOf(connection.name),
      wordsOn(engine, connection),
    ]),
  );
  return {
    cause: 'auth-failed',
    troubles: [...words].flatMap(([place, said]) => {
      const trouble = said.find((word) => word !== 'well' && word !== undefined);
      return trouble ? [{ cause: 'auth-failed', place, mark: '', count: 1, ...trouble }] : [];
    }),
    isWell: (place) => (words.get(place) ?? []).every((word) => word === 'well'),
  };
}

function wordsOn(engine: Engine, connection: Connection): Word[] {
  const { name } = connection;
  const lanes = engine.lanes.filter((lane) => lane.connection === name);
  const sources = polledSources(engine.runtime, []).filter((source) => source.connection === name);
  return [
    ...(connection.auth.type === 'oauth' ? [ofTokens(engine, name)] : []),
    ...lanes.map((lane) => ofLane(lane, name)),
    ...sources.map((source) => ofPoll(engine, source.name)),
  ];
}

function ofTokens({ tokens }: Engine, connection: string): Word {
  const source = tokens.get(connection);
  const trouble = source?.trouble();
  if (!trouble) return source?.held().ok ? 'well' : undefined;
  const { kind, reason, remedy, since } = trouble;
  const command = kind === 'login' ? `boothsync auth login ${connection}` : 'boothsync auth status';
  return { message: reason, remedy, command, since };
}

function ofLane(lane: Engine['lanes'][number], connection: string): Word {
  const pause = lane.paused();
  if (pause?.cause !== 'auth-failed') return lane.works() ? 'well' : undefined;
  const { reason, remedy, since } = pause;
  return {
    message: `connection ${connection} is refused: ${reason}`,
    remedy,
    command: 'boothsync status',
    since,
  };
}

function ofPoll({ poller }: Engine, source: string): Word {
  const read = poller.lastReads().get(source);
  if (!read || read.ok) return read && 'well';
  if (!read.refused) return undefined;
  const { message, remedy, since } = read;
  return { message, remedy, command: 'boothsync status', since };
}

/** Static credentials that are to be replaced by now. */
export async function dueCredentials({ runtime }: Engine): Promise<Finding> {
  const { config, tenant, store, clock } = runtime;
  const due = (await credentialAges(config, tenant, store)).filter(({ dueAt }) => dueAt <= clock.now());
  const troubles = due.map((age): Trouble => {
    const place = placeOf(age.connection);
    const { message, remedy } = dueWords(age);
    const command = 'boothsync auth status';
    return { cause: 'auth-due', place, mark: '', message, remedy, command, since: age.dueAt, count: 1 };
  });
  return {
    cause: 'auth-due',
    troubles,
    isWell: (place) => !troubles.some((trouble) => trouble.place === place),
  };
}

function placeOf(connection: string): string {
  return `connections.${connection}`;
}
