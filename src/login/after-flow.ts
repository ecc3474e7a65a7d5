import type { FlowState, FormInput } from '../engine/index.js';
import type { RequiredActions, RequiredAction, ActionContext } from '../required-actions/index.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserService } from '../realm/user-service.js';
import type { User, UserStore } from '../realm/user.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import type { AuthorizationCodes } from '../tokens/authorization-codes.js';
import type { BrowserContext, LoginPage, LoginStep } from './browser-login-types.js';
import type { CompletedLogin, CompleteLogin, LoginToComplete } from './complete-login.js';
import { consentScopes } from './consent.js';
import type { LoginJournal, LoginScene } from './login-journal.js';
import { isNew, type LoginStore } from './login-store.js';
import { pendingActions, scheduledActions } from './pending-actions.js';
import type { PendingLogin } from './pending-login.js';
import type { SessionCodes } from './session-code.js';
import type { ClientScopeStore } from '../realm/client-scope.js';

/** Id under which the consent page stands in addresses, as at the reference. */
const CONSENT_EXECUTION = 'OAUTH_GRANT';

/** A login whose flow has passed: it knows its user. */
export type PassedLogin = PendingLogin & {
  readonly state: FlowState & { readonly userId: string };
  readonly provenAt: number;
};

/** Everything between a passed flow and the answer to the application: required actions, consent, completion (reference 2.15). */
export class AfterFlow {
  constructor(
    private readonly actions: RequiredActions,
    private readonly users: UserStore,
    private readonly userService: UserService,
    private readonly clientScopes: ClientScopeStore,
    private readonly completion: CompleteLogin,
    private readonly codes: AuthorizationCodes,
    private readonly logins: LoginStore,
    private readonly sessionCodes: SessionCodes,
    private readonly journal: LoginJournal,
    private readonly recorder: EventRecorder,
  ) {}

  /** Goes on to whatever comes next: a required action, consent, or the end. */
  async advance(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    const { realm } = context;
    const user = await this.users.byId(realm.id, login.state.userId);
    if (!user)
      return { kind: 'refused', status: 400, message: { key: 'invalidUserMessage' }, client, request: login.request };
    const scheduled = await scheduledActions(this.userService, realm, user, login.state.requiredActions);
    const action = this.nextAction(realm, user, scheduled, login);
    if (action) return this.moveTo(context, client, { ...login, phase: 'required-action', currentAction: action.id });
    if (client.consentRequired && login.phase !== 'consent') {
      const { currentAction: _done, ...rest } = login;
      return this.moveTo(context, client, { ...rest, phase: 'consent' });
    }
    return this.complete(context, client, login);
  }

  /** The page of the phase the login is in, made anew (it may show a key, so it is never stored). */
  async show(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    if (login.phase === 'consent') return this.page(context, client, login, await this.consentView(client, login));
    const user = await this.users.byId(context.realm.id, login.state.userId);
    const action = login.currentAction === undefined ? undefined : this.actions.find(login.currentAction);
    if (!user || !action) return this.advance(context, client, login);
    return this.page(context, client, login, await action.start(this.actionContext(context, client, user)));
  }

  /** A posted form of a required action. */
  async submitAction(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    input: FormInput,
  ): Promise<LoginStep> {
    const { realm } = context;
    const user = await this.users.byId(realm.id, login.state.userId);
    const action = login.currentAction === undefined ? undefined : this.actions.find(login.currentAction);
    if (!user || !action) return this.advance(context, client, login);
    const outcome = await action.submit(this.actionContext(context, client, user), input);
    switch (outcome.kind) {
      case 'challenge':
        return this.page(context, client, login, outcome.view);
      case 'declined':
        return this.decline(context, client, login);
      case 'done':
        if (outcome.event) {
          await this.recorder.record(
            { id: realm.id, ...realm.settings },
            {
              type: outcome.event,
              clientId: client.clientId,
              userId: user.id,
              ipAddress: context.remoteAddress,
              details: { ...login.state.details, ...outcome.details },
            },
          );
        }
        return this.advance(context, client, { ...login, actionsDone: [...login.actionsDone, action.id] });
    }
  }

  /** The answer to the consent page. */
  submitConsent(context: BrowserContext, client: Client, login: PassedLogin, input: FormInput): Promise<LoginStep> {
    if (input['cancel'] !== undefined) return this.decline(context, client, login);
    if (input['accept'] === undefined) return this.show(context, client, login);
    return this.complete(context, client, login);
  }

  /** An action that is pending but not built yet stays pending and is passed over. */
  private nextAction(
    realm: Realm,
    user: User,
    scheduled: readonly string[],
    login: PassedLogin,
  ): RequiredAction | undefined {
    return pendingActions(realm, user, scheduled, 'enabled')
      .filter((alias) => !login.actionsDone.includes(alias))
      .map((alias) => this.actions.find(alias))
      .find((action) => action !== undefined);
  }

  private async moveTo(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    if (login.request.prompt.includes('none')) {
      return { kind: 'application-error', request: login.request, error: 'interaction_required' };
    }
    const stored = await this.logins.save(context.realm, login);
    const path = login.phase === 'consent' ? 'consent' : 'required-action';
    const place = { request: login.request, client, tabId: login.tabId, path, execution: executionOf(login) } as const;
    if (!stored) return { kind: 'page-expired', ...place };
    return { kind: 'next', ...place, rootSecret: context.rootSecret ?? '' };
  }

  private async decline(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    await this.logins.close(context.realm, login);
    await this.journal.error(sceneOf(context, client, login), 'rejected_by_user', login.state.userId);
    return { kind: 'application-error', request: login.request, error: 'access_denied' };
  }

  private actionContext(context: BrowserContext, client: Client, user: User): ActionContext {
    const { realm, locale, session } = context;
    return { realm, client, user, locale, ...(session ? { browserSessionId: session.session.id } : {}) };
  }

  private page(context: BrowserContext, client: Client, login: PassedLogin, view: LoginPage['view']): LoginPage {
    return {
      kind: 'page',
      request: login.request,
      client,
      tabId: login.tabId,
      path: login.phase === 'consent' ? 'consent' : 'required-action',
      execution: executionOf(login),
      view,
      sessionCode: this.sessionCodes.of(login),
      canTryAnotherWay: false,
      rootSecret: context.rootSecret ?? '',
    };
  }

  private async consentView(client: Client, login: PassedLogin): Promise<LoginPage['view']> {
    const scopes = await this.clientScopes.byIds(client.realmId, [
      ...client.defaultClientScopes,
      ...client.optionalClientScopes,
    ]);
    return {
      page: 'consent',
      data: { clientName: client.name ?? client.clientId, scopes: consentScopes(client, scopes, login.request.scope) },
    };
  }

  private async complete(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    const { realm, session } = context;
    const { state, request } = login;
    const scene = sceneOf(context, client, login);
    if (session && session.session.userId !== state.userId) {
      await this.journal.failed(scene, 'user_conflict', state.userId, { existing_user: session.session.userId });
      const message = { key: 'differentUserAuthenticated', values: { user: session.session.username } };
      return { kind: 'refused', status: 400, message, client, request };
    }
    const joined = state.facts.find(({ type }) => type === 'single-sign-on')?.value;
    const identitySecret = joined === undefined ? newSecret() : undefined;
    const completed = await this.completion.complete(this.toComplete(context, client, login, joined, identitySecret), {
      // A login that never showed a page has nothing that could be sent twice.
      ...(joined !== undefined && isNew(login) ? {} : { claim: () => this.logins.claim(realm, login) }),
      issue: (user, { session: opened }) =>
        this.codes.issue(realm, {
          clientId: client.id,
          userId: user.id,
          sessionId: opened.id,
          redirectUri: request.redirectUri,
          redirectUriRequired: request.redirectUriRequired,
          scope: request.scope,
          claims: {
            acr: joined === undefined ? '1' : '0',
            ...(opened.authTime === undefined ? {} : { auth_time: opened.authTime }),
          },
          ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
          ...(request.codeChallenge === undefined ? {} : { codeChallenge: request.codeChallenge }),
          ...(request.codeChallengeMethod === undefined ? {} : { codeChallengeMethod: request.codeChallengeMethod }),
        }),
    });
    return this.finish(context, client, login, completed, identitySecret);
  }

  private toComplete(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    joined: unknown,
    identitySecret: string | undefined,
  ): LoginToComplete {
    const { state, request } = login;
    const renews = typeof joined === 'string' ? joined : context.session?.session.id;
    return {
      scene: sceneOf(context, client, login),
      userId: state.userId,
      facts: state.facts,
      credentialTypes: state.credentialTypes,
      provenAt: login.provenSince ?? login.provenAt,
      passwordChanged: login.actionsDone.includes('UPDATE_PASSWORD'),
      offline: false,
      mustRenew: joined !== undefined,
      ...(renews === undefined ? {} : { renews }),
      session: {
        ipAddress: context.remoteAddress,
        userAgent: context.userAgent,
        authMethod: 'openid-connect',
        rememberMe: remembersUser(login),
        notes: {},
        ...(identitySecret === undefined
          ? {}
          : { identityHash: hashSecret(identitySecret), authTime: Math.floor(login.provenAt / 1000) }),
      },
      clientSession: { scope: request.scope, redirectUri: request.redirectUri, notes: {} },
    };
  }

  private async finish(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    completed: CompletedLogin<string>,
    identitySecret: string | undefined,
  ): Promise<LoginStep> {
    const { request } = login;
    switch (completed.kind) {
      case 'completed':
        return {
          kind: 'done',
          request,
          client,
          user: completed.user,
          session: completed.admission.session,
          code: completed.issued,
          rememberMe: completed.admission.session.rememberMe,
          ...(identitySecret === undefined ? {} : { identitySecret }),
        };
      case 'refused': {
        await this.logins.close(context.realm, login);
        const { status, message = { key: 'unexpectedErrorHandlingRequestMessage' } } = completed;
        return { kind: 'refused', status, message, client, request };
      }
      case 'session-ended':
        return { kind: 'lost', message: { key: 'sessionEndedMeanwhile' }, request, client };
      case 'already-completed':
        return {
          kind: 'page-expired',
          request,
          client,
          tabId: login.tabId,
          path: 'authenticate',
          execution: executionOf(login),
        };
    }
  }
}

const executionOf = (login: PassedLogin): string =>
  login.phase === 'consent' ? CONSENT_EXECUTION : (login.currentAction ?? login.state.currentExecution ?? '');

const remembersUser = ({ state }: PassedLogin): boolean =>
  state.facts.findLast(({ type }) => type === 'remember-me')?.value === true;

function sceneOf(context: BrowserContext, client: Client, login: PassedLogin): LoginScene {
  return {
    realm: context.realm,
    client,
    remoteAddress: context.remoteAddress,
    details: {
      ...login.state.details,
      auth_method: 'openid-connect',
      response_type: login.request.responseType,
      response_mode: login.request.responseMode,
      redirect_uri: login.request.redirectUri,
      ...(remembersUser(login) ? { remember_me: 'true' } : {}),
    },
  };
}
