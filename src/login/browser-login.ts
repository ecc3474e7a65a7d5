import type { CompiledFlow, FlowState, Message } from '../engine/index.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Clock } from '../shared/clock.js';
import type { Sealer } from '../shared/sealer.js';
import { hashSecret, newSecret } from '../shared/secrets.js';
import type { AfterFlow } from './after-flow.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { BrowserContext, LoginAddress, LoginPage, LoginPost, LoginStep } from './browser-login-types.js';
import { openFirstPage, openRestart } from './first-page.js';
import type { FlowAccess } from './flow-access.js';
import type { FlowPhase } from './flow-phase.js';
import { expired, type LoginInFlow, type LoginPages, type Visit } from './login-pages.js';
import type { LoginStore } from './login-store.js';
import type { LostLogins } from './lost-logins.js';
import { newLogin } from './new-login.js';
import { passedLogin } from './passed-login.js';
import type { PendingLogin } from './pending-login.js';
import type { SessionCodes } from './session-code.js';

/** The login that a form belongs to, with the flow it is pinned to. */
interface Located {
  readonly visit: Visit;
  readonly flow: CompiledFlow;
  readonly login: LoginInFlow;
}

/**
 * Logins in a browser: begun by an authorization request, carried on by one form after the other, ended by a code for the
 * application. A door gives it what a browser sent and does what the returned step says; it never sees a request or a response.
 */
export class BrowserLogin {
  constructor(
    private readonly flows: FlowAccess,
    private readonly clients: ClientStore,
    private readonly logins: LoginStore,
    private readonly flowPhase: FlowPhase,
    private readonly afterFlow: AfterFlow,
    private readonly pages: LoginPages,
    private readonly lost: LostLogins,
    private readonly sessionCodes: SessionCodes,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** Begins a login. Nothing is stored for its first page. */
  begin(
    context: BrowserContext,
    client: Client,
    request: AuthorizationRequest,
    notice?: LoginPage['notice'],
  ): Promise<LoginStep> {
    return this.start(context, client, { request }, notice);
  }

  /**
   * Begins the way back in for somebody who cannot sign in.
   * @param address of the login that the person comes from; without one, `fresh` is what the application would ask for
   */
  async reset(
    context: BrowserContext,
    address: LoginAddress,
    fresh: { readonly client: Client; readonly request: AuthorizationRequest } | undefined,
  ): Promise<LoginStep> {
    const row = await this.findRow(context, address);
    if (row?.path !== undefined && row.phase !== 'done') return this.view(context, address);
    const request = row?.request ?? this.sealedRequest(context, address) ?? fresh?.request;
    const client = request && (await this.clients.byId(context.realm.id, request.clientId));
    if (!request || !client?.enabled) return this.lost.unknown(context, address);
    const prompt = request.prompt.filter((word) => word !== 'none');
    return this.start(context, client, { request: { ...request, prompt }, path: 'reset-credentials' });
  }

  private async start(
    context: BrowserContext,
    client: Client,
    { request, path }: Pick<PendingLogin, 'request' | 'path'>,
    notice?: LoginPage['notice'],
  ): Promise<LoginStep> {
    const binding = path === undefined ? 'browser' : 'reset_credentials';
    const flow = await this.flows.current(context.realm, client, binding);
    const rootSecret = context.rootSecret ?? newSecret();
    const visit: Visit = { context: { ...context, rootSecret }, client, path };
    const login: PendingLogin = {
      ...newLogin(context, request, rootSecret, this.clock.now()),
      ...(path === undefined ? {} : { path }),
    };
    const result = await this.flowPhase.run(flow, visit, login);
    await this.flowPhase.writeAttempts(visit, result);
    if (result.kind !== 'page') return this.flowPhase.goOn(visit, login, result);
    if (result.state.waits) {
      await this.flowPhase.goOn(visit, login, result);
      return this.afresh(visit, request, result.state.waits);
    }
    if (request.prompt.includes('none')) return { kind: 'application-error', request, error: 'login_required' };
    return this.pages.first(visit, { ...login, state: result.state }, notice);
  }

  /** While a login waits for a link, its browser is shown a new one. */
  private afresh({ context, client }: Visit, request: AuthorizationRequest, message: Message): Promise<LoginStep> {
    return this.begin(context, client, request, { kind: 'info', message });
  }

  /** A form posted to `login-actions/authenticate`. */
  async submit(context: BrowserContext, post: LoginPost): Promise<LoginStep> {
    const found = await this.locate(context, post);
    if ('kind' in found) return found;
    const { flow, visit, login } = found;
    if (login.state.waits) return this.afresh(visit, login.request, login.state.waits);
    return this.flowPhase.submit(flow, visit, login, post, (message) => this.afresh(visit, login.request, message));
  }

  /** A form posted to `login-actions/required-action` or `login-actions/consent`. */
  async submitAfterFlow(
    context: BrowserContext,
    post: LoginPost,
    phase: 'required-action' | 'consent',
  ): Promise<LoginStep> {
    const found = await this.openRow(context, post);
    if (!found) return this.lost.unknown(context, post);
    if ('kind' in found) return found;
    const { row, client } = found;
    const login = passedLogin(row);
    const expected = row.phase === phase && this.sessionCodes.matches(row, post.sessionCode ?? '');
    if (!login || !expected) return this.stale(found, context, post);
    if (phase === 'consent') return this.afterFlow.submitConsent(context, client, login, post.input);
    if (post.execution !== login.currentAction) return this.stale(found, context, post);
    return this.afterFlow.submitAction(context, client, login, post.input);
  }

  /** A page looked at again (a reload, the back button, the redirect after a form). Runs nothing. */
  async view(context: BrowserContext, address: LoginAddress): Promise<LoginStep> {
    const found = await this.openRow(context, address);
    if (!found) return this.begunAgainFromCookie(context, address);
    if ('kind' in found) return found;
    const { row, client } = found;
    const login = passedLogin(row);
    if (login && row.phase !== 'flow') return this.afterFlow.show(context, client, login);
    if (row.state?.waits) return this.afresh({ context, client }, row.request, row.state.waits);
    const other = address.execution !== undefined && address.execution !== row.state?.currentExecution;
    return other ? expired(client, row) : this.pages.current({ context, client }, row);
  }

  /** `login-actions/restart`: gives the login up and begins anew with the same request. */
  async restart(context: BrowserContext, address: LoginAddress): Promise<LoginStep> {
    const row = await this.findRow(context, address);
    if (!row || row.phase === 'done') return this.begunAgainFromCookie(context, address, 'restart');
    const client = await this.clients.byId(row.realmId, row.request.clientId);
    if (!client) return this.lost.over(context, client, row.request);
    await this.logins.close(context.realm, row);
    return this.begin(context, client, row.request);
  }

  /** The login that a posted form belongs to, if the form is the one that is expected now. */
  private async locate(context: BrowserContext, post: LoginPost): Promise<Located | LoginStep> {
    const found = await this.openRow(context, post);
    if (!found) return this.locateFirstPage(context, post);
    if ('kind' in found) return found;
    const { row, client } = found;
    if (!row.state) return this.lost.over(context, client, row.request);
    const visit: Visit = { context, client, path: row.path };
    const flow = await this.flows.pinned(context.realm.id, row.state.hash);
    if (!flow) return this.beginAgain(visit, row, 'loginFlowChanged');
    const expected = row.phase === 'flow' && this.sessionCodes.matches(row, post.sessionCode ?? '');
    if (!expected || !isCurrent(row.state, post)) return this.stale(found, context, post);
    return { visit, flow, login: { ...row, state: row.state } };
  }

  /** The first form of a login: its state is made anew, because the first page is a function of request and flow. */
  private async locateFirstPage(context: BrowserContext, post: LoginPost): Promise<Located | LoginStep> {
    const { realm, rootSecret = '', session } = context;
    const where = { realmId: realm.id, rootHash: hashSecret(rootSecret), tabId: post.tabId };
    const first = rootSecret === '' ? undefined : openFirstPage(this.sealer, post.sessionCode ?? '', where);
    const client = first && (await this.clients.byId(realm.id, first.request.clientId));
    if (!first || !client) return this.begunAgainFromCookie(context, post);
    if (post.clientId !== client.clientId) return this.lost.unknown(context, post);
    const { request } = first;
    const { path } = first;
    const visit: Visit = { context, client, path };
    if (!client.enabled) return this.flowPhase.clientDisabled(visit);
    if (session && session.session.id !== first.browserSessionId) return this.lost.over(context, client, request);
    const login: PendingLogin = {
      ...newLogin(context, request, rootSecret, this.clock.now(), first.tabId),
      touchedAt: first.issuedAt,
      ...(path === undefined ? {} : { path }),
    };
    if (this.logins.isExpired(realm, login)) return this.beginAgain(visit, login);
    const flow = await this.flows.pinned(realm.id, first.flowHash);
    if (!flow) return this.beginAgain(visit, login, 'loginFlowChanged');
    const { kind, state } = await this.flowPhase.run(flow, visit, login);
    const fits = kind === 'page' && isCurrent(state, post);
    return fits ? { visit, flow, login: { ...login, state } } : expired(client, { ...login, state });
  }

  /** The row of a login that still goes on, or what to answer when it does not; undefined when there is none. */
  private async openRow(
    context: BrowserContext,
    address: LoginAddress,
  ): Promise<{ readonly row: PendingLogin; readonly client: Client } | LoginStep | undefined> {
    const row = await this.findRow(context, address);
    if (!row) return undefined;
    const client = await this.clients.byId(row.realmId, row.request.clientId);
    if (client && address.clientId !== client.clientId) return this.lost.unknown(context, address);
    if (client && row.moved) return expired(client, row);
    if (!client || row.phase === 'done') return this.lost.over(context, client, row.request);
    if (!client.enabled) return this.flowPhase.clientDisabled({ context, client }, row.state);
    if (this.logins.isExpired(context.realm, row)) return this.beginAgain({ context, client }, row);
    return { row, client };
  }

  private async findRow(
    { realm, rootSecret }: BrowserContext,
    { tabId }: LoginAddress,
  ): Promise<PendingLogin | undefined> {
    if (rootSecret === undefined || tabId === '') return undefined;
    return this.logins.find(realm.id, hashSecret(rootSecret), tabId);
  }

  /** A form that is not the expected one: of the page on screen (sent twice, or from before a reload), or of another. */
  private async stale(
    { row, client }: { readonly row: PendingLogin; readonly client: Client },
    context: BrowserContext,
    post: LoginPost,
  ): Promise<LoginStep> {
    const login = passedLogin(row);
    if (row.phase === 'flow' && row.state && isCurrent(row.state, post)) {
      const notice = { kind: 'error', message: { key: 'expiredActionMessage' } } as const;
      return this.pages.current({ context, client }, row, notice);
    }
    const sameAction = row.phase !== 'flow' && post.execution === (row.currentAction ?? '');
    return login && sameAction ? this.afterFlow.show(context, client, login) : expired(client, row);
  }

  /** The person took too long (or the flow's version is gone): the same request, from the start. */
  private async beginAgain(visit: Visit, login: PendingLogin, key = 'loginTimeout'): Promise<LoginStep> {
    await this.logins.close(visit.context.realm, login);
    await this.flowPhase.writeTimeout(visit, login.state);
    return this.begin(visit.context, visit.client, login.request, { kind: 'error', message: { key } });
  }

  /** The login is not there, but the browser still holds the request it began with. */
  private async begunAgainFromCookie(
    context: BrowserContext,
    address: LoginAddress,
    why: 'lost' | 'restart' = 'lost',
  ): Promise<LoginStep> {
    const { restart, realm, session } = context;
    const request = restart === undefined ? undefined : openRestart(this.sealer, restart, realm.id);
    const client = request && (await this.clients.byId(realm.id, request.clientId));
    const meant = client && (address.clientId === undefined || address.clientId === client.clientId);
    if (session || !meant || !client.enabled) return this.lost.unknown(context, address);
    if (why === 'restart') return this.begin(context, client, request);
    await this.flowPhase.writeTimeout({ context, client }, undefined, { restart_after_timeout: 'true' });
    return this.begin(context, client, request, { kind: 'error', message: { key: 'loginTimeout' } });
  }

  /** The request of a login of which only the first page was shown: its link carries it sealed, else the browser's cookie does. */
  private sealedRequest(context: BrowserContext, address: LoginAddress): AuthorizationRequest | undefined {
    const { realm, rootSecret, restart } = context;
    const where = { realmId: realm.id, rootHash: hashSecret(rootSecret ?? ''), tabId: address.tabId };
    const first = rootSecret === undefined ? undefined : openFirstPage(this.sealer, address.sessionCode ?? '', where);
    if (first) return first.request;
    return address.tabId === '' || restart === undefined ? undefined : openRestart(this.sealer, restart, realm.id);
  }
}

/** True when a posted form belongs to the page on screen; the page that offers other ways takes any of its choices. */
const isCurrent = (state: FlowState, { execution }: LoginAddress): boolean => execution === state.currentExecution;
