import type { Connection } from '../../model/connection.ts';
import type { Poll } from '../../model/poll.ts';
import type { Source } from '../../model/source.ts';
import { ask } from './ask.ts';
import { checkSource, type SourceAsker } from './check-source.ts';
import { explainAnswer } from './explain-answer.ts';
import { note, wrong, type Finding } from './finding.ts';

/** Asks a connection of type http: a page of each source; where it has none, whether anybody is there. */
export async function checkHttp(asker: SourceAsker, sources: readonly Source[]): Promise<readonly Finding[]> {
  const polled = sources.filter(
    (source): source is Source & { readonly poll: Poll } => source.poll !== undefined,
  );
  if (polled.length === 0) return [await knock(asker)];
  return Promise.all(polled.map((source) => checkSource(asker, source)));
}

/** Nothing in the config only reads: its address says whether it is there, and seldom whether the token is good. */
async function knock({ connection, client, clock, signal }: SourceAsker): Promise<Finding> {
  const about = `connection ${connection.name}`;
  const request = { method: 'GET', path: '', route: '/', query: {}, headers: {} } as const;
  const answer = await ask(clock, signal, () => client.send(request, 0));
  const isThere =
    answer.type === 'answered'
      ? answer.status < 500 && answer.status !== 401
      : answer.reason === 'unreadable';
  if (isThere)
    return note(
      about,
      `somebody answers at ${rootOf(connection)}; no request of the config only reads, so the token was not tried`,
    );
  const { message, remedy } = explainAnswer(connection, answer);
  return wrong(about, message, remedy);
}

function rootOf({ baseUrl }: Connection): string {
  return new URL(baseUrl).origin;
}
