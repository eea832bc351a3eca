import { ExpressionError, type Expression } from '../../src/model/expression.ts';
import type { Source } from '../../src/model/source.ts';
import type { Sync } from '../../src/model/sync.ts';

/** Yields a property of what it sees. */
export const prop =
  (name: string): Expression =>
  (input) =>
    Promise.resolve((input as Readonly<Record<string, unknown>>)[name]);

/** Yields a variable. */
export const variable =
  (name: string): Expression =>
  (_, bindings) =>
    Promise.resolve(bindings[name]);

export const constant =
  (value: unknown): Expression =>
  () =>
    Promise.resolve(value);

/** Fails as expressions do. */
export const failing =
  (message: string): Expression =>
  () =>
    Promise.reject(new ExpressionError(message));

/** Fails as nothing may. */
export const broken: Expression = () => Promise.reject(new TypeError('a bug'));

/** Drops its value and says so. */
export const warning =
  (message: string): Expression =>
  (_input, _bindings, warn) => {
    warn?.(message);
    return Promise.resolve(undefined);
  };

/** A sync of bookings to contacts that maps nothing: a test says what matters to it. */
export function aSync(wish: Partial<Sync> = {}): Sync {
  return {
    name: 'contacts',
    source: 'bookings',
    enabled: true,
    report: false,
    connection: 'ghl',
    resource: 'contact',
    fields: [],
    tags: [],
    onDelete: { type: 'ignore' },
    onLeave: { type: 'ignore' },
    quietMs: 0,
    onMissing: 'create',
    guard: {},
    match: [],
    mark: false,
    digest: '',
    ...wish,
  };
}

export function aSource(wish: Partial<Source> = {}): Source {
  return {
    name: 'bookings',
    connection: 'booth',
    key: prop('id'),
    let: [],
    keepEmpty: false,
    partial: false,
    ...wish,
  };
}
