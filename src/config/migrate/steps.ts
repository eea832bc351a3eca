import type { Step } from './migrate.ts';

/** The version of the language that this boothsync speaks. */
export const CURRENT = 1;

/** What leads from each earlier version to the next one. Version 1 is the first. */
export const STEPS: readonly Step[] = [];
