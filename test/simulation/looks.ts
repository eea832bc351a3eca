import { kindOf, LIST_CHILDREN, isCreate, lookBefore } from './call-kinds.ts';

/** Something that was looked for in vain: by which call, whom, and until when (ms) that may be followed by its create. */
export interface Look {
  readonly by: string;
  readonly who?: string;
  readonly until?: number;
}

/** What was looked for in vain, and what came of it: a look is paid for by the create that follows. */
export interface Looks {
  readonly inVain: (look: Look) => void;
  /** A create begins, with this body. */
  readonly create: (request: Request, body: string) => void;
  /** It has made what was looked for. */
  readonly made: (request: Request, body: string) => void;
  /** Something befell it, and it has made nothing, as far as one knows. */
  readonly unmade: (request: Request) => void;
  /** What was looked for and not created yet is looked for again. */
  readonly interrupt: () => void;
  /** All is quiet: what was looked for before a create in doubt, and is wanted no more, was looked for all the same. */
  readonly rest: () => void;
}

/** `allow`: a look by this call is paid for. */
export function createLooks(monotonic: () => number, allow: (by: string) => void): Looks {
  let open: Look[] = [];
  /** The look that a create goes back to … */
  const before = new WeakMap<Request, Look>();
  /** … and those of creates that came to nothing, while none like them has come through. */
  let unmade: Look[] = [];

  function take(looks: Look[], request: Request, body: string): Look | undefined {
    const look = lookBefore(kindOf(request)) ?? listBefore(request);
    const at = looks.findIndex(({ by, who }) => by === look && (who === undefined || body.includes(who)));
    return at < 0 ? undefined : looks.splice(at, 1)[0];
  }

  return {
    inVain: (look) => void open.push(look),
    create: (request, body) => {
      const look = take(open, request, body);
      if (look) before.set(request, look);
    },
    made: (request, body) => void take(unmade, request, body),
    unmade: (request) => {
      const look = before.get(request);
      if (look) unmade.push(look);
    },
    interrupt: () => {
      for (const { by, until = Infinity } of open) if (monotonic() < until) allow(by);
      open = [];
    },
    rest: () => {
      for (const { by } of unmade) allow(by);
      unmade = [];
    },
  };
}

/** The list in which a child is looked for whose create was in doubt. */
function listBefore(request: Request): string | undefined {
  return LIST_CHILDREN.find((list) => isCreate(request) && kindOf(request) === list.replace('GET', 'POST'));
}
