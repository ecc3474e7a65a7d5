import type { CompiledFlow, FlowState, Message, RunEnvironment, RunResult } from '../engine/index.js';
import { AppError } from '../shared/errors.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Clock } from '../shared/clock.js';
import type { Sealer } from '../shared/sealer.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import { randomBytes } from 'node:crypto';
import type { AfterFlow, PassedLogin } from './after-flow.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { BrowserContext, LoginAddress, LoginPage, LoginPost, LoginStep } from './browser-login-types.js';
import { browserSessionOf } from './browser-session.js';
import { openFirstPage, openRestart, sealFirstPage, sealRestart } from './first-page.js';
import { attemptCategory, type FlowAccess } from './flow-access.js';
import type { LoginJournal, LoginScene } from './login-journal.js';
import type { LoginStore } from './login-store.js';
import type { LostLogins } from './lost-logins.js';
import type { PendingLogin } from './pending-login.js';
import type { SessionCodes } from './session-code.js';

/**
 * Logins in a browser: begun by an authorization request, carried on by one form after the other, ended by a code for the
 * application. A door gives it what a browser sent and does what the returned step says; it never sees a request or a response.
 */
export class BrowserLogin {
  constructor(
    private readonly flows: FlowAccess,
    private readonly clients: ClientStore,
    private readonly logins: LoginStore,
    private readonly afterFlow: AfterFlow,
    private readonly lost: LostLogins,
    private readonly journal: LoginJournal,
    private readonly sessionCodes: SessionCodes,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** Begins a login. Nothing is stored for its first page. */
  async begin(
    context: BrowserContext,
    client: Client,
    request: AuthorizationRequest,
    notice?: LoginPage['notice'],
  ): Promise<LoginStep> {
    const flow = await this.flows.current(context.realm, client, 'browser');
    const rootSecret = context.rootSecret ?? newSecret();
    const login = this.newLogin(context, request, rootSecret, randomBytes(8).toString('base64url'));
    const result = await this.run(flow, context, client, request);
    await this.journal.attemptsFailed(this.scene(context, client, result.state), result.attempts, attemptCategory);
    if (result.kind === 'page' && !request.prompt.includes('none')) {
      return this.firstPage({ ...context, rootSecret }, client, { ...login, state: result.state }, notice);
    }
    if (result.kind === 'page') return { kind: 'application-error', request, error: 'login_required' };
    return this.afterRun({ ...context, rootSecret }, client, login, result);
  }

  /** A form posted to `login-actions/authenticate`. */
  async submit(context: BrowserContext, post: LoginPost): Promise<LoginStep> {
    const found = await this.locate(context, post);
    if ('kind' in found) return found;
    const { client, login, flow } = found;
    const { state, request } = login;
    const environment = this.environment(context, client, request);
    const { input, execution = '' } = post;
    const now = this.clock.now();
    try {
      if (input['tryAnotherWay'] !== undefined) {
        return await this.afterRun(context, client, login, await this.flows.runner.chooser(flow, state, environment));
      }
      const choice = input['authenticationExecution'];
      const result =
        choice === undefined
          ? await this.flows.runner.submit(flow, state, environment, execution, input)
          : await this.flows.runner.select(flow, state, environment, choice);
      await this.journal.attemptsFailed(this.scene(context, client, result.state), result.attempts, attemptCategory);
      return await this.afterRun(context, client, withProof(login, result.state, now), result);
    } catch (error) {
      if (!(error instanceof AppError) || !OUT_OF_STEP.has(error.code)) throw error;
      return {
        kind: 'page-expired',
        request,
        client,
        tabId: login.tabId,
        path: 'authenticate',
        execution: state.currentExecution ?? '',
      };
    }
  }

  /** A form posted to `login-actions/required-action` or `login-actions/consent`. */
  async submitAfterFlow(
    context: BrowserContext,
    post: LoginPost,
    phase: 'required-action' | 'consent',
  ): Promise<LoginStep> {
    const row = await this.findRow(context, post);
    if (!row) return this.lost.unknown(context, post);
    const client = await this.clientOf(row);
    if (!client || row.phase === 'done') return this.lost.over(context, client, row.request);
    if (this.logins.isExpired(context.realm, row)) return this.beginAgain(context, client, row);
    const login = passed(row);
    if (!login || row.phase !== phase || !this.sessionCodes.matches(row, post.sessionCode ?? ''))
      return this.stale(context, client, row, post);
    if (phase === 'consent') return this.afterFlow.submitConsent(context, client, login, post.input);
    if (post.execution !== login.currentAction) return this.stale(context, client, row, post);
    return this.afterFlow.submitAction(context, client, login, post.input);
  }

  /** A page looked at again (a reload, the back button, the redirect after a form). Runs nothing. */
  async view(context: BrowserContext, address: LoginAddress): Promise<LoginStep> {
    const row = await this.findRow(context, address);
    if (!row) return this.begunAgainFromCookie(context, address);
    const client = await this.clientOf(row);
    if (!client || row.phase === 'done') return this.lost.over(context, client, row.request);
    if (this.logins.isExpired(context.realm, row)) return this.beginAgain(context, client, row);
    const login = passed(row);
    if (login && row.phase !== 'flow') return this.afterFlow.show(context, client, login);
    if (address.execution !== undefined && address.execution !== row.state?.currentExecution)
      return this.expired(client, row);
    return this.currentPage(context, client, row);
  }

  /** `login-actions/restart`: gives the login up and begins anew with the same request. */
  async restart(context: BrowserContext, address: LoginAddress): Promise<LoginStep> {
    const row = await this.findRow(context, address);
    if (!row || row.phase === 'done') return this.begunAgainFromCookie(context, address);
    const client = await this.clientOf(row);
    if (!client) return this.lost.over(context, client, row.request);
    await this.logins.close(context.realm, row);
    return this.begin(context, client, row.request);
  }

  /** The login that a posted form belongs to, with its flow, if the form is the one that is expected now. */
  private async locate(
    context: BrowserContext,
    post: LoginPost,
  ): Promise<{ client: Client; flow: CompiledFlow; login: PendingLogin & { state: FlowState } } | LoginStep> {
    const row = await this.findRow(context, post);
    if (!row) return this.locateFirstPage(context, post);
    const client = await this.clientOf(row);
    if (!client || row.phase === 'done' || !row.state) return this.lost.over(context, client, row.request);
    if (this.logins.isExpired(context.realm, row)) return this.beginAgain(context, client, row);
    const flow = await this.flows.pinned(context.realm.id, row.state.hash);
    if (!flow) return this.beginAgain(context, client, row, 'loginFlowChanged');
    const expected = row.phase === 'flow' && this.sessionCodes.matches(row, post.sessionCode ?? '');
    if (!expected || !isCurrent(row.state, post)) return this.stale(context, client, row, post);
    return { client, flow, login: { ...row, state: row.state } };
  }

  /** The first form of a login: its state is made anew, because the first page is a function of request and flow. */
  private async locateFirstPage(
    context: BrowserContext,
    post: LoginPost,
  ): Promise<{ client: Client; flow: CompiledFlow; login: PendingLogin & { state: FlowState } } | LoginStep> {
    const { realm, rootSecret } = context;
    const rootHash = rootSecret === undefined ? '' : hashSecret(rootSecret);
    const first = openFirstPage(this.sealer, post.sessionCode ?? '', {
      realmId: realm.id,
      rootHash,
      tabId: post.tabId,
    });
    const client = first && (await this.clients.byId(realm.id, first.request.clientId));
    if (!first || rootSecret === undefined || !client) return this.lost.unknown(context, post);
    const { request } = first;
    if (context.session && context.session.session.id !== first.browserSessionId)
      return this.lost.over(context, client, request);
    const login = { ...this.newLogin(context, request, rootSecret, first.tabId), touchedAt: first.issuedAt };
    if (this.logins.isExpired(realm, login)) return this.beginAgain(context, client, login);
    const flow = await this.flows.pinned(realm.id, first.flowHash);
    if (!flow) return this.beginAgain(context, client, login, 'loginFlowChanged');
    const { kind, state } = await this.run(flow, context, client, request);
    if (kind !== 'page' || !isCurrent(state, post)) {
      return {
        kind: 'page-expired',
        request,
        client,
        tabId: first.tabId,
        path: 'authenticate',
        execution: post.execution ?? '',
      };
    }
    return { client, flow, login: { ...login, state } };
  }

  private async run(
    flow: CompiledFlow,
    context: BrowserContext,
    client: Client,
    request: AuthorizationRequest,
  ): Promise<RunResult> {
    const environment = this.environment(context, client, request);
    const session = environment.browserSession;
    const renews = session?.mustReauthenticate && usesCookie(flow);
    return this.flows.runner.begin(flow, environment, renews ? { userId: session.userId, userFixed: true } : undefined);
  }

  private async afterRun(
    context: BrowserContext,
    client: Client,
    login: PendingLogin,
    result: RunResult,
  ): Promise<LoginStep> {
    const { request } = login;
    switch (result.kind) {
      case 'page': {
        const stored = await this.logins.save(context.realm, { ...login, state: result.state });
        const place = {
          request,
          client,
          tabId: login.tabId,
          path: 'authenticate',
          execution: result.state.currentExecution ?? '',
        } as const;
        return stored
          ? { kind: 'next', ...place, rootSecret: context.rootSecret ?? '' }
          : { kind: 'page-expired', ...place };
      }
      case 'refused': {
        if (result.attempts.length === 0)
          await this.journal.failed(this.scene(context, client, result.state), result.code, result.state.userId);
        if (login.state) await this.logins.close(context.realm, login);
        if (request.prompt.includes('none')) return { kind: 'application-error', request, error: 'login_required' };
        return {
          kind: 'refused',
          status: result.status,
          message: result.message ?? messageOf(result.code),
          client,
          request,
        };
      }
      case 'passed': {
        const login1: PassedLogin = {
          ...login,
          state: { ...result.state, userId: result.userId },
          provenAt: this.clock.now(),
        };
        return this.afterFlow.advance(context, client, login1);
      }
    }
  }

  private firstPage(
    context: BrowserContext & { rootSecret: string },
    client: Client,
    login: PendingLogin & { state: FlowState },
    notice: LoginPage['notice'],
  ): LoginPage {
    const { request, state, tabId, rootHash } = login;
    const sessionCode = sealFirstPage(this.sealer, {
      request,
      tabId,
      rootHash,
      flowHash: state.hash,
      issuedAt: this.clock.now(),
      ...(context.session ? { browserSessionId: context.session.session.id } : {}),
    });
    return {
      ...this.page(context, client, login, sessionCode),
      restart: sealRestart(this.sealer, request),
      ...(notice ? { notice } : {}),
    };
  }

  private currentPage(
    context: BrowserContext,
    client: Client,
    row: PendingLogin,
    notice?: LoginPage['notice'],
  ): LoginStep {
    if (!row.state?.view) return this.expired(client, row);
    const page = this.page(context, client, { ...row, state: row.state }, this.sessionCodes.of(row));
    return notice ? { ...page, notice } : page;
  }

  private page(
    context: BrowserContext,
    client: Client,
    login: PendingLogin & { state: FlowState },
    sessionCode: string,
  ): LoginPage {
    const { state, request, tabId } = login;
    if (!state.view) throw new Error('A login in its flow always has a page');
    return {
      kind: 'page',
      request,
      client,
      tabId,
      path: 'authenticate',
      execution: state.currentExecution ?? '',
      view: state.view,
      sessionCode,
      canTryAnotherWay: state.options !== undefined && state.choosing !== true,
      rootSecret: context.rootSecret ?? '',
    };
  }

  /** A form that is not the expected one: of the page on screen (sent twice, or from before a reload), or of another. */
  private stale(
    context: BrowserContext,
    client: Client,
    row: PendingLogin,
    post: LoginPost,
  ): LoginStep | Promise<LoginStep> {
    const login = passed(row);
    if (row.phase === 'flow' && row.state && isCurrent(row.state, post)) {
      return this.currentPage(context, client, row, { kind: 'error', message: { key: 'expiredActionMessage' } });
    }
    if (login && row.phase !== 'flow' && post.execution === (row.currentAction ?? ''))
      return this.afterFlow.show(context, client, login);
    return this.expired(client, row);
  }

  private expired(client: Client, row: PendingLogin): LoginStep {
    const path = row.phase === 'flow' || row.phase === 'done' ? 'authenticate' : row.phase;
    const execution = row.phase === 'flow' ? (row.state?.currentExecution ?? '') : (row.currentAction ?? '');
    return { kind: 'page-expired', request: row.request, client, tabId: row.tabId, path, execution };
  }

  /** The person took too long (or the flow's version is gone): the same request, from the start. */
  private async beginAgain(
    context: BrowserContext,
    client: Client,
    login: PendingLogin,
    key = 'loginTimeout',
  ): Promise<LoginStep> {
    await this.logins.close(context.realm, login);
    await this.journal.error(this.scene(context, client, login.state), 'expired_code', login.state?.userId);
    return this.begin(context, client, login.request, { kind: 'error', message: { key } });
  }

  private async begunAgainFromCookie(context: BrowserContext, address: LoginAddress): Promise<LoginStep> {
    const request =
      context.restart === undefined ? undefined : openRestart(this.sealer, context.restart, context.realm.id);
    const client = request && (await this.clients.byId(context.realm.id, request.clientId));
    const meant = client && (address.clientId === undefined || address.clientId === client.clientId);
    if (context.session || !meant || !client.enabled) return this.lost.unknown(context, address);
    return this.begin(context, client, request, { kind: 'error', message: { key: 'loginTimeout' } });
  }

  private async findRow(
    { realm, rootSecret }: BrowserContext,
    { tabId }: LoginAddress,
  ): Promise<PendingLogin | undefined> {
    return rootSecret === undefined || tabId === ''
      ? undefined
      : this.logins.find(realm.id, hashSecret(rootSecret), tabId);
  }

  private clientOf(login: PendingLogin): Promise<Client | undefined> {
    return this.clients.byId(login.realmId, login.request.clientId);
  }

  private newLogin(
    context: BrowserContext,
    request: AuthorizationRequest,
    rootSecret: string,
    tabId: string,
  ): PendingLogin {
    const now = this.clock.now();
    return {
      realmId: context.realm.id,
      rootHash: hashSecret(rootSecret),
      tabId,
      version: 0,
      phase: 'flow',
      request,
      actionsDone: [],
      createdAt: now,
      touchedAt: now,
      expiresAt: now,
      remoteAddress: context.remoteAddress,
    };
  }

  private environment(context: BrowserContext, client: Client, request: AuthorizationRequest): RunEnvironment {
    return {
      realmId: context.realm.id,
      clientId: client.id,
      remoteAddress: context.remoteAddress,
      channel: 'browser',
      browserSession: browserSessionOf(context.session, request, this.clock.seconds()),
      parameters: {
        scope: request.scope,
        ...(request.prompt.length > 0 ? { prompt: request.prompt.join(' ') } : {}),
        ...(request.loginHint === undefined ? {} : { login_hint: request.loginHint }),
        ...(request.idpHint === undefined ? {} : { kc_idp_hint: request.idpHint }),
        ...(context.rememberedUsername === undefined ? {} : { remembered_username: context.rememberedUsername }),
      },
    };
  }

  private scene(context: BrowserContext, client: Client, state: FlowState | undefined): LoginScene {
    return {
      realm: context.realm,
      client,
      remoteAddress: context.remoteAddress,
      details: { ...state?.details, auth_method: 'openid-connect' },
    };
  }
}

/** Errors of the engine that say "this form does not fit where the login is". */
const OUT_OF_STEP: ReadonlySet<string> = new Set([
  'execution_not_allowed',
  'execution_not_current',
  'state_invalid',
  'flow_changed',
]);

/** Notes the first proof of a login. The time is that before the credential was looked at, so that no change slips between. */
const withProof = (login: PendingLogin, state: FlowState, time: number): PendingLogin =>
  login.provenSince !== undefined || state.credentialTypes.length === 0 ? login : { ...login, provenSince: time };

/** True when a posted form belongs to the page on screen; the page that offers other ways takes any of its choices. */
const isCurrent = (state: FlowState, { execution }: LoginAddress): boolean => execution === state.currentExecution;

/** Only where the flow looks at the cookie does a new proof start from the user who is signed in. */
const usesCookie = (flow: CompiledFlow): boolean =>
  [...flow.leaves.values()].some(({ execution }) => execution.authenticator === 'auth-cookie');

const passed = (row: PendingLogin): PassedLogin | undefined =>
  row.state?.userId !== undefined && row.provenAt !== undefined
    ? { ...row, state: { ...row.state, userId: row.state.userId }, provenAt: row.provenAt }
    : undefined;

/** The page text for a flow that ended without a message of its own (Keycloak engine reference 2.11). */
function messageOf(code: string): Message {
  const keys: Readonly<Record<string, string>> = {
    user_disabled: 'accountDisabledMessage',
    user_temporarily_disabled: 'accountTemporarilyDisabledMessage',
    credential_setup_required: 'credentialSetupRequired',
    configuration_error: 'unexpectedErrorHandlingRequestMessage',
  };
  return { key: keys[code] ?? 'invalidUserMessage' };
}
