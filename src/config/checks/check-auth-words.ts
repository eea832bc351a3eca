import type { Problem } from '../../model/problem.ts';
import { warningAt } from '../problem-at.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** `token: "Bearer ${TOKEN}"`: the kind of login writes that word itself. */
export function checkAuthWords(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'connections')).flatMap(({ value }) => {
    const auth = child(value, 'auth');
    const token = child(auth, 'token');
    const type = textOf(child(auth, 'type')) ?? '';
    const [, first, rest] = /^(bearer|token)\s+(?=\S)(.*)$/i.exec(textOf(token) ?? '') ?? [];
    if (!token || first === undefined || !['bearer', 'token'].includes(type)) return [];
    const message = `type ${type} writes "Bearer" itself, and this would send it twice`;
    return [warningAt('bad-value', token.at, message, `leave "${first}" out: "${rest!}"`)];
  });
}
