import type { Call, CallLog, OpenCall } from './call-log.ts';
import type { Clock } from './clock.ts';
import type { FaultEffect } from './fault-effect.ts';
import type { Faults } from './fault.ts';
import type { Answer, Arrival, Outcome } from './message.ts';

/** Milliseconds that every call takes before it is applied. */
export type Latency = number | ((call: Call) => number);

/** What an API is, beside the faults, the log and the wire, which are the same for both. */
export interface Api<Request> {
  /** Reads the body and finds route and account; must not fail. */
  readonly read: (arrival: Arrival) => Request | Promise<Request>;
  readonly describe: (request: Request) => Pick<Call, 'operation' | 'account' | 'body'>;
  /** The refusal of a call over the rate limit; called once for each arrival, in the order of arrival. */
  readonly admit: (request: Request, at: number) => Answer | undefined;
  /** Applies the call. */
  readonly respond: (request: Request) => Answer;
  /** Headers that every answer bears. */
  readonly headers: (request: Request) => Readonly<Record<string, string>>;
  readonly latency: () => Latency;
}

/** The one path that every call takes: log, limit, fault, latency, the call itself, fault. Independent of the wire. */
export function createExchange<Request>(
  api: Api<Request>,
  parts: { readonly clock: Clock; readonly calls: CallLog; readonly faults: Faults },
): (arrival: Arrival) => Promise<Outcome> {
  const { clock, calls, faults } = parts;

  return async (arrival) => {
    const request = await api.read(arrival);
    const at = clock.monotonic();
    const call = calls.open({
      at,
      method: arrival.method,
      path: arrival.path,
      query: Object.fromEntries(arrival.query),
      ...api.describe(request),
      status: null,
      fault: null,
    });
    const answered = (answer: Answer) => answerTo(call, answer, api.headers(request));

    // Counted before faults: a gateway that fails has counted the call all the same.
    const refusal = api.admit(request, at);
    if (refusal) return answered(refusal);

    const fault = faults.take(call);
    call.fault = fault?.kind ?? null;
    const before = fault && outcomeBefore(fault);
    if (before) return before.kind === 'answer' ? answered(before.answer) : before;

    const latency = api.latency();
    const delayMs = typeof latency === 'number' ? latency : latency(call);
    const slowMs = fault?.kind === 'slow' ? fault.delayMs : 0;
    if (delayMs + slowMs > 0) await clock.sleep(delayMs + slowMs);

    const answer = api.respond(request);
    if (fault?.kind === 'slow-after') await clock.sleep(fault.delayMs);
    const after = fault && outcomeAfter(fault);
    if (after && after.kind !== 'answer') return after;
    return answered(after?.answer ?? answer);
  };
}

function answerTo(call: OpenCall, answer: Answer, headers: Readonly<Record<string, string>>): Outcome {
  call.status = answer.status;
  return { kind: 'answer', answer: { ...answer, headers: { ...headers, ...answer.headers } } };
}

const page =
  '<!doctype html><html><head><title>Just a moment…</title></head><body>Please wait.</body></html>';

function outcomeBefore(fault: FaultEffect): Outcome | undefined {
  switch (fault.kind) {
    case 'status':
      return { kind: 'answer', answer: faultAnswer(fault) };
    case 'html':
      return { kind: 'answer', answer: { status: fault.status ?? 200, body: page } };
    case 'reset-before':
      return { kind: 'reset' };
    case 'hang':
      return { kind: 'hang' };
    case 'status-after':
    case 'reset-after':
    case 'hang-after':
    case 'slow':
    case 'slow-after':
      return undefined;
  }
}

function outcomeAfter(fault: FaultEffect): Outcome | undefined {
  if (fault.kind === 'status-after') return { kind: 'answer', answer: faultAnswer(fault) };
  if (fault.kind === 'reset-after') return { kind: 'reset' };
  if (fault.kind === 'hang-after') return { kind: 'hang' };
  return undefined;
}

function faultAnswer(fault: Extract<FaultEffect, { status: number; body?: unknown }>): Answer {
  const body = fault.body ?? { statusCode: fault.status, message: `Simulated fault ${fault.status}` };
  return { status: fault.status, body, ...(fault.headers && { headers: fault.headers }) };
}
