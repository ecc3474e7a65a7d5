import type { Message } from '../engine/index.js';
import { omittedParameters } from '../login/answer-parameters.js';
import type { AuthorizationRequest } from '../login/authorization-request.js';
import type { ReplyAddress } from '../login/browser-login-types.js';
import type { ClientStore } from '../realm/client.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { matchRedirectUri, onlyRedirectUri } from '../tokens/redirect-uris.js';
import type { ScopeResolver } from '../tokens/scopes.js';
import { type GrantedScope, scopeNames } from '../tokens/scopes.js';
import {
  type AuthorizationRule,
  type RequestFault,
  RULES_AFTER_SCOPE,
  RULES_BEFORE_SCOPE,
} from './authorization-rules.js';
import { given, type Parameters } from './form-parameters.js';
import { parseResponseType, responseMode } from './response-types.js';

/** What became of an authorization request. */
export type CheckedRequest =
  | { readonly kind: 'request'; readonly request: AuthorizationRequest; readonly client: Client }
  /** Nobody to send it to: the person sees a page. */
  | {
      readonly kind: 'page';
      readonly status: 400 | 403;
      readonly message: Message;
      readonly client?: Client;
      /** Error of the audit event. */
      readonly event: string;
      /** Type of the audit event; a login when absent. */
      readonly eventKind?: 'REGISTER';
      /** As claimed. */
      readonly clientId?: string;
    }
  /** The application gets the error at its redirect URI. */
  | ({ readonly kind: 'redirect'; readonly address: ReplyAddress; readonly client: Client } & RequestFault);

/** A request that goes no further. */
export type RefusedRequest = Exclude<CheckedRequest, { kind: 'request' }>;
type Refused = RefusedRequest;

/** A request whose client and redirect URI are known. */
interface Addressed {
  readonly client: Client;
  readonly redirectUri: string;
  readonly query: Parameters;
  readonly duplicated: boolean;
}

/** A refusal that only the person is told about. @param key of the message */
export const refusedByPage = (
  key: string,
  event: string,
  {
    parameter,
    status = 400,
    ...about
  }: { parameter?: string; status?: 400 | 403; client?: Client; clientId?: string; eventKind?: 'REGISTER' } = {},
): Refused => ({
  kind: 'page',
  status,
  message: { key, ...(parameter === undefined ? {} : { values: { 0: parameter } }) },
  event,
  ...about,
});

/**
 * Checks authorization requests (OpenID Connect Core section 3.1.2.2), one thing after the other: first who asks and where the answer goes,
 * about which only the person is told; then the rules, which the application is told about.
 */
export class AuthorizationRequests {
  constructor(
    private readonly clients: ClientStore,
    private readonly scopes: ScopeResolver,
  ) {}

  /**
   * @param source parameters as sent, from query or form; lists are parameters sent twice
   * @param base address of this server, root of relative redirect URIs
   * @param pushed of a request that its client pushed: the hash of its reference
   */
  async check(
    realm: Realm,
    source: Readonly<Record<string, unknown>>,
    base: string,
    pushed?: string,
  ): Promise<CheckedRequest> {
    if (!realm.settings.enabled) return refusedByPage('realmNotEnabledMessage', 'realm_disabled');
    const addressed = await this.addressed(realm, source, base);
    if ('kind' in addressed) return addressed;
    const { client, query, duplicated } = addressed;
    if (duplicated) return refuse(addressed, { error: 'invalid_request', description: 'duplicated parameter' });
    const early = firstFault(RULES_BEFORE_SCOPE, addressed, pushed);
    if (early) return refuse(addressed, early);
    const scope = await this.scopes.resolve(client, query['scope']);
    if (!scope)
      return refuse(addressed, { error: 'invalid_scope', description: `Invalid scopes: ${query['scope'] ?? ''}` });
    const late = firstFault(RULES_AFTER_SCOPE, addressed, pushed);
    if (late) return refuse(addressed, late);
    // Nobody can register here, so this is what a realm without registration answers.
    if (words(query['prompt']).includes('create'))
      return refusedByPage('registrationNotAllowedMessage', 'registration_disabled', {
        client,
        clientId: client.clientId,
        eventKind: 'REGISTER',
      });
    const request = requestOf(realm, addressed, scope);
    return { kind: 'request', client, request: pushed === undefined ? request : { ...request, pushed } };
  }

  private async addressed(
    realm: Realm,
    source: Readonly<Record<string, unknown>>,
    base: string,
  ): Promise<Addressed | Refused> {
    const { query, duplicates } = singleValues(source);
    const parameter = 'client_id';
    if (duplicates.has(parameter)) return refusedByPage('invalidParameterMessage', 'invalid_request', { parameter });
    const clientId = given(query, parameter);
    if (clientId === undefined) return refusedByPage('missingParameterMessage', 'invalid_request', { parameter });
    const client = await this.clients.byClientId(realm.id, clientId);
    if (!client) return refusedByPage('clientNotFoundMessage', 'client_not_found', { clientId });
    if (!client.enabled) return refusedByPage('clientDisabledMessage', 'client_disabled', { clientId });
    if (client.bearerOnly) return refusedByPage('bearerOnlyMessage', 'not_allowed', { clientId, status: 403 });
    const requested = given(query, 'redirect_uri');
    const isOpenId = scopeNames(query['scope'] ?? '').includes('openid');
    const redirectUri =
      requested === undefined
        ? isOpenId
          ? undefined // OpenID Connect Core section 3.1.2.1 demands it
          : onlyRedirectUri(client, base)
        : matchRedirectUri(requested, client.redirectUris, client, base);
    if (redirectUri === undefined || duplicates.has('redirect_uri'))
      return refusedByPage('invalidParameterMessage', 'invalid_redirect_uri', {
        parameter: 'redirect_uri',
        client,
        clientId,
      });
    return { client, redirectUri, query, duplicated: duplicates.size > 0 };
  }
}

function singleValues(source: Readonly<Record<string, unknown>>): {
  readonly query: Parameters;
  readonly duplicates: ReadonlySet<string>;
} {
  const entries = Object.entries(source);
  const first = entries.flatMap(([name, value]) => {
    const text: unknown = Array.isArray(value) ? value[0] : value;
    return typeof text === 'string' ? [[name, text] as const] : [];
  });
  const duplicates = new Set(entries.filter(([, value]) => Array.isArray(value)).map(([name]) => name));
  return { query: Object.fromEntries(first), duplicates };
}

function firstFault(
  rules: readonly AuthorizationRule[],
  { query, client }: Addressed,
  pushed: string | undefined,
): RequestFault | undefined {
  for (const rule of rules) {
    const fault = rule(query, client, pushed !== undefined);
    if (fault) return fault;
  }
  return undefined;
}

function refuse(addressed: Addressed, { page: parameter, ...fault }: RequestFault): Refused {
  const { client } = addressed;
  if (parameter !== undefined)
    return refusedByPage('invalidParameterMessage', fault.error, { parameter, client, clientId: client.clientId });
  return { kind: 'redirect', client, address: addressOf(addressed), ...fault };
}

function addressOf({ client, redirectUri, query }: Addressed): ReplyAddress {
  const omits = omittedParameters(client);
  const responseType = query['response_type'] ?? 'code';
  const state = query['state'];
  return {
    clientId: client.id,
    redirectUri,
    responseType,
    responseMode: responseMode(given(query, 'response_mode'), parseResponseType(responseType)) ?? 'query',
    ...(state === undefined ? {} : { state }),
    ...(omits.length === 0 ? {} : { omits }),
  };
}

const words = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '');

function requestOf(realm: Realm, addressed: Addressed, scope: GrantedScope): AuthorizationRequest {
  const { query } = addressed;
  const method = given(query, 'code_challenge_method');
  const challenge = given(query, 'code_challenge');
  const maxAge = given(query, 'max_age');
  return {
    ...addressOf(addressed),
    realmId: realm.id,
    redirectUriRequired: given(query, 'redirect_uri') !== undefined,
    scope: scope.names,
    prompt: words(query['prompt']),
    uiLocales: words(query['ui_locales']),
    acrValues: words(query['acr_values']),
    ...(maxAge === undefined || maxAge.startsWith('-') ? {} : { maxAge: Number(maxAge) }),
    ...(challenge === undefined
      ? {}
      : { codeChallenge: challenge, codeChallengeMethod: method === 'S256' ? 'S256' : 'plain' }),
    ...kcActionOf(query),
    ...pick(query, { nonce: 'nonce', loginHint: 'login_hint', kcLocale: 'kc_locale', dpopJkt: 'dpop_jkt' }),
    ...(query['kc_idp_hint'] === undefined ? {} : { idpHint: query['kc_idp_hint'] }),
  };
}

/** The action an application asks for, without what may follow after a colon. */
function kcActionOf(query: Parameters): Pick<AuthorizationRequest, 'kcAction'> {
  const [kcAction] = given(query, 'kc_action')?.split(':', 1) ?? [];
  return kcAction === undefined ? {} : { kcAction };
}

function pick<K extends string>(
  query: Parameters,
  names: Readonly<Record<K, string>>,
): Readonly<Partial<Record<K, string>>> {
  const found = (Object.entries(names) as [K, string][]).flatMap(([member, name]) => {
    const value = given(query, name);
    return value === undefined ? [] : [[member, value] as const];
  });
  return Object.fromEntries(found) as Readonly<Partial<Record<K, string>>>;
}
