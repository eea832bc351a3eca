/** A place in a file, as character offsets: they become line and column only when printed. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Stable names: tests, docs and other tools match these, never the words of a message. */
export type ProblemCode =
  // the file itself
  | 'file-unreadable'
  | 'file-too-large'
  | 'yaml'
  | 'duplicate-key'
  | 'sample'
  | 'api-document'
  // its shape
  | 'unknown-property'
  | 'wrong-type'
  | 'missing-property'
  | 'bad-value'
  | 'not-built-yet'
  // what it refers to
  | 'unknown-connection'
  | 'unknown-source'
  | 'unknown-sync'
  | 'unknown-table'
  | 'unknown-resource'
  | 'unknown-operation'
  | 'unknown-field'
  | 'missing-field'
  | 'unknown-event'
  | 'create-only'
  | 'lock'
  | 'not-in-location'
  // expressions and text
  | 'expression'
  | 'unknown-variable'
  | 'text'
  | 'unknown-name'
  | 'not-equal'
  | 'always-false'
  | 'always-true'
  | 'list-for-one'
  | 'never-written'
  // the whole of it
  | 'cycle'
  | 'written-twice'
  | 'missing-scope'
  | 'poll-pace'
  | 'secret'
  | 'unused'
  // running it
  | 'unset-variable'
  | 'usage'
  | 'test-failed'
  | 'store-held'
  | 'approval'
  | 'store'
  | 'poll-failed'
  | 'poll-refused'
  | 'call-failed';

/** What is wrong, where, and what to do now. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  /** What is wrong, with the value seen. */
  readonly message: string;
  /** What to do now. */
  readonly remedy: string;
  readonly at?: Span;
}

/** The world broke, or a user's input can't be worked with: carries the problem to print. */
export class BoothsyncError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'BoothsyncError';
    this.problem = problem;
  }
}

/** An error problem without a place: for what breaks while running. */
export function failure(code: ProblemCode, message: string, remedy: string, cause?: unknown): BoothsyncError {
  return new BoothsyncError(
    { code, severity: 'error', message, remedy },
    cause === undefined ? {} : { cause },
  );
}

/** The words of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
