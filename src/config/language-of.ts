import { createLanguage } from '../expression/language.ts';
import type { Compiled, Language, LanguageSettings } from '../expression/language.ts';
import { child, entriesOf, textOf, valueOf } from './tree.ts';
import type { Node } from './tree.ts';

/** Languages that are kept, sources that each keeps, and the characters of the longest: some 20 KB for each that has run. */
const MOST_LANGUAGES = 20;
const MOST_SOURCES = 500;
const LONGEST = 500;

const languages = new Map<string, Language>();

/**
 * The expression language as a file sets it up: its time zone, country, tables and constants. Files that are checked together
 * are set up alike, as a rule, and have many sources in common: each is compiled once.
 */
export function languageOf(root: Node): Language {
  const settings = settingsOf(root);
  const name = JSON.stringify(settings);
  const before = languages.get(name);
  if (before) return before;
  const language = compilingOnce(createLanguage(settings));
  if (languages.size >= MOST_LANGUAGES) languages.clear();
  languages.set(name, language);
  return language;
}

function compilingOnce(language: Language): Language {
  const compiled = new Map<string, Compiled>();
  return {
    ...language,
    expression: (source) => {
      const before = compiled.get(source);
      if (before) return before;
      const made = language.expression(source);
      if (compiled.size >= MOST_SOURCES) compiled.clear();
      if (source.length <= LONGEST) compiled.set(source, made);
      return made;
    },
  };
}

export function settingsOf(root: Node): LanguageSettings {
  const country = textOf(child(root, 'country'));
  return {
    timezone: timezoneOf(root),
    ...(country === undefined || !/^[A-Z]{2}$/.test(country) ? {} : { country }),
    tables: tablesOf(root),
    vars: varsOf(root),
  };
}

/** UTC where none is named, or one that is only known when something runs. */
export function timezoneOf(root: Node): string {
  const zone = textOf(child(root, 'timezone'));
  return zone === undefined || zone === '' || zone.includes('${') ? 'UTC' : zone;
}

function tablesOf(root: Node): Record<string, Record<string, unknown>> {
  const tables = entriesOf(child(root, 'tables')).filter(({ value }) => value.kind === 'map');
  return Object.fromEntries(
    tables.map(({ name, value }) => [name, valueOf(value) as Record<string, unknown>]),
  );
}

/** The file's constants; `$${` in them is a literal `${`. */
export function varsOf(root: Node): Record<string, unknown> {
  const vars = child(root, 'vars');
  if (vars?.kind !== 'map') return {};
  return JSON.parse(JSON.stringify(valueOf(vars)).replaceAll('$${', '${')) as Record<string, unknown>;
}
