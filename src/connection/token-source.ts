import { again } from '../model/clock.ts';
import { messageOf } from '../model/problem.ts';
import type { TokenTrouble, Tokens } from '../model/tokens.ts';
import { createBackoff } from './backoff.ts';
import { makeLocationToken } from './location-token.ts';
import { loginTrouble, refreshPair, type RefreshContext } from './refresh-pair.ts';

/** A token for a call, or why there is none. */
export type TokenAnswer =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly why: 'trouble'; readonly trouble: TokenTrouble }
  /** `later`: ask again. `refused`: the API refuses a token that can't be bettered. */
  | { readonly ok: false; readonly why: 'later' | 'refused'; readonly message: string };

/** The access token of a connection: refreshed ahead of its end, once for all who wait. */
export interface TokenSource {
  /** Reads what the store holds; from then on it is looked at again and again, as a login is another process. */
  start(): Promise<void>;
  token(): Promise<TokenAnswer>;
  /** The same without a refresh: what there is at this moment. */
  held(): TokenAnswer;
  /** The API refused this token: another one, where there is one. */
  renew(used: string): Promise<TokenAnswer>;
  /** The API took this token. */
  accepted(token: string): void;
  /** Nothing where calls may be made; else also when it is worth another try, in ms. */
  trouble(): (TokenTrouble & { readonly retryAt: number }) | undefined;
  /** What kept the connection from working may be over: the app was installed. */
  retry(): void;
  stop(): void;
}

export interface TokenSourceOptions extends Omit<RefreshContext, 'stopped'> {
  /** The location whose token is wanted; HighLevel only. */
  readonly location?: string;
  /** It has a token that works again (null), or has none, and why. */
  readonly changed: (trouble: TokenTrouble | null) => void;
  /** A look at the store failed; the next one may not. */
  readonly failed: (error: unknown) => void;
}

/** A token is refreshed when so much of its life is left: a tenth, at most this, in ms. */
const AHEAD_MS = 300_000;
/** How often the store is asked whether another process has logged in or refreshed. */
const LOOK_MS = 2_000;
const RETRY_MS = 300_000;

export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { shelf, clock, ghl, location } = options;
  let version = -1;
  let tokens: Tokens | undefined;
  let trouble: (TokenTrouble & { retryAt: number }) | undefined;
  const later = createBackoff(clock);
  const wantsLocation = ghl !== undefined && location !== undefined;
  /** Got because its predecessor was refused, and not taken yet: a second refresh would be no better. */
  let unproven: string | undefined;
  /** The API took it no more, whatever its end. */
  let refusedToken: string | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;
  let cancel: () => void = () => undefined;
  const context: RefreshContext = { ...options, stopped: () => stopped };

  const isCompany = () => wantsLocation && tokens?.userType === 'Company';
  /** What calls bear: of a company, the token of the location. */
  const used = () => (isCompany() ? tokens?.location : tokens);
  const current = () => used()?.accessToken;

  function setTrouble(next: TokenTrouble | undefined): void {
    const before = trouble;
    const retryAt = next?.kind === 'login' ? Infinity : clock.now() + RETRY_MS;
    trouble = next && { ...next, retryAt };
    if (before?.reason !== trouble?.reason) options.changed(trouble ?? null);
  }

  async function load(): Promise<void> {
    const found = await shelf.read();
    const isNew = found.version !== version || trouble?.kind === 'key';
    ({ version, tokens } = { ...found, tokens: found.tokens });
    if (!tokens) setTrouble(found.trouble ?? loginTrouble(options, 'nobody has logged in'));
    if (!tokens || !isNew) return;
    later.clear();
    // What else was wrong may be mended by now; a refresh token that was refused is not.
    setTrouble(found.trouble?.kind === 'login' ? found.trouble : undefined);
  }

  async function look(): Promise<void> {
    try {
      if ((await shelf.version()) !== version) await load();
    } catch (error) {
      options.failed(error);
    }
  }

  /** A new pair; false where there is none. */
  async function refresh(): Promise<boolean> {
    const refreshed = await refreshPair(context, version);
    if (refreshed.type === 'fresh') await load();
    if (refreshed.type === 'trouble') setTrouble(refreshed.trouble);
    if (refreshed.type === 'later') later.note(refreshed.message);
    return refreshed.type === 'fresh' && tokens !== undefined;
  }

  async function derive(mayRefresh: boolean): Promise<void> {
    const made = await makeLocationToken({ ...options, ghl: ghl!, location: location! }, tokens!);
    if (made.type === 'later') later.note(made.message);
    if (made.type === 'trouble') setTrouble(made.trouble);
    if (made.type === 'stale' && mayRefresh && (await refresh())) await derive(false);
    if (made.type !== 'made') return;
    ({ tokens } = made);
    // Where another process is at work on the pair, this one is for us alone.
    if (await shelf.amend(version, tokens)) version += 1;
    setTrouble(undefined);
  }

  async function freshen(refused: string | undefined): Promise<void> {
    if (refused !== undefined || trouble) await load();
    if (!tokens || trouble?.kind === 'login' || (refused !== undefined && current() !== refused)) return;
    const pairEnds = endsSoon(tokens, clock.now());
    // Nothing to be got: so a call tells whether the trouble is over.
    if (refused === undefined && !endsSoon(used(), clock.now())) setTrouble(undefined);
    else if (!isCompany()) await refresh();
    else if (!pairEnds || (await refresh())) await derive(!pairEnds);
  }

  /** One at a time: whoever comes meanwhile waits for the same. */
  function freshenOnce(refused?: string): Promise<void> {
    running ??= freshen(refused)
      .then(() => {
        if (refused !== undefined && current() !== refused) unproven = current();
      })
      .catch((error: unknown) => {
        options.failed(error);
        later.note(`the store with the tokens can't be used: ${messageOf(error)}`);
      })
      .finally(() => (running = undefined));
    return running;
  }

  function held(): TokenAnswer {
    const token = used();
    const ended = token?.expiresAt !== undefined && token.expiresAt <= clock.now();
    if (token && !ended && token.accessToken !== refusedToken) return { ok: true, token: token.accessToken };
    if (trouble) return { ok: false, why: 'trouble', trouble };
    return { ok: false, why: 'later', message: later.message() || 'there is no token at this moment' };
  }

  async function token(): Promise<TokenAnswer> {
    const now = clock.now();
    if (now < (trouble?.retryAt ?? later.until())) return held();
    if (trouble) trouble = { ...trouble, retryAt: now + RETRY_MS };
    else if (!endsSoon(used(), now) && current() !== refusedToken) return held();
    const renewal = freshenOnce(current() === refusedToken ? refusedToken : undefined);
    // While the old one is good nobody has to wait.
    if (!held().ok) await renewal;
    return held();
  }

  async function renew(refused: string): Promise<TokenAnswer> {
    if (current() === refused) {
      if (unproven === refused) return { ok: false, why: 'refused', message: 'a new token is refused, too' };
      if (clock.now() >= later.until()) await freshenOnce(refused);
    }
    if (current() === refused) refusedToken = refused;
    return held();
  }

  return {
    start: async () => {
      await load();
      cancel = again(clock, LOOK_MS, look);
    },
    token,
    held,
    renew,
    accepted: (taken) => {
      if (unproven === taken) unproven = undefined;
    },
    trouble: () => (held().ok ? undefined : trouble),
    retry: () => {
      if (trouble && trouble.kind !== 'login') trouble = { ...trouble, retryAt: 0 };
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}

/** Due for a refresh: little of its life is left. */
function endsSoon(token: Pick<Tokens, 'obtainedAt' | 'expiresAt'> | undefined, now: number): boolean {
  if (!token) return true;
  if (token.expiresAt === undefined) return false;
  return token.expiresAt - now <= Math.min(AHEAD_MS, (token.expiresAt - token.obtainedAt) / 10);
}
