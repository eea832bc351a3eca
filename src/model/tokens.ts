/** What an OAuth server granted. Kept sealed, never printed. */
export interface Tokens {
  readonly accessToken: string;
  /** Good once: each refresh brings the next. */
  readonly refreshToken?: string;
  readonly obtainedAt: number;
  /** In ms; nothing where the server doesn't say. */
  readonly expiresAt?: number;
  /** Those granted; empty where the server doesn't say. */
  readonly scopes: readonly string[];
  /** Of HighLevel: whose token it is. */
  readonly userType?: string;
  readonly locationId?: string;
  readonly companyId?: string;
  /** Made from a company's token, for the connection's location. */
  readonly location?: {
    readonly accessToken: string;
    readonly obtainedAt: number;
    readonly expiresAt?: number;
  };
}

/** Why a connection has no token that works, and who can change that. */
export interface TokenTrouble {
  /**
   * `login`: a person has to log in. `client`: the app's id or secret is refused. `install`: the location doesn't have
   * the app. `key`: what is stored can't be opened.
   */
  readonly kind: 'login' | 'client' | 'install' | 'key';
  readonly reason: string;
  readonly remedy: string;
  /** In ms. */
  readonly since: number;
}

/** A login that was begun and has not come back yet. */
export interface PendingLogin {
  readonly state: string;
  /** Of PKCE; nothing where the API has none. */
  readonly verifier?: string;
  readonly redirectUri: string;
  readonly at: number;
}
