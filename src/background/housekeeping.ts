import type { DeliveryStore } from '../deliveries/delivery.js';
import type { AdminEventStore } from '../events/admin-events.js';
import type { EventStore } from '../events/auth-events.js';
import type { PendingLoginStore } from '../login/pending-login.js';
import type { LoginFailureStore } from '../realm/login-failures.js';
import type { RealmStore } from '../realm/realm.js';
import type { SessionLists } from '../sessions/session-lists.js';
import type { SessionSweeper } from '../sessions/session-sweeper.js';
import type { SessionStore } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AuthorizationCodeStore } from '../tokens/authorization-code.js';
import type { PushedRequestStore } from '../tokens/pushed-request.js';
import type { RevokedTokenStore } from '../tokens/revoked-token.js';
import type { RealmKeyStore } from '../tokens/signing-key.js';
import type { SingleUseStore } from '../tokens/single-use.js';

/** Rows taken in one transaction, so that logins never wait long for it. */
const BATCH = 500;
/** Codes stay for ten minutes after they expired, so that a replay is told from a code never seen. */
const KEEP_CODES_MS = 600_000;
const DAY_MS = 24 * 3_600_000;
/** What another server could not be told in a day is given up. */
const GIVE_UP_DELIVERIES_MS = DAY_MS;
const NOT_TRIED = 'those queued before it could not be delivered';

/** Clears away what is over: expired sessions are ended, old rows deleted. Correctness never waits for it; only space does. */
export class Housekeeping {
  /**
   * @param retentionDays how long what is over is remembered: ended sessions with their addresses and devices, addresses in events and
   * of failed logins, deliveries that were given up
   */
  constructor(
    private readonly realms: RealmStore,
    private readonly sessions: SessionStore,
    private readonly sessionSweeper: SessionSweeper,
    private readonly sessionLists: SessionLists,
    private readonly codes: AuthorizationCodeStore,
    private readonly revoked: RevokedTokenStore,
    private readonly logins: PendingLoginStore,
    private readonly singleUse: SingleUseStore,
    private readonly pushedRequests: PushedRequestStore,
    private readonly loginFailures: LoginFailureStore,
    private readonly events: EventStore,
    private readonly adminEvents: AdminEventStore,
    private readonly deliveries: DeliveryStore,
    private readonly keys: RealmKeyStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly retentionDays: number,
  ) {}

  /** One round, in bounded batches. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const forgetBefore = now - this.retentionDays * DAY_MS;
    await this.inBatches(() => this.codes.expire(now - KEEP_CODES_MS, BATCH));
    await this.inBatches(() => this.revoked.expire(now, BATCH));
    await this.inBatches(() => this.logins.expire(now, BATCH));
    await this.inBatches(() => this.singleUse.expire(now, BATCH));
    await this.inBatches(() => this.pushedRequests.expire(now, BATCH));
    await this.inBatches(() => this.sessions.forget(forgetBefore, BATCH));
    for (const addressed of [this.events, this.adminEvents, this.loginFailures])
      await this.inBatches(() => addressed.forgetAddresses(forgetBefore, BATCH));
    await this.inBatches(() => this.deliveries.giveUpOld(now - GIVE_UP_DELIVERIES_MS, now, NOT_TRIED, BATCH));
    await this.inBatches(() => this.deliveries.expire(forgetBefore, BATCH));
    await this.unitOfWork.run(() => this.keys.deleteRetired(now));
    const realms = await this.realms.list();
    await this.sessionSweeper.sweep(realms);
    await this.inBatches(() => this.sessionLists.foldCounts());
    for (const realm of realms) {
      const seconds = realm.settings.eventsExpiration;
      if (seconds > 0) await this.inBatches(() => this.events.expire(realm.id, now - seconds * 1000, BATCH));
      const adminSeconds = Number(realm.attributes['adminEventsExpiration']);
      if (adminSeconds > 0)
        await this.inBatches(() => this.adminEvents.expire(realm.id, now - adminSeconds * 1000, BATCH));
    }
  }

  private async inBatches(once: () => Promise<number>): Promise<void> {
    for (let gone = BATCH; gone >= BATCH;) gone = await this.unitOfWork.run(once);
  }
}
