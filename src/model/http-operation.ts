import type { Method } from './request.ts';

/** An operation of a REST API, as its OpenAPI document describes it: where each parameter goes. */
export interface HttpOperation {
  readonly connection: string;
  readonly id: string;
  readonly method: Method;
  /** Under the base URL, with `{names}`. */
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query' }[];
  /** Nothing where it takes none. */
  readonly body?: HttpBody;
}

export interface HttpBody {
  readonly type: 'json' | 'form' | 'multipart';
  /** Names that go into the body; nothing where the document doesn't name them: what is no other parameter goes there. */
  readonly fields?: readonly string[];
  /** The body is no object: the parameter `body` is the whole of it. */
  readonly whole: boolean;
}
