import type { DeliveryStore } from './deliveries/delivery.js';
import type { AdminEventStore } from './events/admin-events.js';
import type { EventStore } from './events/auth-events.js';
import type { PendingLoginStore } from './login/pending-login.js';
import type { RealmStore } from './realm/realm.js';
import type { SessionLists } from './sessions/session-lists.js';
import type { SessionSweeper } from './sessions/session-sweeper.js';
import type { SessionStore } from './sessions/user-session.js';
import type { Clock } from './shared/clock.js';
import type { UnitOfWork } from './shared/unit-of-work.js';
import type { AuthorizationCodeStore } from './tokens/authorization-code.js';
import type { RevokedTokenStore } from './tokens/revoked-token.js';
import type { RealmKeyStore } from './tokens/signing-key.js';
import type { SingleUseStore } from './tokens/single-use.js';

/** Rows taken in one transaction, so that logins never wait long for it. */
const BATCH = 500;
/** Codes stay for ten minutes after they expired, so that a replay is told from a code never seen. */
const KEEP_CODES_MS = 600_000;
/** Ended sessions are remembered for 30 days. */
const REMEMBER_MS = 30 * 24 * 3_600_000;
/** What another server could not be told in a day is given up, and stays to be seen for a week. */
const GIVE_UP_DELIVERIES_MS = 24 * 3_600_000;
const KEEP_DELIVERIES_MS = 7 * 24 * 3_600_000;
const NOT_TRIED = 'those queued before it could not be delivered';

/** Clears away what is over: expired sessions are ended, old rows deleted. Correctness never waits for it; only space does. */
export class Housekeeping {
  constructor(
    private readonly realms: RealmStore,
    private readonly sessions: SessionStore,
    private readonly sessionSweeper: SessionSweeper,
    private readonly sessionLists: SessionLists,
    private readonly codes: AuthorizationCodeStore,
    private readonly revoked: RevokedTokenStore,
    private readonly logins: PendingLoginStore,
    private readonly singleUse: SingleUseStore,
    private readonly events: EventStore,
    private readonly adminEvents: AdminEventStore,
    private readonly deliveries: DeliveryStore,
    private readonly keys: RealmKeyStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** One round, in bounded batches. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.inBatches(() => this.codes.expire(now - KEEP_CODES_MS, BATCH));
    await this.inBatches(() => this.revoked.expire(now, BATCH));
    await this.inBatches(() => this.logins.expire(now, BATCH));
    await this.inBatches(() => this.singleUse.expire(now, BATCH));
    await this.inBatches(() => this.sessions.forget(now - REMEMBER_MS, BATCH));
    await this.inBatches(() => this.deliveries.giveUpOld(now - GIVE_UP_DELIVERIES_MS, now, NOT_TRIED, BATCH));
    await this.inBatches(() => this.deliveries.expire(now - KEEP_DELIVERIES_MS, BATCH));
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
