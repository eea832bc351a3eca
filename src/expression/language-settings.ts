/** What the functions of the language need to know of the config. */
export interface LanguageSettings {
  /** IANA name, for local times without an offset. */
  readonly timezone: string;
  /** ISO 3166 alpha-2, for phone numbers without a country's code. */
  readonly country?: string;
  /** For `$table`. */
  readonly tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Bound as `$vars`. */
  readonly vars: Readonly<Record<string, unknown>>;
}
