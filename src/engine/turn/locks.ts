/** The targets of a lane that a turn works on: one writer for each. */
export interface Locks {
  /** Takes one; false where another turn has it. */
  take(targetKey: string): boolean;
  /** Takes one as soon as who has it gives it back; in the order of asking. */
  wait(targetKey: string): Promise<void>;
  giveBack(targetKey: string): void;
  has(targetKey: string): boolean;
  taken(): readonly string[];
}

export function createLocks(): Locks {
  /** Who waits for each that is taken. */
  const queues = new Map<string, (() => void)[]>();

  function take(targetKey: string): boolean {
    if (queues.has(targetKey)) return false;
    queues.set(targetKey, []);
    return true;
  }

  return {
    take,
    wait: (targetKey) =>
      new Promise<void>((resolve) => {
        if (take(targetKey)) resolve();
        else queues.get(targetKey)!.push(resolve);
      }),
    giveBack: (targetKey) => {
      const next = queues.get(targetKey)?.shift();
      if (next) next();
      else queues.delete(targetKey);
    },
    has: (targetKey) => queues.has(targetKey),
    taken: () => [...queues.keys()],
  };
}
