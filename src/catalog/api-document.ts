import type { Method, Operation } from './operation.ts';

/** What an API's own OpenAPI document says of it. */
export interface ApiDocument {
  readonly operations: readonly Operation[];
  /** What stands before every path, such as `/v2`; may be empty. */
  readonly basePath: string;
  /** What of it could not be read, a sentence each: of that nothing is known. */
  readonly gaps: readonly string[];
}

/** Stands for what is only known when something runs: it may be any part of a path. */
export const HOLE = '\0';

/** Operations whose path a request's path can be; those that agree in the most parts. */
export function operationsAt(document: ApiDocument, path: string): readonly Operation[] {
  const paths = [...new Set([path, withoutBase(document, path)])].map(partsOf);
  const fitting = document.operations.flatMap((operation) => {
    const theirs = partsOf(operation.path);
    const agreeing = Math.max(...paths.map((ours) => agreement(ours, theirs)));
    return agreeing >= 0 ? [{ operation, agreeing }] : [];
  });
  const most = Math.max(...fitting.map(({ agreeing }) => agreeing));
  return fitting.filter(({ agreeing }) => agreeing === most).map(({ operation }) => operation);
}

/** The one that a call by this method means. */
export function operationAt(document: ApiDocument, method: Method, path: string): Operation | undefined {
  return operationsAt(document, path).find((operation) => operation.method === method);
}

/** By its operationId; nothing where none has it, or several have. */
export function operationNamed(document: ApiDocument, id: string): Operation | undefined {
  const named = document.operations.filter((operation) => operation.id === id);
  return named.length === 1 ? named[0] : undefined;
}

/** Where a call goes under a base URL: one without a path of its own lacks the server's. */
export function addressPath({ basePath }: ApiDocument, baseUrl: string, path: string): string {
  const own = URL.canParse(baseUrl) ? new URL(baseUrl).pathname.replace(/\/+$/, '') : '';
  return own === '' ? `${basePath}${path}` : path;
}

function withoutBase({ basePath }: ApiDocument, path: string): string {
  return basePath !== '' && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

function partsOf(path: string): readonly string[] {
  return path.replace(/^\/+/, '').split('/');
}

/** How many parts are the same text; -1 where a part can't be the other. */
function agreement(ours: readonly string[], theirs: readonly string[]): number {
  if (ours.length !== theirs.length) return -1;
  let same = 0;
  for (const [at, part] of ours.entries()) {
    const other = theirs[at]!;
    if (part === other) same += 1;
    else if (!fits(part, other)) return -1;
  }
  return same;
}

/** A parameter of theirs takes any text; a hole of ours may be anything. */
function fits(part: string, theirs: string): boolean {
  if (part === HOLE) return true;
  const pattern = theirs.split(/\{[^}]*\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return pattern.length > 1 && part !== '' && new RegExp(`^${pattern.join('.+')}$`).test(part);
}
