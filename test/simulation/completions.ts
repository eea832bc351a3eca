import type { Change } from './target-watch.ts';

/** Tasks are completed, and taken up again, by the operation that is made for it, where nothing else of them changes. */
export interface Completions {
  /** Something befell the call: what it was to change is sent once more, as a whole. */
  readonly doubt: (request: Request) => void;
  readonly see: (request: Request, change: Change) => string | undefined;
  /** The store is lost: all that is found is written to once more, as a whole. */
  readonly forget: () => void;
}

export function createCompletions(): Completions {
  const doubted = new WeakSet<Request>();
  const made = new WeakMap<Request, string>();
  /** Tasks of which nobody knows what they hold. */
  const unsure = new Set<string>();
  let isLost = false;

  return {
    doubt: (request) => {
      doubted.add(request);
      const id = made.get(request) ?? taskIn(request);
      if (id !== undefined) unsure.add(id);
    },
    see: (request, { before, after }) => {
      if (after?.kind !== 'task') return undefined;
      const { id, title, completed } = after.is;
      if (before?.kind !== 'task') {
        made.set(request, id);
        if (doubted.has(request)) unsure.add(id);
        return undefined;
      }
      const wasUnsure = unsure.has(id);
      if (!doubted.has(request)) unsure.delete(id);
      const isAlone = before.is.title === title && before.is.completed !== completed;
      if (!isAlone || wasUnsure || isLost || isCompletion(request)) return undefined;
      return `task ${id} was written as a whole, and only whether it is completed has changed`;
    },
    forget: () => void (isLost = true),
  };
}

function isCompletion({ url }: Request): boolean {
  return url.endsWith('/completed');
}

function taskIn({ url }: Request): string | undefined {
  return /\/tasks\/([^/]+)/.exec(url)?.[1];
}
