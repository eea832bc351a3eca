import {
  createLanguage,
  type Compiled,
  type Language,
  type LanguageSettings,
} from '../../src/expression/language.ts';
import type { Bindings } from '../../src/model/expression.ts';

/** A language in London, unless told otherwise. */
export function aLanguage(settings: Partial<LanguageSettings> = {}): Language {
  return createLanguage({ timezone: 'Europe/London', country: 'GB', tables: {}, vars: {}, ...settings });
}

type Ready = Extract<Compiled, { ok: true }>;
type Wrong = Extract<Compiled, { ok: false }>;

export function ready(compiled: Compiled): Ready {
  if (!compiled.ok) throw new Error(`${compiled.message} | ${compiled.remedy}`);
  return compiled;
}

export function wrong(compiled: Compiled): Wrong {
  if (compiled.ok) throw new Error('compiles');
  return compiled;
}

/** What an expression yields. */
export async function evaluate(
  source: string,
  input: unknown = {},
  { bindings = {}, language = aLanguage() }: { bindings?: Bindings; language?: Language } = {},
): Promise<unknown> {
  return ready(language.expression(source)).run(input, bindings);
}

/** What an expression yields, and what it warns of. */
export async function withWarnings(
  source: string,
  input: unknown = {},
  language = aLanguage(),
): Promise<{ value: unknown; warnings: string[] }> {
  const warnings: string[] = [];
  const value = await ready(language.expression(source)).run(input, {}, (message) => warnings.push(message));
  return { value, warnings };
}

/** The characters that a mistake points at. */
export function blamed(source: string, { offset, length }: Wrong): string {
  return source.slice(offset, offset + length);
}

export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
