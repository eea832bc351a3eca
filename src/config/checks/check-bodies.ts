import type { Problem } from '../../model/problem.ts';
import { requestsOf } from '../api/requests.ts';
import { problemAt } from '../problem-at.ts';
import { child, entryAt, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

const BODIES = ['form', 'multipart', 'json'] as const;

/** `method: GET` with a body, which no client sends. Without a method, what has a body is a POST. */
export function checkBodies(root: Node): readonly Problem[] {
  return requestsOf(root).flatMap(({ node }) => {
    const body = BODIES.flatMap((name) => entryAt(node, name) ?? [])[0];
    if (!body || textOf(child(node, 'method')) !== 'GET') return [];
    const message = `a GET has no body, and "${body.name}" is one`;
    const remedy = `write query: in place of ${body.name}:, or method: POST where the API wants a body`;
    return [problemAt('bad-value', body.key, message, remedy)];
  });
}
