import type { Fact, FailureCode, Message } from '../engine/index.js';
import type { FlowStore } from '../flows/stored-flow.js';
import type { BruteForceGuard } from '../realm/brute-force-guard.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User } from '../realm/user.js';
import { admitSession, type AdmissionApplication, type AdmissionResult } from '../sessions/admit-session.js';
import type { LimitedSessionReader } from '../sessions/limited-sessions.js';
import { sessionLimitMessage } from '../sessions/session-limit-policy.js';
import type { SessionEnds } from '../sessions/session-ends.js';
import type { SessionStore } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { currentLimits } from './current-limits.js';
import type { LoginJournal, LoginScene } from './login-journal.js';
import { isOvertaken, type LoginRecords } from './login-records.js';

/** A login that has passed its flow and everything after it. */
export interface LoginToComplete {
  readonly scene: LoginScene;
  readonly userId: string;
  /** Facts the steps left; the limiter's policies are among them. */
  readonly facts: readonly Fact[];
  /** Types of the credentials proved in this login. */
  readonly credentialTypes: readonly string[];
  /** Milliseconds at which the person first proved a credential: later changes of the account win over the login. */
  readonly provenAt: number;
  readonly renews?: string;
  readonly mustRenew?: boolean;
  /** The caller can prove it again at once: that it was overtaken is then no failed login, and has no event. */
  readonly repeatable?: boolean;
  readonly offline: boolean;
  readonly session: AdmissionApplication['session'];
  readonly clientSession: AdmissionApplication['clientSession'];
}

export type CompletedLogin<T> =
  | {
      readonly kind: 'completed';
      readonly user: User;
      readonly admission: Extract<AdmissionResult, { kind: 'admitted' }>;
      /** What the caller's part of the transaction gave (an authorization code, ...). */
      readonly issued: T;
    }
  | {
      readonly kind: 'refused';
      readonly code: FailureCode;
      readonly message?: Message;
      readonly status: number;
      /** It was proved before somebody took the account, the client or the realm out of its reach: a proof of now may count. */
      readonly overtaken?: true;
    }
  /** The single sign-on session ended meanwhile: the person has to log in. */
  | { readonly kind: 'session-ended' }
  /** The login was completed before (the same page sent twice). */
  | { readonly kind: 'already-completed' };

/** What the caller does inside of the transaction. */
export interface CompletionPart<T> {
  /** Takes the login in progress out of the way; false when it is completed already. */
  claim?(): Promise<boolean>;
  /** Issues what the application gets. */
  issue(user: User, admission: Extract<AdmissionResult, { kind: 'admitted' }>): Promise<T>;
}

interface Current {
  readonly realm: Realm;
  readonly client: Client;
  readonly user: User;
}

type Refused = Extract<CompletedLogin<never>, { kind: 'refused' }>;

const refused = (code: FailureCode, key: string, status = 400): Refused => ({
  kind: 'refused',
  code,
  message: { key },
  status,
});

/**
 * The narrow waist: every login of every door ends here, in one transaction that begins by writing the user's owner row. Under that
 * lock everything that may have changed since the login began is read again, the limiter decides again, and the session is opened.
 */
export class CompleteLogin {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: LoginRecords,
    private readonly flows: FlowStore,
    private readonly sessions: SessionStore,
    private readonly limited: LimitedSessionReader,
    private readonly ends: SessionEnds,
    private readonly bruteForce: BruteForceGuard,
    private readonly journal: LoginJournal,
    private readonly clock: Clock,
  ) {}

  complete<T>(login: LoginToComplete, part: CompletionPart<T>): Promise<CompletedLogin<T>> {
    return this.unitOfWork.run(async () => {
      const {
        realm: { id: realmId },
      } = login.scene;
      const ownerVersion = await this.sessions.lockOwner(realmId, login.userId);
      const current = await this.readAgain(login);
      if ('kind' in current) return this.refuse(login, current);
      if (part.claim && !(await part.claim())) return { kind: 'already-completed' };
      const policies = await currentLimits(this.flows, realmId, login.facts);
      if (!policies) return this.refuse(login, refused('configuration_error', 'sessionLimitMisconfigured'));

      const admission = await admitSession(
        { sessions: this.sessions, limited: this.limited, ends: this.ends, clock: this.clock },
        {
          realm: current.realm,
          client: current.client,
          user: current.user,
          policies,
          offline: login.offline,
          session: login.session,
          clientSession: login.clientSession,
          ...(login.renews === undefined ? {} : { renews: login.renews }),
          ...(login.mustRenew === undefined ? {} : { mustRenew: login.mustRenew }),
        },
        ownerVersion,
      );
      if (admission.kind === 'session-ended') return admission;
      if (admission.kind === 'denied') {
        const message = sessionLimitMessage(admission.message, admission.cap);
        await this.journal.failed(login.scene, 'session_limit_exceeded', login.userId, {
          cap: admission.cap,
          limit: String(admission.limit),
        });
        return { kind: 'refused', code: 'session_limit_exceeded', message, status: 403 };
      }
      const issued = await part.issue(current.user, admission);
      await this.journal.succeeded(login.scene, admission.session, login.credentialTypes);
      return { kind: 'completed', user: current.user, admission, issued };
    });
  }

  private async refuse(login: LoginToComplete, refusal: Refused): Promise<Refused> {
    if (!(refusal.overtaken && login.repeatable)) await this.journal.failed(login.scene, refusal.code, login.userId);
    return refusal;
  }

  /** Realm, client and user as they are now, or why the login may not go on. */
  private async readAgain({ scene, userId, provenAt, credentialTypes }: LoginToComplete): Promise<Current | Refused> {
    const record = await this.records.of({ realmId: scene.realm.id, clientId: scene.client.id, userId });
    const { realm, client, user } = record;
    if (!realm?.settings.enabled || !client?.enabled) return refused('access_denied', 'loginNoLongerPossible');
    if (!user) return refused('unknown_user', 'invalidUserMessage');
    if (!user.enabled) return refused('user_disabled', 'accountDisabledMessage');
    // A right guess among many at once must not get through, nor may it clear their count.
    if (credentialTypes.length > 0 && (await this.bruteForce.status(realm, user)) !== 'open')
      return refused('user_temporarily_disabled', 'accountTemporarilyDisabledMessage');
    if (isOvertaken(record, provenAt)) return { ...refused('invalid_credentials', 'loginOvertaken'), overtaken: true };
    return { realm, client, user };
  }
}
