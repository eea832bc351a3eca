import { createLanguage } from '../expression/language.ts';
import type { Language, LanguageSettings } from '../expression/language.ts';
import { child, entriesOf, textOf, valueOf } from './tree.ts';
import type { Node } from './tree.ts';

/** The expression language as a file sets it up: its time zone, country, tables and constants. */
export function languageOf(root: Node): Language {
  return createLanguage(settingsOf(root));
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
