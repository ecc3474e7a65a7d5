import type { EventKind } from '../events/auth-events.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { ClientStore } from '../realm/client.js';
import type { Clock } from '../shared/clock.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import type { ActionToken, ActionTokenType } from '../tokens/action-tokens/action-token.js';
import type { ActionTokens } from '../tokens/action-tokens/action-tokens.js';
import type { BrowserLogin } from './browser-login.js';
import type { BrowserContext, LoginStep } from './browser-login-types.js';
import type { LinkChecks, OpenLink } from './link-checks.js';
import type { LinkedActions } from './linked-actions.js';
import type { LinkedReset } from './linked-reset.js';
import { loginIdOf, readLoginId } from './login-id.js';
import type { LoginStore } from './login-store.js';
import { newTabId } from './new-login.js';
import type { PendingLogin } from './pending-login.js';

const EVENTS: Readonly<Record<ActionTokenType, EventKind>> = {
  'reset-credentials': 'RESET_PASSWORD',
  'verify-email': 'VERIFY_EMAIL',
  'execute-actions': 'EXECUTE_ACTIONS',
};

/**
 * Opens the links of mails (Keycloak engine reference 2.16). A link goes on with the login it belongs to where it is opened in the same
 * browser. Elsewhere a page asks first, so that a mail scanner that looks at the link changes nothing, and no session is begun.
 */
export class MailLinks {
  constructor(
    private readonly tokens: ActionTokens,
    private readonly checks: LinkChecks,
    private readonly resets: LinkedReset,
    private readonly actions: LinkedActions,
    private readonly logins: LoginStore,
    private readonly browserLogin: BrowserLogin,
    private readonly clients: ClientStore,
    private readonly recorder: EventRecorder,
    private readonly clock: Clock,
  ) {}

  /** @param key the token, as the link has it */
  async open(context: BrowserContext, key: string | undefined): Promise<LoginStep> {
    const { realm } = context;
    if (key === undefined) return this.refuse(context, undefined, 'not_allowed', 'invalidRequestMessage');
    const checked = await this.tokens.check(realm, key, context.issuer);
    if (checked.kind === 'invalid') return this.refuse(context, undefined, 'invalid_token', 'invalidCodeMessage');
    const { token } = checked;
    if (checked.kind === 'foreign') return this.refuse(context, token, 'invalid_token', 'invalidCodeMessage');
    const row = await this.ownRow(context, token);
    if (checked.kind === 'expired') return this.expired(context, token, row);
    const owner = await this.checks.check(realm, token, context.base);
    if ('error' in owner) return this.refuse(context, token, owner.error, owner.message, EVENTS[token.type]);
    const confirmed = token.originalLoginId !== undefined && isOfBrowser(context, token);
    const link: OpenLink = { context, token, row, confirmed, ...owner };
    switch (token.type) {
      case 'reset-credentials':
        return this.resets.open(link);
      case 'verify-email':
        return (await this.actions.verifyEmail(link)) ?? this.ask(link);
      case 'execute-actions':
        return confirmed ? this.actions.execute(link) : this.ask(link);
    }
  }

  /** A page that says what the link would do. Its own link is the same one, bound to this browser. */
  private async ask({ context, token, client, user }: OpenLink): Promise<LoginStep> {
    const { realm, rootSecret = newSecret() } = context;
    const tabId = newTabId();
    const loginId = loginIdOf({ rootHash: hashSecret(rootSecret), tabId, request: { clientId: client.id } });
    const bound: ActionToken = { ...token, loginId, originalLoginId: token.originalLoginId ?? token.loginId ?? '' };
    return {
      kind: 'info',
      message:
        token.type === 'verify-email'
          ? { key: 'confirmEmailAddressVerification', values: { email: user.email ?? '' } }
          : { key: 'confirmExecutionOfActions' },
      ...(token.actions === undefined ? {} : { actions: token.actions }),
      proceed: { key: await this.tokens.sign(realm, bound, context.issuer), tabId },
      rootSecret,
      client,
      userId: user.id,
    };
  }

  /** Over: the login it belongs to begins anew, in its own browser. */
  private async expired(
    context: BrowserContext,
    token: ActionToken,
    row: PendingLogin | undefined,
  ): Promise<LoginStep> {
    const client = row && (await this.clients.byId(row.realmId, row.request.clientId));
    if (!row || !client?.enabled)
      return this.refuse(context, token, 'expired_code', 'expiredActionTokenNoSessionMessage');
    await this.record(context, token, 'expired_code');
    await this.logins.close(context.realm, row);
    const message = { key: 'expiredActionTokenSessionExistsMessage' };
    return this.browserLogin.begin(context, client, row.request, { kind: 'error', message });
  }

  private async ownRow(context: BrowserContext, token: ActionToken): Promise<PendingLogin | undefined> {
    const id = isOfBrowser(context, token) ? readLoginId(token.loginId) : undefined;
    const row = id && (await this.logins.find(context.realm.id, id.rootHash, id.tabId));
    return row && row.phase !== 'done' && row.expiresAt > this.clock.now() ? row : undefined;
  }

  private async refuse(
    context: BrowserContext,
    token: ActionToken | undefined,
    error: string,
    key: string,
    kind?: EventKind,
  ): Promise<LoginStep> {
    await this.record(context, token, error, kind);
    const client = token && (await this.clients.byClientId(context.realm.id, token.clientId));
    return { kind: 'refused', status: 400, message: { key }, ...(client ? { client } : {}) };
  }

  private record(
    { realm, remoteAddress }: BrowserContext,
    token: ActionToken | undefined,
    error: string,
    kind: EventKind = 'EXECUTE_ACTION_TOKEN',
  ): Promise<void> {
    return this.recorder.record(
      { id: realm.id, ...realm.settings },
      {
        type: `${kind}_ERROR`,
        ipAddress: remoteAddress,
        error,
        details: token ? { token_id: token.id, action: token.type } : {},
        ...(token ? { clientId: token.clientId, userId: token.userId } : {}),
      },
    );
  }
}

/** Whether the login that a token names began in this browser. */
const isOfBrowser = ({ rootSecret }: BrowserContext, { loginId }: ActionToken): boolean =>
  rootSecret !== undefined && readLoginId(loginId)?.rootHash === hashSecret(rootSecret);
