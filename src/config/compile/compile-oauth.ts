import type { OAuth } from '../../model/auth.ts';
import { isLoopback } from '../../model/loopback.ts';
import { looseText, readChoice, readText, tell } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child, itemsOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Where HighLevel lets an app be installed, and so logged in to. */
const GHL_AUTHORIZE = 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation';
/** Has to be told to the API as it stands: hence always the same port. */
const REDIRECT = 'http://localhost:8976/callback';

/** A checked `auth` of type oauth. Of HighLevel the addresses are known. */
export function compileOAuth(
  reader: Reader,
  node: Node | undefined,
  around: { readonly type: 'http' | 'ghl'; readonly baseUrl: string },
): OAuth {
  const ghl = around.type === 'ghl';
  const userType = child(node, 'userType');
  const redirectUri = child(node, 'redirectUri');
  return {
    type: 'oauth',
    clientId: readText(reader, child(node, 'clientId')),
    clientSecret: readText(reader, child(node, 'clientSecret')),
    redirectUri: redirectUri ? address(reader, redirectUri) : REDIRECT,
    scopes: itemsOf(child(node, 'scopes')).map((scope) => readText(reader, scope)),
    authorizeUrl: address(reader, child(node, 'authorizeUrl')) || (ghl ? GHL_AUTHORIZE : ''),
    tokenUrl: address(reader, child(node, 'tokenUrl')) || (ghl ? `${around.baseUrl}/oauth/token` : ''),
    ...(userType
      ? { userType: readChoice(reader, userType, ['Location', 'Company'] as const, 'Location') }
      : {}),
    clientAuth: readChoice(reader, child(node, 'clientAuth'), ['post', 'basic'], 'post'),
  };
}

/** Secrets travel there: only this machine may do without TLS. */
function address(reader: Reader, node: Node | undefined): string {
  const text = looseText(node).trim();
  if (!node) return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return text;
  tell(reader, node, `holds ${JSON.stringify(text)}`, 'give it an address that begins with https://');
  return text;
}
