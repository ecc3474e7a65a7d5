import type { CompleteLogin } from './complete-login.js';
import type { DirectFlow, DirectProof } from './direct-flow.js';
import type { DirectGrantRequest, DirectGrantResult } from './direct-grant-types.js';
import type { LoginJournal } from './login-journal.js';

/** The password grant: the direct grant flow, then the same lock and the same limiter as in a browser. */
export class DirectGrant {
  constructor(
    private readonly flow: DirectFlow,
    private readonly completion: CompleteLogin,
    private readonly journal: LoginJournal,
  ) {}

  /**
   * Runs the flow and opens the session. A login that an administrator's logout (or a new password) overtook while it waited for its turn
   * is proved once more, as it is now: the credentials are at hand, and a right password must not be called a wrong one.
   */
  async run(request: DirectGrantRequest): Promise<DirectGrantResult> {
    const first = await this.attempt(request, true);
    return first.kind === 'refused' && first.overtaken ? this.attempt(request, false) : first;
  }

  private async attempt(request: DirectGrantRequest, repeatable: boolean): Promise<DirectGrantResult> {
    const details = { auth_method: 'oauth_credentials', grant_type: 'password' };
    const proof = await this.flow.prove({ ...request, details });
    if (proof.kind === 'refused') return proof;
    const { userId } = proof.result;
    // Asked before a session is opened: a grant that gives nothing must not cost anybody a session.
    if (request.mayBeOffline && !(await request.mayBeOffline(userId))) {
      await this.journal.error(proof.scene, 'not_allowed', userId);
      return { kind: 'refused', code: 'offline_not_allowed', status: 400 };
    }
    return this.complete(request, proof, repeatable);
  }

  private async complete(
    request: DirectGrantRequest,
    { result, scene, provenAt }: DirectProof,
    repeatable: boolean,
  ): Promise<DirectGrantResult> {
    const completed = await this.completion.complete(
      {
        scene,
        userId: result.userId,
        facts: result.facts,
        credentialTypes: result.state.credentialTypes,
        provenAt,
        repeatable,
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
