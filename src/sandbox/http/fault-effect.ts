/**
 * What happens. Kinds that end in `-after` apply the call first, as a gateway that fails on the way back does;
 * `slow` waits first and applies then, so that a call whose client gave up still lands; `html` answers a page and applies nothing.
 */
export type FaultEffect =
  | {
      readonly kind: 'status' | 'status-after';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'reset-before' | 'reset-after' | 'hang' | 'hang-after' }
  | { readonly kind: 'html'; readonly status?: number }
  | { readonly kind: 'slow' | 'slow-after'; readonly delayMs: number };

export type FaultKind = FaultEffect['kind'];
