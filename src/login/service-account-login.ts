import type { AuthenticatorRegistry, Fact } from '../engine/index.js';
import { limitersOf } from '../authenticators/user-session-limits/flow-limiters.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { SESSION_LIMIT_FACT } from '../sessions/session-limit-policy.js';
import type { Json } from '../shared/json.js';
import type { Clock } from '../shared/clock.js';
import type { CompleteLogin } from './complete-login.js';
import type { DirectGrantResult } from './direct-grant-types.js';
import type { FlowAccess } from './flow-access.js';
import type { LoginJournal, LoginScene } from './login-journal.js';

/** A client that authenticated and wants a session of its own. */
export interface ServiceAccountRequest {
  readonly realm: Realm;
  readonly client: Client;
  /** Its service account. */
  readonly user: User;
  /** Resolved scope, space separated. */
  readonly scope: string;
  readonly offline: boolean;
  readonly notes: Readonly<Record<string, string>>;
  /** Issuer of the tokens it ends with. */
  readonly issuer: string;
  readonly remoteAddress: string;
  readonly userAgent: string;
}

/** How Keycloak names this way in, in the session. */
const AUTH_METHOD = 'client_auth';

/**
 * Opens sessions of service accounts, for clients that want refresh tokens. No flow runs, because there is nobody to ask; the limiters of the
 * direct grant flow hold all the same, so that this door is none around a cap. Offline sessions count under those alone that count them.
 */
export class ServiceAccountLogin {
  constructor(
    private readonly flows: FlowAccess,
    private readonly registry: AuthenticatorRegistry,
    private readonly completion: CompleteLogin,
    private readonly journal: LoginJournal,
    private readonly clock: Clock,
  ) {}

  /** Refusals are in the audit trail then; the event of success is the caller's, who knows the tokens. */
  async run(request: ServiceAccountRequest): Promise<DirectGrantResult> {
    const { user, offline, remoteAddress, userAgent, notes } = request;
    const scene = sceneOf(request);
    const provenAt = this.clock.now();
    const facts = await this.limits(request);
    if (!facts) {
      await this.journal.failed(scene, 'configuration_error', user.id);
      return {
        kind: 'refused',
        code: 'configuration_error',
        message: { key: 'sessionLimitMisconfigured' },
        status: 400,
      };
    }
    const completed = await this.completion.complete(
      {
        scene,
        userId: user.id,
        facts,
        credentialTypes: [],
        provenAt,
        offline,
        session: { ipAddress: remoteAddress, userAgent, authMethod: AUTH_METHOD, rememberMe: false, notes },
        clientSession: { scope: request.scope, notes: { iss: request.issuer } },
      },
      { issue: () => Promise.resolve(undefined) },
    );
    switch (completed.kind) {
      case 'completed': {
        const { session, clientSession } = completed.admission;
        return { kind: 'passed', user: completed.user, session, clientSession };
      }
      case 'refused':
        return completed;
      case 'session-ended':
      case 'already-completed':
        throw new Error(`A service account has no session to renew and no page to repeat (${completed.kind})`);
    }
  }

  /** Undefined when a limiter cannot be used: it then denies, as in a flow. */
  private async limits({ realm, client, offline }: ServiceAccountRequest): Promise<readonly Fact[] | undefined> {
    const limiters = limitersOf(await this.flows.current(realm, client, 'direct_grant'), this.registry);
    if (!offline && limiters.some((limiter) => 'problem' in limiter)) return undefined;
    return limiters
      .flatMap((limiter) => ('policy' in limiter ? limiter.policy : []))
      .filter(({ countOffline }) => !offline || countOffline)
      .map((policy) => ({
        executionId: policy.executionId,
        type: SESSION_LIMIT_FACT,
        value: policy as unknown as Json,
      }));
  }
}

const sceneOf = ({ realm, client, user, remoteAddress }: ServiceAccountRequest): LoginScene => ({
  realm,
  client,
  remoteAddress,
  details: { username: user.username, grant_type: 'client_credentials' },
  failure: 'CLIENT_LOGIN',
  reportsItself: true,
});
