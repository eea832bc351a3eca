import type { OAuth } from '../model/auth.ts';
import { isObject } from '../model/json.ts';
import type { Tokens } from '../model/tokens.ts';
import { askServer, refusalOfServer, type Grant, type RequestContext } from './oauth-request.ts';
import { readGrant, type OAuthServer } from './oauth-server.ts';

/** What HighLevel has beside the standard. */
export interface GhlOAuth {
  /** A location's token from a company's. */
  locationToken(company: Tokens, locationId: string): Promise<Grant>;
  /** New tokens where the last ones were lost (help article 155000003717). */
  reconnect(whose: Pick<Tokens, 'locationId' | 'companyId' | 'userType'>): Promise<Grant>;
}

const VERSION = '2021-07-28';

export function createGhlOAuth(context: RequestContext, auth: OAuth, server: OAuthServer): GhlOAuth {
  const post =
    (path: string, headers: Readonly<Record<string, string>>, body: string) => (signal: AbortSignal) =>
      fetch(`${context.connection.baseUrl}${path}`, {
        method: 'POST',
        headers: { accept: 'application/json', version: VERSION, ...headers },
        body,
        signal,
        redirect: 'manual',
      });

  return {
    locationToken: ({ accessToken, companyId = '' }, locationId) => {
      const headers = {
        authorization: `Bearer ${accessToken}`,
        'content-type': 'application/x-www-form-urlencoded',
      };
      const body = new URLSearchParams({ companyId, locationId }).toString();
      return askServer<Grant>(
        context,
        'get-location-access-token',
        post('/oauth/locationToken', headers, body),
        async (status, answer) => {
          const read = await readGrant(context, status, answer);
          return read.type === 'refused' ? { ...read, what: 'location' } : read;
        },
      );
    },

    reconnect: async ({ locationId, companyId, userType }) => {
      const subject = userType === 'Company' ? { companyId } : { locationId };
      const body = JSON.stringify({ clientKey: auth.clientId, clientSecret: auth.clientSecret, ...subject });
      const asked = await askServer<
        { readonly type: 'code'; readonly code: string } | Exclude<Grant, { type: 'granted' }>
      >(
        context,
        'reconnect',
        post('/oauth/reconnect', { 'content-type': 'application/json' }, body),
        (status, answer) => {
          if (status < 200 || status > 299) return refusalOfServer(context, status, answer);
          const code = isObject(answer) ? answer['authorizationCode'] : undefined;
          if (typeof code !== 'string')
            return { type: 'unknown', message: 'reconnect answered without a code' };
          context.learn(code);
          return { type: 'code', code };
        },
      );
      return asked.type === 'code' ? server.exchange(asked.code) : asked;
    },
  };
}
