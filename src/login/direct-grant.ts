import type { RunResult } from '../engine/index.js';
import type { UserService } from '../realm/user-service.js';
import type { UserStore } from '../realm/user.js';
import type { Clock } from '../shared/clock.js';
import type { CompleteLogin } from './complete-login.js';
import type { DirectGrantRequest, DirectGrantResult } from './direct-grant-types.js';
import { attemptCategory, type FlowAccess } from './flow-access.js';
import type { LoginJournal, LoginScene } from './login-journal.js';
import { pendingActions, scheduledActions } from './pending-actions.js';

/**
 * The password grant: the realm's (or the client's own) direct grant flow in one request. The same runner, the same lock and the
 * same limiter as in a browser; a page cannot be shown and is a refusal (Keycloak engine reference, section 6).
 */
export class DirectGrant {
  constructor(
    private readonly flows: FlowAccess,
    private readonly users: UserStore,
    private readonly userService: UserService,
    private readonly completion: CompleteLogin,
    private readonly journal: LoginJournal,
    private readonly clock: Clock,
  ) {}

  async run(request: DirectGrantRequest): Promise<DirectGrantResult> {
    const { realm, client, parameters, remoteAddress } = request;
    const flow = await this.flows.current(realm, client, 'direct_grant');
    const provenAt = this.clock.now();
    const result = await this.flows.runner.begin(flow, {
      realmId: realm.id,
      clientId: client.id,
      parameters,
      remoteAddress,
      browserSession: undefined,
      channel: 'direct',
    });
    const scene: LoginScene = {
      realm,
      client,
      remoteAddress,
      details: { ...result.state.details, auth_method: 'oauth_credentials', grant_type: 'password' },
    };
    await this.journal.attemptsFailed(scene, result.attempts, attemptCategory);
    if (result.kind !== 'passed') return this.refuse(scene, result);

    const user = await this.users.byId(realm.id, result.userId);
    const scheduled = user ? await scheduledActions(this.userService, realm, user, result.state.requiredActions) : [];
    if (user && pendingActions(realm, user, scheduled, 'any').length > 0) {
      await this.journal.error(scene, 'resolve_required_actions', user.id);
      return { kind: 'refused', code: 'required_actions', status: 400 };
    }
    // Asked before a session is opened: a grant that gives nothing must not cost anybody a session.
    if (request.mayBeOffline && !(await request.mayBeOffline(result.userId))) {
      await this.journal.error(scene, 'not_allowed', result.userId);
      return { kind: 'refused', code: 'offline_not_allowed', status: 400 };
    }
    return this.complete(request, result, scene, provenAt);
  }

  /** Everything that is not a pass. A refusal by a step was written as its attempt; an error of the flow itself is written here. */
  private async refuse(scene: LoginScene, result: Exclude<RunResult, { kind: 'passed' }>): Promise<DirectGrantResult> {
    if (result.kind === 'page') {
      await this.journal.failed(scene, 'credential_setup_required', result.state.userId);
      return { kind: 'refused', code: 'credential_setup_required', status: 400 };
    }
    if (result.attempts.length === 0) await this.journal.flowFailed(scene, result.code, result.state.userId);
    return {
      kind: 'refused',
      code: result.code,
      status: result.status,
      ...(result.message ? { message: result.message } : {}),
    };
  }

  private async complete(
    request: DirectGrantRequest,
    result: Extract<RunResult, { kind: 'passed' }>,
    scene: LoginScene,
    provenAt: number,
  ): Promise<DirectGrantResult> {
    const completed = await this.completion.complete(
      {
        scene,
        userId: result.userId,
        facts: result.facts,
        credentialTypes: result.state.credentialTypes,
        provenAt,
        offline: request.mayBeOffline !== undefined,
        session: {
          ipAddress: request.remoteAddress,
          userAgent: request.userAgent,
          authMethod: 'openid-connect',
          rememberMe: false,
          notes: {},
        },
        clientSession: { scope: request.scope, notes: { iss: request.issuer } },
      },
      { issue: () => Promise.resolve(undefined) },
    );
    switch (completed.kind) {
      case 'completed':
        return {
          kind: 'passed',
          user: completed.user,
          session: completed.admission.session,
          clientSession: completed.admission.clientSession,
        };
      case 'refused':
        return completed;
      case 'session-ended':
      case 'already-completed':
        throw new Error(`A direct grant has no session to renew and no page to repeat (${completed.kind})`);
    }
  }
}
