import type { Receipt } from '../../src/inbox/receive.ts';
import type { Revision } from './booth.ts';
import { told } from './source-api.ts';
import type { World } from './world.ts';

/** The booking software's webhooks: each comes again until it is acknowledged. */
export interface Sender {
  readonly send: (revision: Revision) => void;
  /** Deliveries that nobody has acknowledged. */
  readonly undelivered: () => number;
}

/** `knock` yields nothing where nobody answers. */
export function createSender(
  { plan, time, dice, booth, judge, problems }: World,
  knock: (body: object) => Promise<Receipt | undefined>,
): Sender {
  const { setup } = plan;
  // What tells only of changes, or does not say when, is of use only in its order.
  const inOrder = setup.telling === 'partial' || setup.stamps === 'none';
  const lines = new Map<string, (() => void)[]>();
  let undelivered = 0;
  let deliveries = 0;

  async function deliver(revision: Revision, body: object, done: () => void): Promise<void> {
    const receipt = await knock(body);
    if (receipt?.type === 'stored') (isOutrun(revision) ? judge.retold : judge.told)(revision);
    // The answer may be lost on its way: then the sender comes again.
    const heard = receipt !== undefined && !dice.chance(setup.faults / 2);
    if (receipt && !['stored', 'known', 'busy'].includes(receipt.type))
      problems.push(`a webhook was answered ${receipt.type}`);
    if (heard && receipt.type !== 'busy') {
      undelivered -= 1;
      done();
    } else time.after(dice.between(200, 4_000), () => void deliver(revision, body, done));
  }

  /** A poll may have told a newer state while this one was refused, and where neither has a time nobody can tell them apart. */
  function isOutrun(revision: Revision): boolean {
    if (setup.stamps !== 'none' || setup.feed !== 'both') return false;
    return booth
      .newest(revision.source)
      .some(({ id, order }) => id === revision.id && order > revision.order);
  }

  function queue(line: string, act: () => void): void {
    const waiting = lines.get(line) ?? [];
    waiting.push(act);
    lines.set(line, waiting);
    if (waiting.length === 1) act();
  }

  function next(line: string): void {
    const waiting = lines.get(line)!;
    waiting.shift();
    waiting[0]?.();
  }

  return {
    undelivered: () => undelivered,
    send: (revision) => {
      if (setup.feed === 'polls') return;
      const copies = !inOrder && dice.chance(0.15) ? 2 : 1;
      const id = `d${(deliveries += 1)}`;
      const type = `${revision.source}.${revision.deleted ? 'deleted' : 'saved'}`;
      const body = { type, id, data: told(revision, booth, setup) };
      const line = `${revision.source} ${revision.id}`;
      for (let copy = 0; copy < copies; copy++) {
        undelivered += 1;
        const late = !inOrder && dice.chance(0.1) ? dice.between(1_000, 30_000) : dice.between(0, 300);
        if (inOrder)
          queue(line, () => void time.after(late, () => void deliver(revision, body, () => next(line))));
        else time.after(late, () => void deliver(revision, body, () => undefined));
      }
    },
  };
}
