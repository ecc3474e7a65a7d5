import type { AuthorizationRequest } from '../login/authorization-request.js';
import type { BrowserContext } from '../login/browser-login-types.js';
import { openRestart } from '../login/first-page.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Sealer } from '../shared/sealer.js';
import {
  hashOfReference,
  isPushedReference,
  type PushedReference,
  type PushedRequests,
} from '../tokens/pushed-requests.js';
import {
  type AuthorizationRequests,
  type CheckedRequest,
  refusedByPage,
  type RefusedRequest,
} from './authorization-request.js';
import { given, type Parameters } from './form-parameters.js';
import { invalidRequest, OAuthError } from './oauth-error.js';

/** What shows who the client is; no part of the request. */
const CREDENTIALS = new Set(['client_id', 'client_secret', 'client_assertion', 'client_assertion_type']);
/** Characters of a pushed request as it is stored: anybody may push in the name of a public client. */
const LONGEST = 16 * 1024;

/** Pushed authorization requests (RFC 9126): checked when they come, by the rules of the authorization endpoint, and again when used. */
export class PushedAuthorizations {
  constructor(
    private readonly requests: AuthorizationRequests,
    private readonly pushed: PushedRequests,
    private readonly clients: ClientStore,
    private readonly sealer: Sealer,
  ) {}

  /**
   * Keeps a request for the browser to come.
   * @param base address of this server
   * @param jkt thumbprint of the key that the client showed with the request; the same as `dpop_jkt` (RFC 9449 section 10.1)
   * @throws OAuthError for what the authorization endpoint would refuse
   */
  async push(realm: Realm, client: Client, form: Parameters, base: string, jkt?: string): Promise<PushedReference> {
    if ('request_uri' in form) throw invalidRequest('It is not allowed to include request_uri to PAR.');
    if (jkt !== undefined && (given(form, 'dpop_jkt') ?? jkt) !== jkt)
      throw new OAuthError(400, 'invalid_dpop_proof', 'DPoP Proof public key thumbprint does not match dpop_jkt');
    const sent = Object.entries(form).filter(([name]) => !CREDENTIALS.has(name));
    const parameters = { ...Object.fromEntries(sent), ...(jkt === undefined ? {} : { dpop_jkt: jkt }) };
    if (JSON.stringify(parameters).length > LONGEST) throw invalidRequest('The request is too long');
    const source = { ...parameters, client_id: client.clientId };
    const checked = await this.requests.check(realm, source, base, '');
    if (checked.kind !== 'request') throw asError(checked);
    return this.pushed.keep(realm, client.clientId, parameters);
  }

  /**
   * Checks an authorization request as the browser brings it. Of one that was pushed only the reference, the client and the language
   * of the page are looked at; everything else is what was pushed.
   * @param browser address of this server, and the browser's cookie: who loads the first page of a login again comes with a reference that is used up
   */
  async check(
    realm: Realm,
    source: Readonly<Record<string, unknown>>,
    { base, restart }: Pick<BrowserContext, 'base' | 'restart'>,
  ): Promise<CheckedRequest> {
    const { request_uri: reference, client_id: clientId, kc_locale: kcLocale } = source;
    if (typeof reference !== 'string' || !isPushedReference(reference)) {
      return this.requests.check(realm, source, base);
    }
    const beside = { client_id: clientId, ...(kcLocale === undefined ? {} : { kc_locale: kcLocale }) };
    if (typeof clientId !== 'string' || !realm.settings.enabled) return this.requests.check(realm, beside, base);
    const parameters = await this.pushed.take(realm, reference, clientId);
    const pushed = hashOfReference(reference);
    if (parameters) return this.requests.check(realm, { ...parameters, ...beside }, base, pushed);
    const begun = restart === undefined ? undefined : openRestart(this.sealer, restart, realm.id);
    const again = begun?.pushed === pushed ? await this.begunBy(realm, clientId, begun) : undefined;
    if (!again) return refusedByPage('invalidRequestMessage', 'invalid_request', { clientId });
    return typeof kcLocale === 'string' ? { ...again, request: { ...again.request, kcLocale } } : again;
  }

  private async begunBy(
    realm: Realm,
    clientId: string,
    request: AuthorizationRequest,
  ): Promise<Extract<CheckedRequest, { kind: 'request' }> | undefined> {
    const client = await this.clients.byId(realm.id, request.clientId);
    return client?.enabled && client.clientId === clientId ? { kind: 'request', client, request } : undefined;
  }
}

/** The answer to a pushed request (RFC 9126 section 2.3; codes and sentences are Keycloak's). */
function asError(refused: RefusedRequest): OAuthError {
  if (refused.kind === 'page') {
    return invalidRequest(
      refused.event === 'invalid_redirect_uri' ? 'Invalid parameter: redirect_uri' : `Not possible: ${refused.event}`,
    );
  }
  const { error, description } = refused;
  switch (error) {
    case 'unsupported_response_type':
      return invalidRequest('Unsupported response type');
    case 'invalid_scope':
      return new OAuthError(400, 'invalid_request', description);
    case 'unauthorized_client':
      return new OAuthError(401, error, description);
    default:
      return new OAuthError(400, error, description);
  }
}
