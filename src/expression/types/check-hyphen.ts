import { blame, spanOf } from './infer-scope.ts';
import type { Finding, InferScope } from './infer-scope.ts';
import type { Node } from '../syntax-tree.ts';

type Unknown = Extract<Finding, { readonly type: 'unknown-name' }>;

/** A name with hyphens, maybe behind others: `venue.post-code`. */
const HYPHENED = /^(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*(?:-[A-Za-z_]\w*)+)$/;

/**
 * `first-name`, where no record has `first` and none has `name`, is one name that JSONata takes for a subtraction: one
 * finding instead of one for each half. `from` is where the findings of its halves begin.
 */
export function checkHyphen(node: Node, scope: InferScope, from: number): void {
  const place = spanOf(node, scope);
  if (node.value !== '-' || !place) return;
  const [text, name] =
    HYPHENED.exec(scope.source.slice(place.offset, place.offset + place.length)) ?? ([] as const);
  if (text === undefined || name === undefined) return;
  const halves = scope.findings.slice(from).filter((each): each is Unknown => each.type === 'unknown-name');
  const missing = halves.flatMap((half) => half.name.split('-')).length;
  const [first] = halves;
  const known = first?.known ?? (text === name ? [...(scope.input.fields?.keys() ?? [])] : []);
  const isField = known.includes(name);
  if (!isField && (missing < name.split('-').length || !first)) return;
  scope.findings.splice(from);
  if (isField) {
    const message = `\`${name}\` is read as ${name.split('-').join(' minus ')}`;
    blame(node, scope, { of: 'type', message, remedy: `write it in backquotes: \`${name}\`` });
    return;
  }
  const offset = place.offset + text.length - name.length;
  scope.findings.push({ ...first!, name, offset, length: name.length });
}
