import type { Auth } from '../model/auth.ts';

/** What a connection's credentials add to a request. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Join the form, multipart or JSON fields of the body. */
  readonly form: Readonly<Record<string, string>>;
}

/** Of OAuth there are none here: a token is asked for at each call. */
export function credentialsOf(auth: Auth): Credentials {
  const none = { headers: {}, query: {}, form: {} };
  switch (auth.type) {
    case 'none':
    case 'oauth':
      return none;
    case 'bearer':
      return bearer(auth.token);
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password}`, 'utf8').toString('base64');
      return { ...none, headers: { authorization: `Basic ${pair}` } };
    }
    case 'header':
      return { ...none, headers: auth.fields };
    case 'query':
      return { ...none, query: auth.fields };
    case 'form':
      return { ...none, form: auth.fields };
  }
}

export function bearer(token: string): Credentials {
  return { headers: { authorization: `Bearer ${token}` }, query: {}, form: {} };
}
