import type { Answer, Answered, Unanswered } from '../../model/answer.ts';
import type { Connection } from '../../model/connection.ts';
import { refusalOf } from '../../model/refusal.ts';

/** Why a question has no good answer, and what to do now: for the person who was woken up. */
export interface Explained {
  readonly message: string;
  readonly remedy: string;
}

/** `scope`: what the question needs, where that is known. */
export function explainAnswer(connection: Connection, answer: Answer, scope?: string): Explained {
  return answer.type === 'answered'
    ? explainRefusal(connection, answer, scope)
    : explainSilence(connection, answer);
}

function explainRefusal(connection: Connection, answer: Answered, scope: string | undefined): Explained {
  const { name } = connection;
  const { status } = answer;
  const said = `(${status}): ${answer.message}`;
  switch (refusalOf(answer)) {
    case 'token':
      return { message: `the token of connection ${name} is refused ${said}`, remedy: newToken(connection) };
    case 'scope':
      return {
        message: `the token of connection ${name} lacks the scope${scope === undefined ? '' : ` ${scope}`} ${said}`,
        remedy: addScope(connection, scope),
      };
    case 'version':
      return {
        message: `connection ${name} refuses the Version header ${said}`,
        remedy: 'see that baseUrl is HighLevel itself and no proxy that drops headers; else update boothsync',
      };
    case 'access':
      return {
        message: `the token of connection ${name} has no access ${said}`,
        remedy: otherAccount(connection),
      };
    case undefined:
      return otherStatus(connection, status, said);
  }
}

function otherStatus({ name, baseUrl }: Connection, status: number, said: string): Explained {
  if (status === 429)
    return {
      message: `connection ${name} is asked too often ${said}`,
      remedy: 'wait a minute and check again; see which other programs use the same token',
    };
  if (status >= 500)
    return {
      message: `the API of connection ${name} is in trouble ${said}`,
      remedy: 'nothing to do here: wait, it is not your config',
    };
  if (status >= 300 && status < 400)
    return { message: `connection ${name} is sent elsewhere ${said}`, remedy: 'correct its baseUrl' };
  if (status === 404)
    return {
      message: `connection ${name} knows no such address ${said}`,
      remedy: `see baseUrl (${baseUrl}) and the path`,
    };
  return {
    message: `connection ${name} refuses the question ${said}`,
    remedy: 'see what the API says of it',
  };
}

function newToken({ name, type, auth }: Connection): string {
  if (auth.type === 'oauth') return `boothsync auth login ${name}`;
  if (auth.type === 'none') return `the API wants credentials: write auth of connections.${name}`;
  return type === 'ghl'
    ? 'make a new one in HighLevel (Settings, Private Integrations), put it where auth.token comes from, and restart serve'
    : `see the credentials of connections.${name}.auth and where they come from, then restart serve`;
}

function addScope({ name, auth }: Connection, scope = 'the scope'): string {
  if (auth.type === 'oauth')
    return `add ${scope} to auth.scopes and to the app, then boothsync auth login ${name}`;
  return `add ${scope} where the token was made (HighLevel: Settings, Private Integrations); the token stays the same`;
}

function otherAccount({ name, type, location }: Connection): string {
  return type === 'ghl'
    ? `the token is another location's than ${location ?? 'the one of the config'}: set connections.${name}.location to its own, or make a token in that location`
    : `see what the account behind connections.${name}.auth may read`;
}

/** Node's and OpenSSL's names for what is wrong with a certificate. */
const CERTIFICATE =
  /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|ERR_TLS|ALTNAME|certificate|ERR_SSL|SSL routines|EPROTO/i;

function explainSilence({ name, baseUrl, timeoutMs }: Connection, answer: Unanswered): Explained {
  const { reason, message } = answer;
  switch (reason) {
    case 'timeout':
      return {
        message: `connection ${name} has no answer from ${baseUrl} within ${timeoutMs / 1000} s`,
        remedy:
          'see whether the API is up and a firewall lets you through; `timeout` of the connection is how long it waits',
      };
    case 'unreadable':
      return {
        message: `what answers at ${baseUrl} is not the API of connection ${name}: ${message}`,
        remedy:
          'open baseUrl in a browser: a login page, a proxy or a web site answers there; correct baseUrl',
      };
    case 'unauthorized':
      return { message, remedy: answer.remedy ?? `boothsync auth login ${name}` };
    case 'stopped':
    case 'unsent':
      return { message: `connection ${name} was not asked: ${message}`, remedy: 'check again' };
    case 'unreachable':
    case 'network':
      return broken({ name, baseUrl }, message);
  }
}

function broken({ name, baseUrl }: Pick<Connection, 'name' | 'baseUrl'>, message: string): Explained {
  if (CERTIFICATE.test(message))
    return {
      message: `connection ${name} has no safe line to ${baseUrl}: ${message}`,
      remedy:
        'see its certificate and this machine’s clock; an address of http:// behind https:// looks the same',
    };
  if (/ENOTFOUND|EAI_AGAIN/.test(message))
    return {
      message: `connection ${name}: nobody knows the host of ${baseUrl}: ${message}`,
      remedy: 'correct baseUrl, or see this machine’s DNS',
    };
  return {
    message: `connection ${name} reaches nobody at ${baseUrl}: ${message}`,
    remedy: 'see whether the API is up, baseUrl is right, and this machine gets out',
  };
}
