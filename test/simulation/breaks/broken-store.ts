import type { Link } from '../../../src/model/link.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { tables } from './break.ts';

/** A link is written where its events end in the same transaction, and not before. */
export function linksWithLastStep(all: Tables): Tables {
  let held: Link | undefined;
  return {
    ...all,
    links: {
      ...all.links,
      put: (link) => {
        held = link;
        return Promise.resolve();
      },
    },
    events: {
      ...all.events,
      settle: async (...settled) => {
        if (held) await all.links.put(held);
        await all.events.settle(...settled);
      },
    },
  };
}

/** A webhook's delivery is stored in a moment. */
export function answerBeforeStored(store: Store): Store {
  return {
    ...tables(store, (all) => ({
      ...all,
      deliveries: {
        ...all.deliveries,
        add: (delivery) => {
          setTimeout(
            () => void store.write((later) => later.deliveries.add(delivery)).catch(() => undefined),
            100,
          );
          return Promise.resolve(true);
        },
      },
    })),
  };
}

/** A child's link is as if it were under the parent that it wants, and nobody takes it up with that. */
export function childrenThatStay(all: Tables): Tables {
  return {
    ...all,
    links: {
      ...all.links,
      childrenOf: () => Promise.resolve([]),
      get: async (targetKey) => {
        const link = await all.links.get(targetKey);
        const parent = link && (await all.members.of(targetKey))[0]?.desired.parent;
        const above = parent === undefined ? undefined : await all.links.get(parent);
        return link && above ? { ...link, parentId: above.targetId } : link;
      },
    },
  };
}

/** Writes that come together are one: all of them are done, or none. */
export function withoutSavepoints(store: Store): Store {
  let together: { readonly works: Work[]; readonly done: Promise<unknown[]> } | undefined;
  return {
    ...store,
    write: async <T>(work: (inside: Tables) => Promise<T>): Promise<T> => {
      const mine = (together ??= begin());
      const at = mine.works.push(work) - 1;
      return (await mine.done)[at] as T;
    },
  };

  function begin(): NonNullable<typeof together> {
    const works: Work[] = [];
    const done = Promise.resolve().then(() => {
      together = undefined;
      return store.write(async (inside) => {
        const results: unknown[] = [];
        for (const work of works) results.push(await work(inside));
        return results;
      });
    });
    return { works, done };
  }
}

type Work = (inside: Tables) => Promise<unknown>;
