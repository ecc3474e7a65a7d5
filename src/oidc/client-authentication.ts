import type { ClientStore } from '../realm/client.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Sealer } from '../shared/sealer.js';
import { constantTimeEquals } from '../shared/secrets.js';
import { given, type Parameters } from './form-parameters.js';

/** How a client showed who it is. */
export type ClientAuthenticationResult =
  | { readonly kind: 'authenticated'; readonly client: Client }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly error: string;
      readonly description: string;
      /** Error of the audit event. */
      readonly event: 'client_not_found' | 'client_disabled' | 'invalid_client_credentials' | 'invalid_client';
      /** As claimed. */
      readonly clientId?: string;
    };

type Refusal = Extract<ClientAuthenticationResult, { kind: 'refused' }>;

interface Credentials {
  readonly clientId: string;
  readonly secret?: string;
}

const DESCRIPTION = 'Invalid client or Invalid client credentials';
/** The one method of confidential clients so far; others are listed in no metadata. */
const SECRET_METHOD = 'client-secret';

/**
 * Authenticates clients at the endpoints they call themselves: `client_secret_basic`, `client_secret_post`, and public clients by their
 * name alone (RFC 6749 section 2.3; statuses and sentences are Keycloak's, engine reference 2.10).
 */
export class ClientAuthentication {
  constructor(
    private readonly clients: ClientStore,
    private readonly sealer: Sealer,
  ) {}

  async authenticate(
    realm: Realm,
    authorization: string | undefined,
    form: Parameters,
  ): Promise<ClientAuthenticationResult> {
    const credentials = credentialsOf(authorization, form);
    if (!credentials) return refuse('client_not_found');
    const { clientId } = credentials;
    const client = await this.clients.byClientId(realm.id, clientId);
    if (!client) return refuse('client_not_found', { clientId });
    if (!client.enabled) return refuse('client_disabled', { clientId });
    if (client.bearerOnly)
      return refuse('invalid_client', { clientId, status: 400, description: 'Bearer-only not allowed' });
    if (client.publicClient) return { kind: 'authenticated', client };
    return this.checkSecret(client, credentials.secret);
  }

  private checkSecret(client: Client, secret: string | undefined): ClientAuthenticationResult {
    const { clientId } = client;
    if (client.clientAuthenticatorType !== SECRET_METHOD) return refuse('invalid_client_credentials', { clientId });
    if (client.sealedSecret === undefined) {
      const description = 'Client credentials setup required';
      return refuse('invalid_client_credentials', { clientId, status: 400, error: 'unauthorized_client', description });
    }
    const right = secret !== undefined && constantTimeEquals(secret, this.sealer.open(client.sealedSecret, client.id));
    return right
      ? { kind: 'authenticated', client }
      : refuse('invalid_client_credentials', { clientId, error: 'unauthorized_client' });
  }
}

const refuse = (event: Refusal['event'], more: Partial<Omit<Refusal, 'kind' | 'event'>> = {}): Refusal => ({
  kind: 'refused',
  status: 401,
  error: 'invalid_client',
  description: DESCRIPTION,
  event,
  ...more,
});

/** Undefined when no client is named, or two different ones are. */
function credentialsOf(authorization: string | undefined, form: Parameters): Credentials | undefined {
  const named = given(form, 'client_id');
  const basic = authorization === undefined ? undefined : basicCredentials(authorization);
  if (basic) return named === undefined || named === basic.clientId ? basic : undefined;
  if (named === undefined) return undefined;
  const secret = form['client_secret'];
  return { clientId: named, ...(secret === undefined ? {} : { secret }) };
}

/** User name and password are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function basicCredentials(authorization: string): Credentials | undefined {
  const encoded = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return clientId === '' ? undefined : { clientId: formDecode(clientId), secret: formDecode(secret.join(':')) };
}

/** Clients that do not encode are common: text that cannot be decoded is taken as it is. */
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
