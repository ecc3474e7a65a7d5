import type { FastifyRequest } from 'fastify';
import type { PublicUrl } from '../http/public-url.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { ClientJwtMethod } from './client-authentication/client-jwt.method.js';
import type { ClientMethod } from './client-authentication/client-method.js';
import { refuseClient, type ClientRefusal } from './client-authentication/client-refusal.js';
import type { ClientSecretJwtMethod } from './client-authentication/client-secret-jwt.method.js';
import type { ClientSecretMethod } from './client-authentication/client-secret.method.js';
import { assertionDetails, readPresented, type Presented } from './client-authentication/presented.js';
import type { Parameters } from './form-parameters.js';

/** How a client showed who it is. */
export type ClientAuthenticationResult = { readonly kind: 'authenticated'; readonly client: Client } | ClientRefusal;

const BEARER_ONLY = refuseClient('invalid_client', { status: 400, description: 'Bearer-only not allowed' });

/** What a client's own request is known by. */
type ClientRequest = Pick<FastifyRequest, 'headers' | 'protocol' | 'host'>;

/**
 * Authenticates clients at the endpoints they call themselves: confidential ones by the method they are set to, public ones by their
 * name alone (RFC 6749 section 2.3; statuses and sentences are Keycloak's, engine reference 2.10).
 */
export class ClientAuthentication {
  private readonly methods: ReadonlyMap<string, ClientMethod>;

  constructor(
    private readonly clients: ClientStore,
    private readonly publicUrl: PublicUrl,
    secret: ClientSecretMethod,
    privateKeyJwt: ClientJwtMethod,
    secretJwt: ClientSecretJwtMethod,
  ) {
    this.methods = new Map([secret, privateKeyJwt, secretJwt].map((method) => [method.id, method]));
  }

  /** @param servesTokens the endpoint is for those whom tokens are shown to, clients that only serve (`bearerOnly`) among them */
  async authenticate(
    realm: Realm,
    request: ClientRequest,
    form: Parameters,
    { servesTokens = false } = {},
  ): Promise<ClientAuthenticationResult> {
    const presented = readPresented(request.headers.authorization, form);
    if ('kind' in presented) return presented;
    const client = await this.clients.byClientId(realm.id, presented.clientId);
    if (!client) return about(presented, refuseClient('client_not_found'));
    if (client.enabled && client.bearerOnly && !servesTokens) return about(presented, BEARER_ONLY);
    const refusal = await this.refusalOf(realm, client, presented, request);
    return refusal ? about(presented, refusal) : { kind: 'authenticated', client };
  }

  private async refusalOf(
    realm: Realm,
    client: Client,
    presented: Presented,
    request: ClientRequest,
  ): Promise<ClientRefusal | undefined> {
    if (!client.enabled) return refuseClient('client_disabled');
    if (client.publicClient) return undefined;
    const method = this.methods.get(client.clientAuthenticatorType);
    if (!method) return refuseClient('invalid_client_credentials');
    const from = { base: this.publicUrl.base(request), issuer: this.publicUrl.issuer(request, realm.name) };
    return method.check({ realm, client, presented, from });
  }
}

/** A refusal with what the client said of itself. */
function about(presented: Presented, refusal: ClientRefusal): ClientRefusal {
  const details = assertionDetails(presented);
  return { ...refusal, clientId: presented.clientId, ...(details ? { details } : {}) };
}
