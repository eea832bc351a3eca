import { createCatalog } from '../../catalog/load.ts';
import { isSuccess } from '../../model/answer.ts';
import type { Connection } from '../../model/connection.ts';
import { LIST_NAMES } from '../../model/lock.ts';
import type { Lock, LockedLocation } from '../../model/lock.ts';
import { explainAnswer } from './explain-answer.ts';
import { note, ok, wrong, type Finding } from './finding.ts';
import { openClients, type AskingHands, type Clients } from './open-clients.ts';
import { meetLocation, readLists, scopeOf, seenLocation } from './read-location.ts';

export interface Pulled {
  /** All that could be had; nothing is to be written where a location could not be asked. */
  readonly lock: Lock;
  readonly findings: readonly Finding[];
}

/** Reads what mappings may name of every location of a config. A list that the token may not read is left out. */
export async function pullLocations(hands: AskingHands): Promise<Pulled> {
  const clients = await openClients(hands);
  try {
    const connections = [...hands.config.connections.values()].filter(({ type }) => type === 'ghl');
    const pulled = await Promise.all(connections.map((each) => pullOne(hands, clients, each)));
    const lock = pulled.flatMap(({ seen }, at) => (seen ? [[connections[at]!.name, seen] as const] : []));
    return { lock: new Map(lock), findings: pulled.flatMap(({ findings }) => findings) };
  } finally {
    clients.stop();
  }
}

async function pullOne(
  { clock, signal }: AskingHands,
  clients: Clients,
  connection: Connection,
): Promise<{ readonly findings: readonly Finding[]; readonly seen?: LockedLocation }> {
  const about = `connection ${connection.name}`;
  const asker = { connection, client: clients.ghl(connection), catalog: createCatalog(), clock, signal };
  const met = await meetLocation(asker);
  if (met.type === 'refused') {
    const { message, remedy } = explainAnswer(connection, met.answer);
    return { findings: [wrong(about, message, remedy)] };
  }
  const reads = await readLists(asker, LIST_NAMES);
  const failed = reads.filter(({ answer }) => !isSuccess(answer));
  const findings = failed.map(({ list, answer }) => {
    const { message, remedy } = explainAnswer(connection, answer, scopeOf(asker, list.operation));
    const lacksScope = answer.type === 'answered' && (answer.status === 401 || answer.status === 403);
    // What a broken line has kept back would look like a list that nobody may read.
    return lacksScope
      ? note(about, `${list.word}s are left out: ${message}`, remedy)
      : wrong(about, `${list.word}s could not be read: ${message}`, remedy);
  });
  if (findings.some(({ state }) => state === 'wrong')) return { findings };
  const seen = seenLocation(connection, met, reads);
  const counts = reads.flatMap(({ list, lists }) => {
    const count = lists[list.name]?.length;
    return count === undefined ? [] : [`${count} ${list.word}${count === 1 ? '' : 's'}`];
  });
  if (counts.length === 0) {
    const { message, remedy } = explainAnswer(connection, reads[0]!.answer);
    return { findings: [wrong(about, message, remedy)] };
  }
  return { findings: [...findings, ok(about, `${seen.id}: ${counts.join(', ')}`)], seen };
}
