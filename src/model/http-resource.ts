import type { Expression } from './expression.ts';
import type { RequestTemplate } from './request.ts';

/** A thing of a REST API, as a connection's `resources` declares it: the requests that create, change, delete and find one. */
export interface HttpResource {
  readonly connection: string;
  readonly name: string;
  readonly create: ResourceRequest;
  /** Without it, what was created is never changed. */
  readonly update?: ResourceRequest;
  readonly delete?: ResourceRequest;
  /** Without it, a create whose answer was lost needs a person. */
  readonly find?: ResourceRequest;
}

/** Its texts see the mapped fields; one that needs a field which is not there yields nothing. */
export interface ResourceRequest {
  /** Its path may hold `{id}` and the parent's id, such as `{customerId}`. */
  readonly request: RequestTemplate;
  /** `{names}` in the path as it is written. */
  readonly pathNames: readonly string[];
  /** Of a create's answer, or of each record found: its id. */
  readonly id: Expression;
  /** Of a find's answer. */
  readonly records: Expression;
  /** Fields of the body, where the API's own document names them. */
  readonly bodyFields?: readonly string[];
}
