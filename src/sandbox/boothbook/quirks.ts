/** Habits of a PHP application, off unless switched on (boothbook-facts.md §5, all assumed). */
export interface Quirks {
  /** An empty map is written as `[]`. */
  readonly emptyAsList: boolean;
  readonly numbersAsStrings: boolean;
  /** Booleans are written as 0 and 1. */
  readonly zeroOneBooleans: boolean;
  /** Notes and names with `&amp;`, `&#039;` and the like. */
  readonly htmlEntities: boolean;
  /** `+44` numbers are written nationally, and every number in one of several fashions. */
  readonly nationalPhones: boolean;
  /** Every third record has no email: absent or empty. */
  readonly missingEmail: boolean;
  /** Errors are answered 200 with `result: "error"`, instead of 401 and 400. */
  readonly errorAs200: boolean;
}

export const noQuirks: Quirks = {
  emptyAsList: false,
  numbersAsStrings: false,
  zeroOneBooleans: false,
  htmlEntities: false,
  nationalPhones: false,
  missingEmail: false,
  errorAs200: false,
};

/** A record as an application with these quirks writes it. `id` decides which fashion it gets. */
export function quirky(record: object, id: number, quirks: Quirks): Readonly<Record<string, unknown>> {
  const entries = Object.entries(record).map(([name, value]) => [name, written(name, value, id, quirks)]);
  const result = Object.fromEntries(entries) as Record<string, unknown>;
  if (quirks.missingEmail && id % 3 === 0 && 'email' in result) {
    if (id % 2 === 0) result['email'] = '';
    else delete result['email'];
  }
  return result;
}

/** A map of records by id, as an application with these quirks writes it. */
export function quirkyMap(records: ReadonlyMap<number, object>, quirks: Quirks): unknown {
  if (records.size === 0 && quirks.emptyAsList) return [];
  return Object.fromEntries([...records].map(([id, record]) => [String(id), quirky(record, id, quirks)]));
}

function written(name: string, value: unknown, id: number, quirks: Quirks): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => written(name, item, id, quirks));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, written(key, item, id, quirks)]),
    );
  }
  if (typeof value === 'number') return quirks.numbersAsStrings ? String(value) : value;
  if (typeof value === 'boolean' && quirks.zeroOneBooleans) {
    return quirks.numbersAsStrings ? String(Number(value)) : Number(value);
  }
  if (typeof value !== 'string') return value;
  if (quirks.nationalPhones && name === 'phone') return nationalPhone(value, id);
  return quirks.htmlEntities && /note|name|body|description/.test(name) ? encodeEntities(value) : value;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

function encodeEntities(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function nationalPhone(phone: string, id: number): string {
  const digits = phone.replaceAll(/[^\d+]/g, '').replace(/^\+44/, '0');
  const [area, middle, last] = [digits.slice(0, 5), digits.slice(5, 8), digits.slice(8)];
  const fashions = [
    digits,
    `${area} ${middle}${last}`,
    `(${area}) ${middle} ${last}`,
    `${area}-${middle}-${last}`,
  ];
  return fashions[id % fashions.length] ?? digits;
}
