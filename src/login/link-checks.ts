import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User, UserStore } from '../realm/user.js';
import type { ActionToken, ActionTokenType } from '../tokens/action-tokens/action-token.js';
import type { ActionTokens } from '../tokens/action-tokens/action-tokens.js';
import { matchRedirectUri } from '../tokens/redirect-uris.js';
import type { BrowserContext } from './browser-login-types.js';
import type { PendingLogin } from './pending-login.js';

/** Whose link it is. */
export interface LinkOwner {
  readonly user: User;
  readonly client: Client;
}

/** A link of a mail that was checked, in the browser that opened it. */
export interface OpenLink extends LinkOwner {
  readonly context: BrowserContext;
  readonly token: ActionToken;
  /** The login in progress that the link belongs to, if it is this browser's. */
  readonly row: PendingLogin | undefined;
  /** The person has said, in this browser, that the link is to do its work. */
  readonly confirmed: boolean;
}

/** Why a link does nothing: Keycloak's event error, and the page's message. */
export interface LinkProblem {
  readonly error: string;
  readonly message: string;
}

/** Required actions that make a link to them good for one use, as at the reference. */
const ONE_TIME_ACTIONS: ReadonlySet<string> = new Set([
  'UPDATE_PASSWORD',
  'CONFIGURE_TOTP',
  'CONFIGURE_RECOVERY_AUTHN_CODES',
  'webauthn-register',
  'webauthn-register-passwordless',
]);

/** What a page says about a link that is no longer good. */
const STALE: Readonly<Record<ActionTokenType, string>> = {
  'reset-credentials': 'expiredActionTokenNoSessionMessage',
  'verify-email': 'staleEmailVerificationLink',
  'execute-actions': 'expiredActionTokenNoSessionMessage',
};

/** Whether a link counts once. */
export const isSingleUse = ({ type, actions = [] }: ActionToken): boolean =>
  type === 'reset-credentials' || (type === 'execute-actions' && actions.some((alias) => ONE_TIME_ACTIONS.has(alias)));

/** Looks at everything that may have changed since a mail was sent. The token itself has been checked. */
export class LinkChecks {
  constructor(
    private readonly users: UserStore,
    private readonly clients: ClientStore,
    private readonly tokens: ActionTokens,
  ) {}

  /** @param base address of this server, for redirect URIs that are relative */
  async check(realm: Realm, token: ActionToken, base: string): Promise<LinkOwner | LinkProblem> {
    const user = await this.users.byId(realm.id, token.userId);
    if (!user) return { error: 'user_not_found', message: 'invalidUserMessage' };
    if (!user.enabled) return { error: 'user_disabled', message: 'accountDisabledMessage' };
    const client = await this.clients.byClientId(realm.id, token.clientId);
    if (!client) return { error: 'client_not_found', message: 'unknownLoginRequesterMessage' };
    if (!client.enabled) return { error: 'client_disabled', message: 'loginRequesterNotEnabledMessage' };
    if (token.type === 'reset-credentials' && !realm.settings.resetPasswordAllowed)
      return { error: 'not_allowed', message: 'resetCredentialNotAllowedMessage' };
    if (user.email !== token.email) return { error: 'invalid_email', message: STALE[token.type] };
    const { redirectUri } = token;
    if (redirectUri !== undefined && !matchRedirectUri(redirectUri, client.redirectUris, client, base))
      return { error: 'invalid_redirect_uri', message: 'invalidRedirectUriMessage' };
    if (isSingleUse(token) && (await this.tokens.isSpent(realm, token)))
      return { error: 'expired_code', message: STALE[token.type] };
    return { user, client };
  }
}
