import type { Parts } from '../parts.ts';
import { connections, table, type Break } from './break.ts';

/** What the promise costs too much, or brings back on the way what was over: the limit (case 26), and each call for itself. */
export const CALLS: readonly Break[] = [
  {
    rule: 26,
    name: 'a part of the limit is never used',
    parts: () =>
      connections((one) =>
        one.rateLimit
          ? { ...one, rateLimit: { ...one.rateLimit, requests: Math.ceil(one.rateLimit.requests * 0.4) } }
          : one,
      ),
    seed: 77,
    shows: /a call waits, and of 5 in 2000 ms only [12]/,
  },
  {
    rule: 10,
    name: 'who changes a shared target does not reckon with others that are to be tried again',
    parts: () =>
      table('events', () => ({
        postponedOf: () => Promise.resolve([]),
        leavesAgain: () => Promise.resolve(undefined),
      })),
    seed: 90,
    shows: /older content has come back|held newer content/,
  },
  {
    rule: 'call',
    name: 'the fields of a contact are written one after the other',
    parts: () =>
      sending(/^PUT .*\/contacts\/\w+$/, async (send, body) => {
        const { customFields, ...rest } = body;
        if (customFields !== undefined && Object.keys(rest).length > 0) await send(rest);
        return send(body);
      }),
    seed: 1,
    shows: /which no state of a record says/,
  },
  {
    rule: 'call',
    name: 'a change is written to and fro',
    parts: () => {
      const texts = new Map<string, unknown>();
      return sending(/^PUT .*\/(?:tasks|notes)\/\w+$/, async (send, body, url) => {
        const answer = await send(body);
        const before = texts.get(url);
        texts.set(url, body);
        if (before === undefined || !answer.ok) return answer;
        await send(before as Body);
        return send(body);
      });
    },
    seed: 28,
    shows: /older content has come back/,
  },
  {
    rule: 'call',
    name: 'where an update would do, a child is deleted and made anew',
    parts: () =>
      sending(/^PUT .*\/notes\/\w+$/, async (send, body, url) => {
        const deleted = await send(undefined, { method: 'DELETE' });
        return deleted.ok ? send(body, { method: 'POST', url: url.replace(/\/\w+$/, '') }) : send(body);
      }),
    seed: 20,
    shows: /it is deleted, and wanted/,
  },
  {
    rule: 'call',
    name: 'a task that is done is written as a whole',
    parts: () =>
      sending(/^PUT .*\/tasks\/\w+\/completed$/, (send, body, url) =>
        send(body, { url: url.replace(/\/completed$/, '') }),
      ),
    seed: 46,
    shows: /was written as a whole/,
  },
  {
    rule: 'call',
    name: 'each tag has a call of its own',
    parts: () =>
      sending(/^POST .*\/contacts\/\w+\/tags$/, async (send, body) => {
        const tags = body['tags'] as readonly string[];
        let answer = await send({ tags: tags.slice(0, 1) });
        for (const tag of tags.slice(1)) answer = await send({ tags: [tag] });
        return answer;
      }),
    seed: 46,
    shows: /^tags of/,
  },
];

type Body = Readonly<Record<string, unknown>>;
type Send = (
  body: Body | undefined,
  as?: { readonly method?: string; readonly url?: string },
) => Promise<Response>;

/** Calls whose method and address are so go out otherwise than they were made. */
function sending(
  which: RegExp,
  otherwise: (send: Send, body: Body, url: string) => Promise<Response>,
): Parts {
  return {
    fetch: (fetch) => async (input, init) => {
      const request = new Request(input, init);
      const { method, url, headers, signal } = request;
      if (!which.test(`${method} ${url}`)) return fetch(request);
      const body = (await request.json()) as Body;
      const send: Send = (sent, as = {}) =>
        fetch(as.url ?? url, {
          method: as.method ?? method,
          headers,
          signal,
          ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
        });
      return otherwise(send, body, url);
    },
  };
}
