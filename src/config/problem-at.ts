import type { Problem, ProblemCode, Span } from '../model/problem.ts';

/** An error at a place. */
export function problemAt(code: ProblemCode, at: Span, message: string, remedy: string): Problem {
  return { code, severity: 'error', message, remedy, at };
}

/** True where two places share a character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.file === b.file && a.start < b.end && b.start < a.end;
}
