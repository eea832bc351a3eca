import type { LanguageSettings } from '../language-settings.ts';
import { date } from './date.ts';
import { e164 } from './e164.ts';
import { nativeFunction, type NativeFunction } from '../run/native-function.ts';
import type { OwnFunction, Warn } from './own-function.ts';
import { num, yes } from './num.ts';
import { result } from '../run/result.ts';
import { slug } from './slug.ts';
import { table } from './table.ts';
import { zoned } from './zoned.ts';

/** The functions beside JSONata's, with their least and most arguments. */
export const OWN_FUNCTIONS: Readonly<
  Record<
    string,
    { readonly least: number; readonly parameters: readonly string[]; readonly call: OwnFunction }
  >
> = {
  e164: { least: 1, parameters: ['phone', 'country'], call: e164 },
  zoned: { least: 1, parameters: ['local', 'zone'], call: zoned },
  date: { least: 1, parameters: ['instant', 'zone'], call: date },
  table: { least: 2, parameters: ['name', 'key', 'default'], call: table },
  slug: { least: 1, parameters: ['text'], call: slug },
  num: { least: 1, parameters: ['value'], call: num },
  yes: { least: 1, parameters: ['value'], call: yes },
  result: { least: 1, parameters: ['sync'], call: result },
};

/** Where a run's `warn` is bound. No expression can name it: a name ends at a blank. */
export const WARN_BINDING = ' warn';

/** The functions of the language, ready to be assigned, for one config. */
export function ownFunctions(settings: LanguageSettings): Readonly<Record<string, NativeFunction>> {
  const entries = Object.entries(OWN_FUNCTIONS).map(([name, { least, parameters, call }]) => {
    const native = nativeFunction({ parameters, length: least }, function (...values) {
      this.environment.base.guardrails();
      const [first] = values;
      if (first === undefined || first === null) return undefined;
      const bound = this.environment.lookup(WARN_BINDING);
      const warn: Warn = (message) => {
        if (typeof bound === 'function') (bound as Warn)(message);
      };
      return call(values, settings, warn, (name) => this.environment.lookup(name));
    });
    return [name, native] as const;
  });
  return Object.fromEntries(entries);
}
