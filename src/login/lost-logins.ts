import type { Client, ClientStore } from '../realm/client.js';
import { matchRedirectUri } from '../tokens/redirect-uris.js';
import { omittedParameters } from './answer-parameters.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { BrowserContext, LoginAddress, LoginStep, ReplyAddress } from './browser-login-types.js';
import { readClientData } from './client-data.js';

/** Pages sent to a login that is over or was never seen: what to do with the person. */
export class LostLogins {
  constructor(private readonly clients: ClientStore) {}

  /** The login is over (completed, refused or given up). */
  over(context: BrowserContext, client: Client | undefined, request: AuthorizationRequest): LoginStep {
    if (context.session) return alreadyAuthenticated(request);
    return { kind: 'lost', message: { key: 'loginIsOver' }, request, ...(client ? { client } : {}) };
  }

  /** No login of this browser fits. A browser that is signed in is sent on to its application with the recorded error. */
  async unknown(context: BrowserContext, address: LoginAddress): Promise<LoginStep> {
    const { realm, session } = context;
    if (!session) return { kind: 'lost', message: { key: 'cookieNotFoundMessage' } };
    const data = readClientData(address.clientData);
    const client =
      address.clientId === undefined ? undefined : await this.clients.byClientId(realm.id, address.clientId);
    const trusted =
      data &&
      client?.enabled &&
      matchRedirectUri(data.redirectUri, client.redirectUris, client, context.base) !== undefined;
    return trusted
      ? alreadyAuthenticated({ ...data, clientId: client.id, omits: omittedParameters(client) })
      : { kind: 'already-signed-in' };
  }
}

const alreadyAuthenticated = (request: ReplyAddress): LoginStep => ({
  kind: 'application-error',
  request,
  error: 'temporarily_unavailable',
  description: 'authentication_expired',
});
