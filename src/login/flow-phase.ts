import type { CompiledFlow, FlowState, Message, RunEnvironment, RunResult } from '../engine/index.js';
import { LINK_NOTE } from '../authenticators/reset-credential-email/reset-credential-email.authenticator.js';
import type { Clock } from '../shared/clock.js';
import { AppError } from '../shared/errors.js';
import type { AfterFlow } from './after-flow.js';
import type { AttemptLimit } from './attempt-limit.js';
import type { LoginPost, LoginStep } from './browser-login-types.js';
import { firstKnowledge } from './first-knowledge.js';
import { attemptCategory, type FlowAccess } from './flow-access.js';
import type { LoginJournal, LoginScene } from './login-journal.js';
import { expired, type LoginInFlow, type Visit } from './login-pages.js';
import type { LoginStore } from './login-store.js';
import type { PendingLogin } from './pending-login.js';
import { runEnvironment } from './run-environment.js';

/** Runs the flow of a browser login, from one page to the next or to its end, and writes down what happened. */
export class FlowPhase {
  constructor(
    private readonly flows: FlowAccess,
    private readonly logins: LoginStore,
    private readonly afterFlow: AfterFlow,
    private readonly journal: LoginJournal,
    private readonly attempts: AttemptLimit,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs a flow from its start to its first page or its end; nothing is stored or written.
   * @param linkUserId id of the user whose link was opened
   */
  run(flow: CompiledFlow, visit: Visit, login: PendingLogin, linkUserId?: string): Promise<RunResult> {
    const environment = this.environment(visit, login);
    if (linkUserId !== undefined) {
      const known = { userId: linkUserId, notes: { [LINK_NOTE]: linkUserId } };
      return this.flows.runner.begin(flow, environment, known);
    }
    return this.flows.runner.begin(flow, environment, firstKnowledge(flow, environment.browserSession));
  }

  /**
   * A posted form: the answer to the page, the wish for another way, or the choice of one.
   * @throws TooManyRequestsError `too_many_attempts`; the page stays good
   * @param meanwhile what to show while the login waits for a link
   */
  async submit(
    flow: CompiledFlow,
    visit: Visit,
    login: LoginInFlow,
    post: LoginPost,
    meanwhile: (message: Message) => Promise<LoginStep>,
  ): Promise<LoginStep> {
    const now = this.clock.now();
    try {
      const result = await this.answer(flow, visit, login, post);
      await this.writeAttempts(visit, result);
      const step = await this.goOn(visit, withProof(login, result.state, now), result);
      const { waits } = result.state;
      return waits && step.kind === 'next' ? await meanwhile(waits) : step;
    } catch (error) {
      if (!(error instanceof AppError) || !OUT_OF_STEP.has(error.code)) throw error;
      return expired(visit.client, login);
    }
  }

  /** The link that a login waits for was opened by its user: the step that sent it answers, and the flow goes on. */
  async takeUp(flow: CompiledFlow, visit: Visit, login: LoginInFlow, linkUserId: string): Promise<LoginStep> {
    const { state } = login;
    const known = { ...state, notes: { ...state.notes, [LINK_NOTE]: linkUserId } };
    const environment = this.environment(visit, login);
    const result = await this.flows.runner.submit(flow, known, environment, state.currentExecution ?? '', {});
    await this.writeAttempts(visit, result);
    return this.goOn(visit, login, result);
  }

  /** Stores the next page, or takes the login out of its flow. */
  async goOn(visit: Visit, login: PendingLogin, result: RunResult): Promise<LoginStep> {
    const { context, client } = visit;
    const { request, tabId } = login;
    switch (result.kind) {
      case 'page': {
        const next = { ...login, state: result.state };
        if (!(await this.logins.save(context.realm, next))) return expired(client, next);
        const execution = result.state.currentExecution ?? '';
        const rootSecret = context.rootSecret ?? '';
        const { path = 'authenticate' } = login;
        return { kind: 'next', request, client, tabId, path, execution, rootSecret };
      }
      case 'refused': {
        if (result.attempts.length === 0) {
          await this.journal.flowFailed(sceneOf(visit, result.state), result.code, result.state.userId);
        }
        if (login.state) await this.logins.close(context.realm, login);
        if (request.prompt.includes('none')) return { kind: 'application-error', request, error: 'login_required' };
        if (result.code === 'cancelled' && !login.link?.endsWithPage)
          return { kind: 'application-error', request, error: 'access_denied' };
        const message = result.message ?? messageOf(result.code);
        const { userId } = result.state;
        const user = userId === undefined ? {} : { userId };
        return { kind: 'refused', status: result.status, message, client, request, ...user };
      }
      case 'passed': {
        const state = { ...result.state, userId: result.userId };
        return this.afterFlow.advance(context, client, { ...login, state, provenAt: this.clock.now() });
      }
    }
  }

  /** Writes the failed attempts of a run to the audit trail. */
  writeAttempts(visit: Visit, { state, attempts }: RunResult): Promise<void> {
    return this.journal.attemptsFailed(sceneOf(visit, state), attempts, attemptCategory);
  }

  /** Writes that the person took too long. */
  writeTimeout(
    visit: Visit,
    state: FlowState | undefined,
    details: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    return this.journal.error(sceneOf(visit, state), 'expired_code', state?.userId, details);
  }

  /** The application was switched off while somebody was logging in to it. */
  async clientDisabled(visit: Visit, state?: FlowState): Promise<LoginStep> {
    await this.journal.error(sceneOf(visit, state), 'client_disabled', state?.userId);
    return { kind: 'refused', status: 400, message: { key: 'clientDisabledMessage' } };
  }

  private async answer(flow: CompiledFlow, visit: Visit, login: LoginInFlow, post: LoginPost): Promise<RunResult> {
    const { runner } = this.flows;
    const { state } = login;
    const { input, execution = '' } = post;
    const environment = this.environment(visit, login);
    if (input['tryAnotherWay'] !== undefined) return runner.chooser(flow, state, environment);
    const choice = input['authenticationExecution'];
    if (choice !== undefined) return runner.select(flow, state, environment, choice);
    // Where the user is known a form asks for no name; one that is sent all the same must not count in place of theirs.
    const known = state.userId === undefined ? [] : [state.userId, state.details['username']];
    this.attempts.check(environment.realmId, input['username'], ...known);
    return runner.submit(flow, state, environment, execution, input);
  }

  private environment(visit: Visit, login: PendingLogin): RunEnvironment {
    return runEnvironment(visit, login, this.clock.seconds());
  }
}

const sceneOf = ({ context, client, path }: Visit, state: FlowState | undefined): LoginScene => ({
  realm: context.realm,
  client,
  remoteAddress: context.remoteAddress,
  details: { ...state?.details, auth_method: 'openid-connect' },
  ...(path === undefined ? {} : { failure: 'RESET_PASSWORD' }),
});

/** Errors of the engine that say "this form does not fit where the login is". */
const OUT_OF_STEP: ReadonlySet<string> = new Set(['execution_not_allowed', 'state_invalid', 'flow_changed']);

/** Notes the first proof of a login. The time is that before the credential was looked at, so that no change slips between. */
const withProof = (login: PendingLogin, state: FlowState, time: number): PendingLogin =>
  login.provenSince !== undefined || state.credentialTypes.length === 0 ? login : { ...login, provenSince: time };

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
