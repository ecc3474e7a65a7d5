import type { AdminEventStore } from './events/admin-events.js';
import type { EventStore } from './events/auth-events.js';
import type { PendingLoginStore } from './login/pending-login.js';
import type { Realm, RealmStore } from './realm/realm.js';
import { isLive, userSessionLifetime, type Lifetime } from './sessions/session-lifetime.js';
import type { SessionEnds } from './sessions/session-ends.js';
import type { SessionStore, UserSession } from './sessions/user-session.js';
import type { Clock } from './shared/clock.js';
import type { UnitOfWork } from './shared/unit-of-work.js';
import type { AuthorizationCodeStore } from './tokens/authorization-code.js';
import type { RevokedTokenStore } from './tokens/revoked-token.js';
import type { SingleUseStore } from './tokens/single-use.js';

/** Rows taken in one transaction, so that logins never wait long for it. */
const BATCH = 500;
const BATCHES_PER_ROUND = 20;
/** The shortest idle time that is looked for: younger sessions are left for the next round. */
const SHORTEST_IDLE_MS = 60_000;
/** Codes stay for ten minutes after they expired, so that a replay is told from a code never seen. */
const KEEP_CODES_MS = 600_000;
/** Ended sessions are remembered for 30 days. */
const REMEMBER_MS = 30 * 24 * 3_600_000;

/** Clears away what is over: expired sessions are ended, old rows deleted. Correctness never waits for it; only space does. */
export class Housekeeping {
  /** Where the next round goes on (milliseconds of last use). */
  private sweptTo = 0;

  constructor(
    private readonly realms: RealmStore,
    private readonly sessions: SessionStore,
    private readonly ends: SessionEnds,
    private readonly codes: AuthorizationCodeStore,
    private readonly revoked: RevokedTokenStore,
    private readonly logins: PendingLoginStore,
    private readonly singleUse: SingleUseStore,
    private readonly events: EventStore,
    private readonly adminEvents: AdminEventStore,
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
    const realms = await this.realms.list();
    await this.endExpired(new Map(realms.map((realm) => [realm.id, realm])), now);
    for (const realm of realms) {
      const seconds = realm.settings.eventsExpiration;
      if (seconds > 0) await this.inBatches(() => this.events.expire(realm.id, now - seconds * 1000, BATCH));
      const adminSeconds = Number(realm.attributes['adminEventsExpiration']);
      if (adminSeconds > 0)
        await this.inBatches(() => this.adminEvents.expire(realm.id, now - adminSeconds * 1000, BATCH));
    }
  }

  /** Ends sessions whose time is over. A round goes on where the last one stopped, so that long-lived ones never stand in the way. */
  private async endExpired(realms: ReadonlyMap<string, Realm>, now: number): Promise<void> {
    for (let batch = 0; batch < BATCHES_PER_ROUND; batch++) {
      const candidates = await this.sessions.lastUsedBetween(this.sweptTo, now - SHORTEST_IDLE_MS, BATCH);
      const due = new Map<UserSession, Lifetime['cause']>();
      for (const { session } of candidates) {
        const realm = realms.get(session.realmId);
        const lifetime = realm && userSessionLifetime(session, realm);
        if (lifetime && !isLive(lifetime, now)) due.set(session, lifetime.cause);
      }
      if (due.size > 0) {
        await this.unitOfWork.run(() =>
          this.ends.end([...due.keys()], (session) => ({ reason: due.get(session) ?? 'idle', at: now })),
        );
      }
      const last = candidates.at(-1)?.session.lastAccess;
      if (candidates.length < BATCH || last === undefined) {
        this.sweptTo = 0;
        return;
      }
      this.sweptTo = last === this.sweptTo ? last + 1 : last;
    }
  }

  private async inBatches(once: () => Promise<number>): Promise<void> {
    for (let gone = BATCH; gone >= BATCH;) gone = await this.unitOfWork.run(once);
  }
}
