/** How a connection proves who it is; every value is a secret. */
export type Auth =
  | { readonly type: 'none' }
  | { readonly type: 'bearer'; readonly token: string } // `token`, as ghl calls it, is the same on the wire
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'form' | 'header' | 'query'; readonly fields: Readonly<Record<string, string>> };
