import type { Reference } from '../expression/language.ts';
import type { ScalarNode } from './tree.ts';

/** The name that is read of what an expression or text names: `email` in `record.email`. */
export function stepBehind(
  { value }: ScalarNode,
  { offset, length }: Pick<Reference, 'offset' | 'length'>,
): string | undefined {
  return /^\.([A-Za-z_]\w*)/.exec(String(value).slice(offset + length))?.[1];
}
