import type { Message } from '../engine/index.js';
import type { ClientStore } from '../realm/client.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { RealmJwt } from '../tokens/jwt.js';
import type { CheckedClaims } from '../tokens/jwt.js';
import { matchRedirectUri } from '../tokens/redirect-uris.js';
import type { Issuer } from '../tokens/token-service.js';
import { given, type Parameters } from './form-parameters.js';

/** A checked logout request (OpenID Connect RP-Initiated Logout section 2). */
export interface LogoutRequest {
  /** The application that asks, if it says who it is. */
  readonly client?: Client;
  /** Session that the ID token names. */
  readonly hintedSessionId?: string;
  /** Where the browser goes afterwards, `state` included. */
  readonly redirectTo?: string;
}

export type CheckedLogout =
  | { readonly kind: 'request'; readonly request: LogoutRequest }
  | { readonly kind: 'page'; readonly message: Message; readonly event: string };

const invalid = (parameter: string, event = 'invalid_request'): CheckedLogout => ({
  kind: 'page',
  event,
  message: { key: 'invalidParameterMessage', values: { 0: parameter } },
});

/** Checks logout requests. */
export class LogoutRequests {
  constructor(
    private readonly jwt: RealmJwt,
    private readonly clients: ClientStore,
  ) {}

  async check(realm: Realm, parameters: Parameters, from: Issuer): Promise<CheckedLogout> {
    const hint = given(parameters, 'id_token_hint');
    const claims = hint === undefined ? undefined : await this.readHint(realm, hint, from.issuer);
    if (hint !== undefined && !claims) return invalid('id_token_hint', 'invalid_token');
    const named = given(parameters, 'client_id');
    if (claims && named !== undefined && named !== claims.azp) return invalid('client_id', 'invalid_client');
    const clientId = named ?? claims?.azp;
    const client = clientId === undefined ? undefined : await this.clients.byClientId(realm.id, clientId);
    // Whoever names an application nobody knows, and no address, is asked like one who names none.
    if (client ? !client.enabled : claims !== undefined) return invalid('client_id', 'client_not_found');
    const wanted = given(parameters, 'post_logout_redirect_uri');
    if (wanted !== undefined && !client) {
      return {
        kind: 'page',
        event: 'invalid_request',
        message: { key: 'missingParameterMessage', values: { 0: 'id_token_hint' } },
      };
    }
    const redirect =
      wanted !== undefined && client ? matchRedirectUri(wanted, postLogoutUris(client), client, from.base) : undefined;
    if (wanted !== undefined && redirect === undefined)
      return invalid('post_logout_redirect_uri', 'invalid_redirect_uri');
    return {
      kind: 'request',
      request: {
        ...(client ? { client } : {}),
        ...(claims?.sid === undefined ? {} : { hintedSessionId: claims.sid }),
        ...(redirect === undefined ? {} : { redirectTo: withState(redirect, given(parameters, 'state')) }),
      },
    };
  }

  private async readHint(realm: Realm, hint: string, issuer: string): Promise<CheckedClaims | undefined> {
    const checked = await this.jwt.check(realm, hint, { types: ['ID'], issuer, evenExpired: true });
    return checked.kind === 'valid' ? checked.claims : undefined;
  }
}

/** `post.logout.redirect.uris`, joined with `##`; `+`, or nothing said, stands for the redirect URIs, and `-` for none. */
function postLogoutUris(client: Client): readonly string[] {
  const listed = (client.attributes['post.logout.redirect.uris'] || '+').split('##').map((uri) => uri.trim());
  return listed.flatMap((uri) => (uri === '+' ? client.redirectUris : uri === '' || uri === '-' ? [] : [uri]));
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state }).toString()}`;
}
