import { CAME_OF_NOTE } from '../sessions/live-sessions.js';
import type { ClientSession, SessionStore, SessionWithClients, UserSession } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import { newSessionId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { SessionPart } from './token-lifespan.js';

/**
 * Offline twins of browser sessions: an application that asked for `offline_access` keeps its access when the browser signs out. The
 * twin has the id of its online session, and counts under no cap, as at the reference (keycloak-engine 7.4, section 9, PR #8136). Where a
 * limiter counts offline sessions, it counts together with its online session: so to open it takes no decision.
 */
export class OfflineSessions {
  constructor(
    private readonly store: SessionStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the twin, or joins the one that is open; under the owner row, so that two applications do not open two.
   * @returns undefined when the client's part of the online session is over by now: whoever ended it meant this application too
   */
  open(online: SessionPart): Promise<SessionPart | undefined> {
    const { realmId, id, userId } = online.session;
    return this.unitOfWork.run(async () => {
      const ownerVersion = await this.store.lockOwner(realmId, userId);
      const now = this.clock.now();
      // A write, so that who ends the session at this moment either comes first or finds the twin.
      if (!(await this.store.touch(realmId, id, false, online.clientSession.clientId, now))) return undefined;
      const found = await this.store.byId(realmId, id, true);
      const open = found?.session.end ? await this.laterTwin(online.session) : found;
      const session = open
        ? await this.join(open.session, now)
        : await this.insert(online.session, found ? newSessionId() : id, ownerVersion, now); // an ended id is never used again
      const before = open?.clients.find((each) => each.clientId === online.clientSession.clientId);
      const clientSession: ClientSession = {
        ...online.clientSession,
        sessionId: session.id,
        offline: true,
        startedAt: before?.startedAt ?? now,
        lastAccess: now,
        refresh: before?.refresh ?? {},
      };
      await (before ? this.store.updateClientSession(clientSession) : this.store.insertClientSession(clientSession));
      return { session, clientSession };
    });
  }

  private async insert(online: UserSession, id: string, ownerVersion: number, now: number): Promise<UserSession> {
    const { identityHash: _cookie, end: _end, ...rest } = online;
    const notes = id === online.id ? rest.notes : { ...rest.notes, [CAME_OF_NOTE]: online.id };
    const session: UserSession = { ...rest, id, notes, offline: true, startedAt: now, lastAccess: now, ownerVersion };
    await this.store.insert(session);
    return session;
  }

  /** The twin that was opened after another had ended. */
  private async laterTwin({ realmId, userId, id }: UserSession): Promise<SessionWithClients | undefined> {
    const offline = await this.store.openOfUser(realmId, userId, true);
    return offline.find(({ session }) => session.notes[CAME_OF_NOTE] === id);
  }

  private async join(existing: UserSession, now: number): Promise<UserSession> {
    await this.store.touch(existing.realmId, existing.id, true, undefined, now);
    return { ...existing, lastAccess: now };
  }
}
