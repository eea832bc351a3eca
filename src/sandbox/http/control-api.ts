import { bodyText, isRecord } from './message.ts';
import type { Answer, Arrival, Outcome } from './message.ts';
import type { CallLog } from './call-log.ts';
import { readFault } from './fault.ts';
import type { Faults } from './fault.ts';

/** What another process may do with a simulated API, over `/_sandbox/…`: no token, no limit, not logged. */
export interface Controls {
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly state: () => unknown;
  readonly reset: () => void;
  readonly set: (settings: Readonly<Record<string, unknown>>) => void;
  /** Methods of the control object that take and give JSON, by name: `{ "call": "setTags", "args": [id, ["vip"]] }`. */
  readonly methods: object;
}

const prefix = '/_sandbox/';

/** The API with its controls before it. */
export function withControls(
  controls: Controls,
  exchange: (arrival: Arrival) => Promise<Outcome>,
): (arrival: Arrival) => Promise<Outcome> {
  return async (arrival) => {
    if (!arrival.path.startsWith(prefix)) return exchange(arrival);
    return { kind: 'answer', answer: await answerControl(controls, arrival) };
  };
}

async function answerControl(controls: Controls, arrival: Arrival): Promise<Answer> {
  const name = `${arrival.method} ${arrival.path.slice(prefix.length)}`;
  try {
    return { status: 200, body: (await run(controls, name, arrival)) ?? { ok: true } };
  } catch (error) {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}

async function run(controls: Controls, name: string, arrival: Arrival): Promise<unknown> {
  switch (name) {
    case 'GET calls':
      return { calls: controls.calls.calls.slice(Number(arrival.query.get('since') ?? 0)) };
    case 'GET state':
      return controls.state();
    case 'POST do':
      return { result: (await callMethod(controls, jsonBody(arrival))) ?? null };
    case 'DELETE calls':
      controls.calls.clear();
      return undefined;
    case 'POST faults':
      controls.faults.add(readFault(jsonBody(arrival)));
      return undefined;
    case 'DELETE faults':
      controls.faults.clear();
      return undefined;
    case 'POST reset':
      controls.reset();
      return undefined;
    case 'POST settings':
      controls.set(jsonBody(arrival));
      return undefined;
    default:
      throw new Error(`no control ${name}`);
  }
}

function callMethod(controls: Controls, wish: Readonly<Record<string, unknown>>): unknown {
  const { call, args = [] } = wish;
  const method: unknown = Object.entries(controls.methods).find(([name]) => name === call)?.[1];
  if (typeof method !== 'function' || !Array.isArray(args)) {
    throw new Error(`no method ${JSON.stringify(call)} with arguments ${JSON.stringify(args)}`);
  }
  return Reflect.apply(method, undefined, args) as unknown;
}

function jsonBody(arrival: Arrival): Readonly<Record<string, unknown>> {
  const text = bodyText(arrival);
  const body: unknown = text === '' ? {} : JSON.parse(text);
  if (!isRecord(body)) throw new Error('the body must be a JSON object');
  return body;
}
