import type { Json } from './json.ts';

export type Fields = Readonly<Record<string, Json>>;

/** One call that brings the target nearer to the desired state. */
export type Step =
  | {
      readonly type: 'create';
      readonly fields: Fields;
      readonly tags: readonly string[];
      /** Of `tags`, those that rules with `else: remove` want, by sync; lower case. */
      readonly owned?: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly type: 'update'; readonly fields: Fields }
  | { readonly type: 'add-tags'; readonly tags: readonly string[] }
  | { readonly type: 'remove-tags'; readonly tags: readonly string[] }
  /** Only looks: which tags an adopted target has, and for which of these fields it has nothing. */
  | { readonly type: 'read'; readonly empties?: readonly string[] }
  | { readonly type: 'delete' };

/** What is to do for a target now. `nothing`: it holds already what it should. */
export type Decision =
  | { readonly type: 'nothing'; readonly reason: string }
  | { readonly type: 'skip'; readonly reason: string }
  | { readonly type: 'step'; readonly step: Step };
