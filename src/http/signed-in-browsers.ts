import type { Message } from '../engine/index.js';
import type { Realm } from '../realm/realm.js';
import type { UserStore } from '../realm/user.js';
import type { SessionService } from '../sessions/session-service.js';
import type { SessionWithClients, UserSession } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import { hashSecret } from '../shared/secrets.js';
import { COOKIES, type RealmCookies } from './cookies.js';
import { sessionEndMessage } from './session-end-message.js';

/** Whether a browser is signed in. */
export interface SignedIn {
  /** The live single sign-on session. */
  readonly session?: SessionWithClients;
  /** Why it is not any more: for the next page of this browser. */
  readonly whySignedOut?: Message | undefined;
}

/** Reads the identity cookie. Its secret proves that the browser is the one the session belonged to. */
export class SignedInBrowsers {
  constructor(
    private readonly sessions: SessionService,
    private readonly users: UserStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The live session of the identity cookie. A cookie that stands for none is expired on the spot; one of a session that has ended
   * stays until a page has said why.
   */
  async read(realm: Realm, cookies: RealmCookies): Promise<SignedIn> {
    const secret = cookies.get(COOKIES.identity);
    if (secret === undefined) return {};
    const found = await this.sessions.byIdentity(realm, hashSecret(secret));
    const session = found && (await this.stillValid(realm, found));
    if (session && !session.session.end) return { session };
    cookies.clear(COOKIES.session);
    if (session?.session.end) return { whySignedOut: await this.why(session.session) };
    cookies.clear(COOKIES.identity);
    return {};
  }

  /** The session as it is after a look at its user: one of a user who is switched off, or from before a not-before, ends here. */
  private async stillValid(realm: Realm, found: SessionWithClients): Promise<SessionWithClients | undefined> {
    const { session } = found;
    if (session.end) return found;
    const user = await this.users.byId(realm.id, session.userId);
    if (!user) return undefined;
    const isOld = (session.authTime ?? 0) < Math.max(realm.settings.notBefore, user.notBefore);
    const reason = user.enabled ? (isOld ? 'revoked' : undefined) : 'user_disabled';
    if (reason === undefined) return found;
    await this.sessions.end(session, reason, { realm });
    return { clients: [], session: { ...session, end: { reason, at: this.clock.now() } } };
  }

  private async why(session: UserSession): Promise<Message | undefined> {
    if (!session.end) return undefined;
    const { evictedBy } = session.end;
    const evictor = evictedBy === undefined ? undefined : await this.sessions.byId(session.realmId, evictedBy);
    return sessionEndMessage(session.end, evictor, this.clock.now());
  }
}
