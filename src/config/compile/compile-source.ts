import type { Poll, PollWindow } from '../../model/poll.ts';
import type { Source } from '../../model/source.ts';
import { compileNext } from './compile-next.ts';
import { compileRequest } from './compile-request.ts';
import {
  constant,
  looseText,
  optionalExpression,
  readBoolean,
  readChoice,
  readDuration,
  readExpression,
} from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child, entriesOf, itemsOf } from '../tree.ts';
import type { Node } from '../tree.ts';

const OVERLAP_MS = 300_000;

/** A checked source with its variables filled in. */
export function compileSource(reader: Reader, name: string, node: Node): Source {
  const key = child(node, 'key');
  const updatedAt = optionalExpression(reader, child(node, 'updatedAt'));
  const deleted = optionalExpression(reader, child(node, 'deleted'));
  const fetch = child(node, 'fetch');
  const webhook = child(node, 'webhook');
  const poll = child(node, 'poll');
  return {
    name,
    connection: looseText(child(node, 'connection')),
    key: key ? readExpression(reader, key) : constant(undefined),
    ...(updatedAt ? { updatedAt } : {}),
    ...(deleted ? { deleted } : {}),
    let: entriesOf(child(node, 'let')).map((entry) => ({
      name: entry.name,
      value: readExpression(reader, entry.value),
    })),
    keepEmpty: readChoice(reader, child(node, 'empty'), ['keep', 'missing'], 'missing') === 'keep',
    partial: readBoolean(reader, child(node, 'partial'), false),
    ...(fetch ? { fetch: compileFetch(reader, fetch) } : {}),
    ...(webhook ? { webhook: compileWebhook(reader, webhook) } : {}),
    ...(poll ? { poll: compilePoll(reader, poll) } : {}),
  };
}

function compileFetch(reader: Reader, node: Node): NonNullable<Source['fetch']> {
  const record = optionalExpression(reader, child(node, 'record'));
  return { request: compileRequest(reader, node), record: record ?? ((body) => Promise.resolve(body)) };
}

function compileWebhook(reader: Reader, node: Node): NonNullable<Source['webhook']> {
  const events = child(node, 'events');
  const record = child(node, 'record');
  return {
    // Without a list it takes all, also those that have no name.
    events: events ? itemsOf(events).map(looseText) : [],
    record: record ? readExpression(reader, record) : constant(undefined),
  };
}

function compilePoll(reader: Reader, node: Node): Poll {
  const every = child(node, 'every');
  const schedule = looseText(child(node, 'schedule'));
  const full = looseText(child(node, 'full'));
  const window = child(node, 'window');
  const request = child(node, 'request');
  const records = child(node, 'records');
  return {
    ...(every ? { everyMs: readDuration(reader, every, 0) } : {}),
    ...(schedule === '' ? {} : { schedule }),
    ...(full === '' ? {} : { full }),
    overlapMs: readDuration(reader, child(node, 'overlap'), OVERLAP_MS),
    ...(window ? { window: compileWindow(reader, window) } : {}),
    request: compileRequest(reader, request ?? node),
    records: records ? readExpression(reader, records) : constant(undefined),
    next: compileNext(reader, child(node, 'next')),
  };
}

/** Without a step the window is read in one piece. */
function compileWindow(reader: Reader, node: Node): PollWindow {
  const fromMs = readDuration(reader, child(node, 'from'), 0);
  const toMs = readDuration(reader, child(node, 'to'), 0);
  return { fromMs, toMs, stepMs: readDuration(reader, child(node, 'step'), Math.max(1, toMs - fromMs)) };
}
