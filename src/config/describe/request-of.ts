import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** A request as written: GET unless it says otherwise, or has a body. */
export function requestOf(node: Node, method?: string): { readonly method: string; readonly path: string } {
  const body = ['form', 'multipart', 'json'].some((name) => child(node, name) !== undefined);
  const usual = method ?? (body ? 'POST' : 'GET');
  return { method: textOf(child(node, 'method')) ?? usual, path: textOf(child(node, 'path')) ?? '' };
}
