/** Who waits for the limit waits for minutes at most: what is gone for longer, the store tells in time. */
const MOST_REMEMBERED = 1_000;

/**
 * Targets that are gone, as this process has just heard. A child that waits for its turn may have set out while its parent was still
 * there: by this it is not sent in vain.
 */
export interface Gone {
  add(targetId: string): void;
  /** It is there after all. */
  forget(targetId: string): void;
  has(targetId: string): boolean;
}

export function createGone(): Gone {
  const ids = new Set<string>();
  return {
    add: (targetId) => {
      ids.add(targetId);
      const [oldest] = ids;
      if (ids.size > MOST_REMEMBERED) ids.delete(oldest!);
    },
    forget: (targetId) => void ids.delete(targetId),
    has: (targetId) => ids.has(targetId),
  };
}

/** Thrown before a call that would be in vain: what it is to be made under is gone. */
export class InVain extends Error {}
