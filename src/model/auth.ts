/** How a connection proves who it is; every value of the first ones is a secret. */
export type Auth =
  | { readonly type: 'none' }
  | { readonly type: 'bearer'; readonly token: string } // `token`, as ghl calls it, is the same on the wire
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'form' | 'header' | 'query'; readonly fields: Readonly<Record<string, string>> }
  | OAuth;

/** OAuth 2: the tokens are in the store, put there by `boothsync auth login`. */
export interface OAuth {
  readonly type: 'oauth';
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the login returns to; on this machine, it is listened to. */
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Of HighLevel: whose token is asked for; nothing where whoever logs in chooses. */
  readonly userType?: 'Location' | 'Company';
  /** Whether the client's secret is sent in the form or as HTTP Basic. */
  readonly clientAuth: 'post' | 'basic';
}
