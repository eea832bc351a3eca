import type { Parts } from '../parts.ts';
import { answers, connections, table, type Break } from './break.ts';

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
    seed: 44,
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
  {
    rule: 'call',
    name: 'where a source does not say when, tags come back twice before they stay away',
    parts: () =>
      sending(/^DELETE .*\/contacts\/\w+\/tags$/, async (send, body) => {
        for (let n = 0; n < 2; n++) {
          await send(body);
          await send(body, { method: 'POST' });
        }
        return send(body);
      }),
    seed: 555,
    shows: /^tags of/,
  },
  {
    rule: 'call',
    name: 'where a company could be given another name, it is deleted and made anew',
    parts: () =>
      sending(/^PUT .*\/businesses\/\w+$/, async (send, body, url) => {
        const deleted = await send(undefined, { method: 'DELETE' });
        const [base] = url.split('/businesses/');
        const locationId = 'SandboxLocation00001';
        return deleted.ok
          ? send({ ...body, locationId }, { method: 'POST', url: `${base!}/businesses/` })
          : deleted;
      }),
    seed: 330,
    shows: /^companies cost/,
  },
  {
    rule: 'call',
    name: 'who shares a phone is looked for before each create',
    parts: () =>
      sending(/^POST .*\/contacts\/$/, async (send, body, url) => {
        const query = `locationId=${body['locationId'] as string}&email=${body['email'] as string}`;
        const isShared = body['phone'] === '+447700900005';
        if (isShared) await send(undefined, { method: 'GET', url: `${url}search/duplicate?${query}` });
        return send(body);
      }),
    seed: 379,
    shows: /calls about contacts changed nothing/,
  },
  {
    rule: 'call',
    name: 'after a lost store the children of a contact are listed anew for each of them',
    parts: () =>
      table('lookups', (lookups) => ({
        put: (account, name, value, at) =>
          name.startsWith('children/') ? Promise.resolve() : lookups.put(account, name, value, at),
      })),
    seed: 853,
    shows: /calls about (?:task|note|event)s changed nothing/,
  },
  {
    rule: 18,
    name: 'a call for a contact that somebody deleted is dead with it',
    parts: () =>
      answers((request, answer) =>
        /\/workflow\//.test(request.url) && [400, 404].includes(answer.status)
          ? new Response(JSON.stringify({ message: 'Bad request' }), { status: 400, headers: answer.headers })
          : answer,
      ),
    seed: 395,
    shows: /^dead: welcome/,
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
