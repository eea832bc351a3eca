import type { LanguageSettings } from '../language-settings.ts';

/** Hears of a value that a function had to drop. */
export type Warn = (message: string) => void;

/** A function of the language. It gets no null and no `undefined` as first argument: those yield nothing. */
export type OwnFunction = (
  values: readonly unknown[],
  settings: LanguageSettings,
  warn: Warn,
  /** What a run binds to a name. */
  bound: (name: string) => unknown,
) => unknown;
