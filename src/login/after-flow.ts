import type { FailureCode, FormInput } from '../engine/index.js';
import type { RequiredActions, RequiredAction, ActionContext, ActionEvent } from '../required-actions/index.js';
import type { EventKind } from '../events/auth-events.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User, UserStore } from '../realm/user.js';
import type { Clock } from '../shared/clock.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import { consentText, type Consents } from '../tokens/consents.js';
import { sceneOf, type BrowserCompletion } from './browser-completion.js';
import type { BrowserContext, LoginPage, LoginStep } from './browser-login-types.js';
import { initiableAction } from './initiated-action.js';
import { endsWithPage, type LinkedLogins } from './linked-logins.js';
import { loginIdOf } from './login-id.js';
import type { LoginJournal } from './login-journal.js';
import { isOvertaken, type LoginRecords } from './login-records.js';
import type { LoginStore } from './login-store.js';
import { pendingActions, scheduledActions } from './pending-actions.js';
import type { PassedLogin } from './passed-login.js';
import type { PendingLogin } from './pending-login.js';
import type { SessionCodes } from './session-code.js';

/** Id under which the consent page stands in addresses, as at the reference. */
const CONSENT_EXECUTION = 'OAUTH_GRANT';

/** Everything between a passed flow and the answer to the application: required actions, consent, completion (reference 2.15). */
export class AfterFlow {
  constructor(
    private readonly actions: RequiredActions,
    private readonly users: UserStore,
    private readonly consents: Consents,
    private readonly completion: BrowserCompletion,
    private readonly logins: LoginStore,
    private readonly sessionCodes: SessionCodes,
    private readonly journal: LoginJournal,
    private readonly records: LoginRecords,
    private readonly recorder: EventRecorder,
    private readonly links: LinkedLogins,
    private readonly clock: Clock,
  ) {}

  /** Goes on to whatever comes next: a required action, consent, or the end. */
  async advance(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    const { realm } = context;
    const user = await this.users.byId(realm.id, login.state.userId);
    if (!user)
      return { kind: 'refused', status: 400, message: { key: 'invalidUserMessage' }, client, request: login.request };
    const scheduled = await scheduledActions(this.actions, realm, user, login.state.requiredActions);
    const action = this.nextAction(realm, user, scheduled, login);
    if (action) {
      const { initiated: _enforced, ...rest } = login;
      return this.moveTo(context, client, login, { ...rest, phase: 'required-action', currentAction: action.id });
    }
    const { kcAction } = login.request;
    if (kcAction !== undefined && login.actionStatus === undefined) {
      const known = initiableAction(realm, kcAction) && this.actions.find(kcAction);
      if (!known) return this.advance(context, client, { ...login, actionStatus: 'error' });
      const next = { ...login, phase: 'required-action', currentAction: known.id, initiated: true } as const;
      return this.moveTo(context, client, login, next);
    }
    if (!endsWithPage(login) && (await this.consents.toAsk(client, user.id, login.request)).length > 0) {
      const { currentAction: _done, ...rest } = login;
      return this.moveTo(context, client, login, { ...rest, phase: 'consent' });
    }
    return this.completion.complete(context, client, login);
  }

  /** The page of the phase the login is in, made anew (it may show a key, so it is never stored). */
  async show(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    if (login.phase === 'consent') return this.page(context, client, login, await this.consentView(client, login));
    const user = await this.users.byId(context.realm.id, login.state.userId);
    const action = login.currentAction === undefined ? undefined : this.actions.find(login.currentAction);
    if (!user || !action) return this.advance(context, client, login);
    return this.actionPage(
      context,
      client,
      login,
      await action.start(this.actionContext(context, client, user, login)),
    );
  }

  /** A posted form of a required action. */
  async submitAction(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    input: FormInput,
  ): Promise<LoginStep> {
    const { realm } = context;
    const record = await this.records.of({ realmId: realm.id, clientId: client.id, userId: login.state.userId });
    const { user } = record;
    const action = login.currentAction === undefined ? undefined : this.actions.find(login.currentAction);
    if (!user || !action) return this.advance(context, client, login);
    const problem = await this.links.problem(realm, user, login);
    if (problem) return this.refuse(context, client, login, problem.error, problem.message);
    if (isOvertaken(record, login.provenSince ?? login.provenAt)) {
      return this.refuse(context, client, login, 'invalid_credentials');
    }
    if (login.initiated && input['cancel-aia'] !== undefined) return this.cancel(context, client, login);
    const outcome = await action.submit(this.actionContext(context, client, user, login), input);
    switch (outcome.kind) {
      case 'challenge':
        return this.actionPage(context, client, login, outcome.view);
      case 'declined':
        return login.initiated
          ? this.cancel(context, client, login)
          : this.decline(context, client, login, outcome.description);
      case 'done':
        for (const type of eventsOf(outcome.event))
          await this.record(context, client, login, { event: type, details: outcome.details ?? {} });
        return this.advance(context, client, {
          ...login,
          actionsDone: [...login.actionsDone, action.id],
          ...(action.id === login.request.kcAction ? { actionStatus: 'success' } : {}),
          provenSince: this.clock.now(),
        });
    }
  }

  /** The answer to the consent page. */
  async submitConsent(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    input: FormInput,
  ): Promise<LoginStep> {
    if (input['cancel'] !== undefined) return this.decline(context, client, login);
    if (input['accept'] === undefined) return this.show(context, client, login);
    await this.consents.give(client, login.state.userId, login.request);
    return this.completion.complete(context, client, { ...login, consented: true });
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
      .find((action) => action !== undefined && (action.isDue?.(user) ?? true));
  }

  /**
   * Stores the next phase. With the end of its flow a login gets a new secret: the pages that follow may change the account, and
   * somebody could have planted the old one in this browser.
   */
  private async moveTo(
    context: BrowserContext,
    client: Client,
    from: PassedLogin,
    login: PassedLogin,
  ): Promise<LoginStep> {
    const { realm, rootSecret = '' } = context;
    if (login.request.prompt.includes('none')) {
      return { kind: 'application-error', request: login.request, error: 'interaction_required' };
    }
    const leavesFlow = from.phase === 'flow';
    const secret = leavesFlow ? newSecret() : rootSecret;
    const stored = leavesFlow
      ? await this.logins.move(realm, login, hashSecret(secret))
      : await this.logins.save(realm, login);
    const path = login.phase === 'consent' ? 'consent' : 'required-action';
    const place = { request: login.request, client, tabId: login.tabId, path, execution: executionOf(login) } as const;
    if (!stored) return { kind: 'page-expired', ...place };
    await this.enter({ ...context, rootSecret: secret }, client, stored, login);
    return { kind: 'next', ...place, rootSecret: secret };
  }

  /** Tells an action that the login has come to it. */
  private async enter(
    context: BrowserContext,
    client: Client,
    stored: PendingLogin,
    login: PassedLogin,
  ): Promise<void> {
    const { phase, currentAction = '' } = login;
    const action = phase === 'required-action' ? this.actions.find(currentAction) : undefined;
    const user = action?.enter && (await this.users.byId(context.realm.id, login.state.userId));
    const event = user && action.enter?.(this.actionContext(context, client, user, stored));
    if (event) await this.record(context, client, login, event);
  }

  /** An event of a required action. */
  private record(
    { realm, remoteAddress }: BrowserContext,
    client: Client,
    { state }: PassedLogin,
    { event, details }: ActionEvent,
  ): Promise<void> {
    return this.recorder.record(
      { id: realm.id, ...realm.settings },
      {
        type: event,
        clientId: client.clientId,
        userId: state.userId,
        ipAddress: remoteAddress,
        details: { ...state.details, ...details },
      },
    );
  }

  /** Nothing may be changed by a login that began before an admin closed the account to it. */
  private async refuse(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    error: FailureCode,
    key = 'loginOvertaken',
  ): Promise<LoginStep> {
    await this.logins.close(context.realm, login);
    await this.journal.failed(sceneOf(context, client, login), error, login.state.userId);
    return { kind: 'refused', status: 400, message: { key }, client, request: login.request };
  }

  /** The person leaves undone what the application asked for: the login goes on without it. */
  private async cancel(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    await this.journal.actionDeclined(sceneOf(context, client, login), login.state.userId, login.currentAction ?? '');
    return this.advance(context, client, { ...login, actionStatus: 'cancelled' });
  }

  private async decline(
    context: BrowserContext,
    client: Client,
    login: PassedLogin,
    description?: string,
  ): Promise<LoginStep> {
    await this.logins.close(context.realm, login);
    const scene = sceneOf(context, client, login);
    if (login.phase === 'consent') await this.journal.error(scene, 'rejected_by_user', login.state.userId);
    else await this.journal.actionDeclined(scene, login.state.userId, login.currentAction ?? '');
    if (endsWithPage(login)) return { kind: 'refused', status: 400, message: { key: 'loginIsOver' }, client };
    const why = description === undefined ? {} : { description };
    return { kind: 'application-error', request: login.request, error: 'access_denied', ...why };
  }

  private actionContext(context: BrowserContext, client: Client, user: User, login: PendingLogin): ActionContext {
    const { realm, locale, linkBase, remoteAddress, session } = context;
    const place = { linkBase, locale, loginId: loginIdOf(login) };
    return {
      realm,
      client,
      user,
      locale,
      place,
      remoteAddress,
      ...(session ? { browserSessionId: session.session.id } : {}),
    };
  }

  private actionPage(context: BrowserContext, client: Client, login: PassedLogin, view: LoginPage['view']): LoginPage {
    const shown = login.initiated ? { ...view, data: { ...view.data, cancellable: true } } : view;
    return this.page(context, client, login, shown);
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
      userId: login.state.userId,
    };
  }

  private async consentView(client: Client, login: PassedLogin): Promise<LoginPage['view']> {
    const scopes = await this.consents.toAsk(client, login.state.userId, login.request);
    return {
      page: 'consent',
      data: { clientName: client.name ?? client.clientId, scopes: scopes.map(consentText) },
    };
  }
}

const executionOf = (login: PassedLogin): string =>
  login.phase === 'consent' ? CONSENT_EXECUTION : (login.currentAction ?? login.state.currentExecution ?? '');

/** A changed credential is told under its older name, too, as at the reference. */
const eventsOf = (event: EventKind | undefined): readonly EventKind[] =>
  event === undefined
    ? []
    : event === 'UPDATE_PASSWORD' || event === 'UPDATE_TOTP'
      ? ['UPDATE_CREDENTIAL', event]
      : [event];
