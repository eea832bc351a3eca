import type { Expression } from '../model/expression.ts';
import type { Json } from '../model/json.ts';
import type { Mistake } from './mistakes/mistake.ts';
import type { Uses } from './uses.ts';

/** A source ready to run, or what is wrong with it. Offsets count characters of the source. */
export type Compiled =
  | {
      readonly ok: true;
      readonly run: Expression;
      readonly uses: Uses;
      /** The value of a source that yields the same on any record: a text without holes, a literal. */
      readonly constant?: Json;
    }
  | ({ readonly ok: false } & Mistake);
