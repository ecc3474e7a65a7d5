import type { App, Fields, TokenReply } from '../../support/browser-session.js';
import type { ProofKey } from '../../support/proof-key.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const app = (clientId: string, secret?: string): App => ({
  realm: 'bound',
  clientId,
  redirectUri: `http://${clientId}.test/cb`,
  ...(secret === undefined ? {} : { secret }),
});

/** A public client that may use DPoP, one that has to, and two confidential ones. */
export const WEB = app('web');
export const STRICT = app('strict');
export const BACKEND = app('backend', 'backend-secret');
export const CERTIFIED = app('certified', 'certified-secret');

const AUDIENCES = ['account', BACKEND.clientId].map((client) => ({
  name: `for ${client}`,
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.client.audience': client, 'access.token.claim': 'true' },
}));
const BOUND = { 'dpop.bound.access.tokens': 'true' };
const CALLS = { clientRoles: { 'realm-management': ['realm-admin'], account: ['manage-account', 'view-profile'] } };

export const startBoundServer = (settings: Fields = {}): Promise<RunningServer> =>
  RunningServer.start({
    realms: [
      testRealm({
        realm: 'bound',
        people: ['ann', 'ben'],
        users: { ann: CALLS, ben: CALLS },
        apps: [WEB, STRICT, BACKEND, CERTIFIED],
        clients: {
          web: { protocolMappers: AUDIENCES, implicitFlowEnabled: true },
          strict: { protocolMappers: AUDIENCES, attributes: BOUND, implicitFlowEnabled: true },
          backend: { protocolMappers: AUDIENCES, serviceAccountsEnabled: true },
          certified: {
            protocolMappers: AUDIENCES,
            attributes: { 'tls.client.certificate.bound.access.tokens': 'true' },
          },
        },
      }),
    ],
    settings,
  });

export const tokenUrl = (server: RunningServer): string => `${server.issuer('bound')}/protocol/openid-connect/token`;

/** Asks for tokens with a proof, or with a text in place of one. */
export async function askBound(
  server: RunningServer,
  client: App,
  form: Fields,
  proof?: string,
): Promise<TokenReply & { readonly token_type?: string }> {
  const response = await fetch(tokenUrl(server), {
    method: 'POST',
    body: new URLSearchParams({
      client_id: client.clientId,
      ...(client.secret === undefined ? {} : { client_secret: client.secret }),
      ...form,
    }),
    headers: proof === undefined ? {} : { dpop: proof },
  });
  return { ...((await response.json()) as object), status: response.status };
}

export const passwordOf = (name: string): Fields => ({
  grant_type: 'password',
  username: name,
  password: `${name}-pw`,
  scope: 'openid',
});

/** Tokens of a person at a client, bound to the key. @throws Error when they are not given */
export async function boundTokens(
  server: RunningServer,
  client: App,
  name: string,
  key: ProofKey,
): Promise<{ readonly access: string; readonly refresh: string }> {
  const proof = await key.proof(tokenUrl(server));
  const { access_token, refresh_token } = await askBound(server, client, passwordOf(name), proof);
  if (access_token === undefined || refresh_token === undefined) throw new Error('No tokens');
  return { access: access_token, refresh: refresh_token };
}
