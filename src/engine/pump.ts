/** Work that is done whenever somebody asks, never twice at the same time; asked meanwhile, it is done once more. */
export interface Pump {
  wake(): void;
  isRunning(): boolean;
  /** Starts nothing more; resolves when what runs has ended. */
  stop(): Promise<void>;
}

/** `failed` hears of what the work throws: the pump itself never does. `rests`: nobody has asked meanwhile. */
export function createPump(
  work: () => Promise<void>,
  failed: (error: unknown) => void,
  rests: () => void = () => undefined,
): Pump {
  const asked = { again: false, stopped: false };
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (asked.again && !asked.stopped) {
      asked.again = false;
      await work().catch(failed);
    }
    running = undefined;
    rests();
  }

  return {
    wake: () => {
      if (asked.stopped) return;
      asked.again = true;
      running ??= run();
    },
    isRunning: () => running !== undefined,
    stop: async () => {
      asked.stopped = true;
      await running;
    },
  };
}
