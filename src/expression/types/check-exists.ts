import { blame } from './infer-scope.ts';
import type { InferScope } from './infer-scope.ts';
import { constantOf } from './static-type.ts';
import type { StaticType } from './static-type.ts';
import type { Node } from '../syntax-tree.ts';

/** `$exists("email")`: a text is always there. */
export function checkExists(
  procedure: Node,
  node: Node | undefined,
  type: StaticType | undefined,
  scope: InferScope,
): void {
  const constant = type && constantOf(type);
  if (node?.type !== 'string' || typeof constant !== 'string') return;
  blame(procedure, scope, {
    of: 'truth',
    message: `the text "${constant}" itself always exists`,
    remedy: /^[A-Za-z_]\w*$/.test(constant)
      ? `write $exists(${constant})`
      : `write \`${constant}\` in backquotes`,
  });
}
