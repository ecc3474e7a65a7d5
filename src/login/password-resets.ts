import type { EventRecorder } from '../events/event-recorder.js';
import type { Client, ClientStore } from '../realm/client.js';
import { matchRedirectUri } from '../tokens/redirect-uris.js';
import type { BrowserLogin } from './browser-login.js';
import type { BrowserContext, LoginAddress, LoginPost, LoginStep } from './browser-login-types.js';
import { freshRequest } from './fresh-request.js';

/** The client of people who come without an application. */
const ACCOUNT = 'account';

/** The door for people who cannot sign in, where the realm opens it. */
export class PasswordResets {
  constructor(
    private readonly login: BrowserLogin,
    private readonly clients: ClientStore,
    private readonly recorder: EventRecorder,
  ) {}

  /**
   * The first page: from a login, or from a link of an application.
   * @param redirectUri where the application wants the person to end; must be registered for it
   */
  async open(context: BrowserContext, address: LoginAddress, redirectUri: string | undefined): Promise<LoginStep> {
    const { realm, base } = context;
    if (!realm.settings.resetPasswordAllowed)
      return this.refuse(context, 'not_allowed', 'resetCredentialNotAllowedMessage');
    if (address.tabId !== '') return this.login.reset(context, address, undefined);
    const client = await this.clients.byClientId(realm.id, address.clientId ?? ACCOUNT);
    if (!client) return this.refuse(context, 'client_not_found', 'unknownLoginRequesterMessage');
    if (!client.enabled) return this.refuse(context, 'client_disabled', 'loginRequesterNotEnabledMessage');
    const given = redirectUri && matchRedirectUri(redirectUri, client.redirectUris, client, base);
    if (redirectUri && !given) return this.refuse(context, 'invalid_redirect_uri', 'invalidRedirectUriMessage', client);
    const request = freshRequest(client, base, given);
    return this.login.reset(context, address, { client, request });
  }

  /** A posted page of the flow. */
  async submit(context: BrowserContext, post: LoginPost): Promise<LoginStep> {
    return context.realm.settings.resetPasswordAllowed
      ? this.login.submit(context, post)
      : this.refuse(context, 'not_allowed', 'resetCredentialNotAllowedMessage');
  }

  private async refuse(
    { realm, remoteAddress }: BrowserContext,
    error: string,
    key: string,
    client?: Client,
  ): Promise<LoginStep> {
    await this.recorder.record(
      { id: realm.id, ...realm.settings },
      {
        type: 'RESET_PASSWORD_ERROR',
        ipAddress: remoteAddress,
        error,
        details: {},
        ...(client ? { clientId: client.clientId } : {}),
      },
    );
    return { kind: 'refused', status: 400, message: { key }, ...(client ? { client } : {}) };
  }
}
