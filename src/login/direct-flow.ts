import type { RunResult } from '../engine/index.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserStore } from '../realm/user.js';
import type { RequiredActions } from '../required-actions/index.js';
import type { Clock } from '../shared/clock.js';
import type { DirectGrantResult } from './direct-grant-types.js';
import type { AttemptLimit } from './attempt-limit.js';
import { attemptCategory, type FlowAccess } from './flow-access.js';
import type { LoginJournal, LoginScene } from './login-journal.js';
import { pendingActions, scheduledActions } from './pending-actions.js';

/** Credentials of a person, all in one request. */
export interface DirectRequest {
  readonly realm: Realm;
  readonly client: Client;
  /** What the steps look for (username, password, totp, ...). In memory only. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly remoteAddress: string;
  /** How the request came, for its events. */
  readonly details: Readonly<Record<string, string>>;
  /** False when no session follows: the limiter is not asked then. */
  readonly opensSession?: false;
}

/** Somebody whom the flow let pass. */
export interface DirectProof {
  readonly kind: 'proved';
  readonly result: Extract<RunResult, { kind: 'passed' }>;
  readonly scene: LoginScene;
  /** Milliseconds at which the run began: later changes of the account win over it. */
  readonly provenAt: number;
}

type Refusal = Extract<DirectGrantResult, { kind: 'refused' }>;

/**
 * Runs the direct grant flow of the realm (or the client's own) in one request: the same runner as in a browser, where a page cannot be
 * shown and is a refusal (Keycloak engine reference, section 6). Attempts that failed are written and counted here.
 */
export class DirectFlow {
  constructor(
    private readonly flows: FlowAccess,
    private readonly users: UserStore,
    private readonly requiredActions: RequiredActions,
    private readonly journal: LoginJournal,
    private readonly attempts: AttemptLimit,
    private readonly clock: Clock,
  ) {}

  /** @throws TooManyRequestsError `too_many_attempts` */
  async prove(request: DirectRequest): Promise<DirectProof | Refusal> {
    const { realm, client, parameters, remoteAddress, opensSession } = request;
    this.attempts.check(realm.id, parameters['username']);
    const flow = await this.flows.current(realm, client, 'direct_grant');
    const provenAt = this.clock.now();
    const result = await this.flows.runner.begin(flow, {
      realmId: realm.id,
      clientId: client.id,
      parameters,
      remoteAddress,
      browserSession: undefined,
      channel: 'direct',
      ...(opensSession === false ? { opensSession } : {}),
    });
    const details = { ...result.state.details, ...request.details };
    const scene: LoginScene = { realm, client, remoteAddress, details };
    await this.journal.attemptsFailed(scene, result.attempts, attemptCategory);
    if (result.kind !== 'passed') return this.refuse(scene, result);

    const user = await this.users.byId(realm.id, result.userId);
    const scheduled = user
      ? await scheduledActions(this.requiredActions, realm, user, result.state.requiredActions)
      : [];
    if (user && pendingActions(realm, user, scheduled, 'any').length > 0) {
      await this.journal.error(scene, 'resolve_required_actions', user.id);
      return { kind: 'refused', code: 'required_actions', status: 400 };
    }
    return { kind: 'proved', result, scene, provenAt };
  }

  /** Everything that is not a pass. A refusal by a step was written as its attempt; an error of the flow itself is written here. */
  private async refuse(scene: LoginScene, result: Exclude<RunResult, { kind: 'passed' }>): Promise<Refusal> {
    if (result.kind === 'page') {
      await this.journal.failed(scene, 'credential_setup_required', result.state.userId);
      return { kind: 'refused', code: 'credential_setup_required', status: 400 };
    }
    if (result.attempts.length === 0) await this.journal.flowFailed(scene, result.code, result.state.userId);
    const message = result.message ? { message: result.message } : {};
    return { kind: 'refused', code: result.code, status: result.status, ...message };
  }
}
