import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import type { OutboundRequest } from '../shared/outbound.js';
import { newId } from '../shared/secrets.js';
import type { Claims, RealmJwt } from '../tokens/jwt.js';
import { actionUrl } from './admin-urls.js';

/** What an application is told at its admin URL. `notBefore` in seconds. */
export type AdminAction =
  /** Without sessions: everybody is signed out. */
  | { readonly action: 'LOGOUT'; readonly notBefore: number; readonly sessions?: LoggedOutSessions }
  | { readonly action: 'PUSH_NOT_BEFORE'; readonly notBefore: number }
  | { readonly action: 'TEST_AVAILABILITY' };

export interface LoggedOutSessions {
  /** By the names that the application gave them (`client_session_state`). */
  readonly adapterSessionIds: readonly string[];
  /** By their names here. */
  readonly keycloakSessionIds: readonly string[];
}

const PATHS = {
  LOGOUT: 'k_logout',
  PUSH_NOT_BEFORE: 'k_push_not_before',
  TEST_AVAILABILITY: 'k_test_available',
} as const;
/** Seconds for which an action may be carried out. */
const LIFESPAN = 30;

/** Makes the requests that applications take at their admin URLs: a signed JWT as plain text (Admin API reference 5.6). */
export class AdminActions {
  constructor(
    private readonly jwt: RealmJwt,
    private readonly clock: Clock,
  ) {}

  /**
   * @param url the admin URL, or that of a node
   * @throws AppError `no_signing_key`
   */
  async request(realm: Realm, client: Client, url: string, action: AdminAction): Promise<OutboundRequest> {
    const key = await this.jwt.keyFor(realm, client);
    const claims: Claims = {
      id: newId(),
      expiration: this.clock.seconds() + LIFESPAN,
      resource: client.clientId,
      ...claimsOf(action),
    };
    return {
      method: 'POST',
      url: actionUrl(url, PATHS[action.action]),
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: this.jwt.sign(key, claims),
    };
  }
}

/** An empty list of an application's sessions must not be left out: adapters take its absence for "everybody". */
function claimsOf(action: AdminAction): Claims {
  switch (action.action) {
    case 'LOGOUT': {
      const { adapterSessionIds, keycloakSessionIds } = action.sessions ?? {};
      return {
        action: 'LOGOUT',
        ...(adapterSessionIds && { adapterSessionIds }),
        notBefore: action.notBefore,
        ...(keycloakSessionIds && { keycloakSessionIds }),
      };
    }
    case 'PUSH_NOT_BEFORE':
      return { action: 'PUSH_NOT_BEFORE', notBefore: action.notBefore };
    case 'TEST_AVAILABILITY':
      return { action: 'TEST_AVAILABILITY' };
  }
}
