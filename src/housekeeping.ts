import type { EventStore } from './events/auth-events.js';
import type { PendingLoginStore } from './login/pending-login.js';
import type { RealmStore } from './realm/realm.js';
import { isLive, userSessionLifetime } from './sessions/session-lifetime.js';
import type { SessionStore } from './sessions/user-session.js';
import type { Clock } from './shared/clock.js';
import type { UnitOfWork } from './shared/unit-of-work.js';
import type { AuthorizationCodeStore } from './tokens/authorization-code.js';
import type { RevokedTokenStore } from './tokens/revoked-token.js';

/** Rows taken in one transaction, so that logins never wait long for it. */
const BATCH = 500;
/** The shortest idle time that is looked for: younger sessions are left for the next round. */
const SHORTEST_IDLE_MS = 60_000;
/** Ended sessions are remembered for 30 days. */
const REMEMBER_MS = 30 * 24 * 3_600_000;

/** Clears away what is over: expired sessions are ended, old rows deleted. Correctness never waits for it; only space does. */
export class Housekeeping {
  constructor(
    private readonly realms: RealmStore,
    private readonly sessions: SessionStore,
    private readonly codes: AuthorizationCodeStore,
    private readonly revoked: RevokedTokenStore,
    private readonly logins: PendingLoginStore,
    private readonly events: EventStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** One round, in bounded batches. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.inBatches(() => this.codes.expire(now - 600_000, BATCH));
    await this.inBatches(() => this.revoked.expire(now, BATCH));
    await this.inBatches(() => this.logins.expire(now, BATCH));
    await this.inBatches(() => this.sessions.forget(now - REMEMBER_MS, BATCH));
    await this.endExpired(now);
    for (const realm of await this.realms.list()) {
      const seconds = realm.settings.eventsExpiration;
      if (seconds > 0) await this.inBatches(() => this.events.expire(realm.id, now - seconds * 1000, BATCH));
    }
  }

  /** Ends sessions whose time is over; a later round takes what one batch leaves. */
  private async endExpired(now: number): Promise<void> {
    const realms = new Map((await this.realms.list()).map((realm) => [realm.id, realm]));
    const candidates = await this.sessions.staleSince(now - SHORTEST_IDLE_MS, BATCH);
    await this.unitOfWork.run(async () => {
      for (const { session } of candidates) {
        const realm = realms.get(session.realmId);
        const lifetime = realm && userSessionLifetime(session, realm);
        if (!lifetime || isLive(lifetime, now)) continue;
        await this.sessions.end(session.realmId, session.id, session.offline, { reason: lifetime.cause, at: now });
      }
    });
  }

  private async inBatches(once: () => Promise<number>): Promise<void> {
    for (let gone = BATCH; gone >= BATCH;) gone = await this.unitOfWork.run(once);
  }
}
