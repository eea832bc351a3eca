import { isRecord } from '../http/message.ts';

/** What one property may hold. `check` gives the complaints, in the words of GHL's validator. */
export interface Rule<T, Required extends boolean = false> {
  readonly required: Required;
  readonly nullable: boolean;
  readonly check: (value: unknown, name: string) => readonly string[];
  /** Never there at run time: it carries the type of a value that passed. */
  readonly passed?: T;
}

export type Shape = Readonly<Record<string, Rule<unknown, boolean>>>;

/** The type of a body that passed its shape. */
export type Shaped<S extends Shape> = {
  readonly [K in keyof S as S[K] extends Rule<unknown, true> ? K : never]: Passed<S[K]>;
} & {
  readonly [K in keyof S as S[K] extends Rule<unknown, true> ? never : K]?: Passed<S[K]> | undefined;
};

type Passed<R> = R extends Rule<infer T, boolean> ? T : never;

/** Complaints about an object: unknown properties, missing ones, wrong types, null where none is allowed. */
export function complaints(shape: Shape, body: unknown, prefix = ''): readonly string[] {
  if (!isRecord(body)) return [`${prefix || 'body '}must be an object`];
  const found: string[] = [];
  for (const property of Object.keys(body)) {
    if (!Object.hasOwn(shape, property)) found.push(`${prefix}property ${property} should not exist`);
  }
  for (const [property, rule] of Object.entries(shape)) {
    const value = body[property];
    const name = prefix + property;
    if (value === undefined) {
      if (rule.required) found.push(...rule.check(value, name), `${name} should not be empty`);
    } else if (value !== null || !rule.nullable) {
      found.push(...rule.check(value, name));
    }
  }
  return found;
}

export function rule<T>(passes: (value: unknown) => boolean, expectation: string): Rule<T> {
  return {
    required: false,
    nullable: false,
    check: (value, name) => (passes(value) ? [] : [`${name} ${expectation}`]),
  };
}

/** Must be there, and may be empty. */
export function present<T>(inner: Rule<T>): Rule<T, true> {
  return { required: true, nullable: inner.nullable, check: inner.check };
}

/** Must be there, and hold something. */
export function required<T>(inner: Rule<T>): Rule<T, true> {
  return {
    required: true,
    nullable: inner.nullable,
    check: (value, name) => (value === '' ? [`${name} should not be empty`] : inner.check(value, name)),
  };
}

export function nullable<T>(inner: Rule<T>): Rule<T | null> {
  return { required: false, nullable: true, check: inner.check };
}

export function oneOf<const T extends string>(...choices: readonly T[]): Rule<T> {
  return rule(
    (value) => choices.some((choice) => choice === value),
    `must be one of the following values: ${choices.join(', ')}`,
  );
}

export function atMost(length: number, inner: Rule<string>): Rule<string> {
  return {
    ...inner,
    check: (value, name) => {
      if (typeof value === 'string' && value.length > length) {
        return [`${name} must be shorter than or equal to ${length} characters`];
      }
      return inner.check(value, name);
    },
  };
}

export function listOf<T>(inner: Rule<T>, maxItems = Infinity): Rule<readonly T[]> {
  return {
    required: false,
    nullable: false,
    check(value, name) {
      if (!Array.isArray(value)) return [`${name} must be an array`];
      if (value.length > maxItems) return [`${name} must contain no more than ${maxItems} elements`];
      return value.flatMap((item: unknown, index) => inner.check(item, `${name}.${index}`));
    },
  };
}

/** A nested object of a shape of its own; its complaints are prefixed, as in `customFields.0.property x should not exist`. */
export function objectOf<S extends Shape>(shape: S): Rule<Shaped<S>> {
  return {
    required: false,
    nullable: false,
    check: (value, name) =>
      isRecord(value) ? complaints(shape, value, `${name}.`) : [`${name} must be an object`],
  };
}

export const text = rule<string>((value) => typeof value === 'string', 'must be a string');
export const flag = rule<boolean>((value) => typeof value === 'boolean', 'must be a boolean value');
export const amount = rule<number>(
  (value) => typeof value === 'number' && Number.isFinite(value),
  'must be a number conforming to the specified constraints',
);
export const count = rule<number>(
  (value) => Number.isInteger(value) && Number(value) >= 0,
  'must be an integer number',
);
export const record = rule<Readonly<Record<string, unknown>>>(isRecord, 'must be an object');
export const anything = rule<unknown>(() => true, '');

/** A number in a query string. */
export const digits = rule<string>(
  (value) => typeof value === 'string' && /^\d+$/.test(value),
  'must be a number string',
);
export const queryFlag = oneOf('true', 'false');

/** A contact's address; the empty text clears it. */
export const email = rule<string>(
  (value) => typeof value === 'string' && /^$|^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(value),
  'must be an email',
);

const isoDay = /^\d{4}-\d{2}-\d{2}/;

export const isoDate = rule<string>(
  (value) => typeof value === 'string' && isoDay.test(value) && !Number.isNaN(Date.parse(value)),
  'must be a valid ISO 8601 date string',
);

/** GHL's examples all bear an offset; without one the hour would be a guess. */
export const isoInstant = rule<string>(
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
  'must be an ISO 8601 date string with an offset',
);
