import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { newSessionId } from '../shared/secrets.js';
import type { Clock } from '../shared/clock.js';
import type { LimitedSessionReader, LimitedSessions } from './limited-sessions.js';
import { countsAs } from './live-sessions.js';
import type { Cap, SessionLimitPolicy } from './session-limit-policy.js';
import { decide, takes, type Eviction } from './session-limiter.js';
import type { EndedSession, SessionEnds } from './session-ends.js';
import type { ClientSession, SessionStore, SessionWithClients, UserSession } from './user-session.js';

/** A login that has passed its flow and asks for a session. */
export interface AdmissionApplication {
  readonly realm: Realm;
  readonly client: Client;
  readonly user: { readonly id: string; readonly username: string };
  /** The caps that hold for this login, in flow order. */
  readonly policies: readonly SessionLimitPolicy[];
  /** Session of this browser to renew or join; a new one is opened when it has ended or is another user's. */
  readonly renews?: string;
  /** The login rests on that session alone (single sign-on): when it has ended there is nothing to join. */
  readonly mustRenew?: boolean;
  readonly offline: boolean;
  readonly session: Pick<UserSession, 'ipAddress' | 'userAgent' | 'authMethod' | 'rememberMe' | 'notes'> &
    Partial<Pick<UserSession, 'authTime' | 'identityHash'>>;
  readonly clientSession: Pick<ClientSession, 'scope' | 'notes'> & Partial<Pick<ClientSession, 'redirectUri'>>;
}

/** What admission works with. */
export interface AdmissionPorts {
  readonly sessions: SessionStore;
  readonly limited: LimitedSessionReader;
  readonly ends: SessionEnds;
  readonly clock: Clock;
}

export type AdmissionResult =
  | {
      readonly kind: 'admitted';
      /** False when an existing session was renewed or joined. */
      readonly opened: boolean;
      readonly session: UserSession;
      readonly clientSession: ClientSession;
      readonly evicted: readonly EndedSession[];
      /** Sessions found to be over, or unused for too long, and ended, while counting. */
      readonly expired: readonly EndedSession[];
    }
  | { readonly kind: 'session-ended' }
  | { readonly kind: 'denied'; readonly cap: Cap; readonly limit: number; readonly message?: string };

/**
 * THE way to a new user session and to a new client session. Call it inside a unit of work whose first statement was
 * `SessionStore.lockOwner` (its version is passed in), so that no two logins of a user decide at the same time.
 *
 * Counts, decides again with the binding answer, evicts, and inserts or attaches, all in the caller's transaction. A session that
 * is not counted because its time is over is ended here, so that it can never be refreshed afterwards.
 */
export async function admitSession(
  ports: AdmissionPorts,
  application: AdmissionApplication,
  ownerVersion: number,
): Promise<AdmissionResult> {
  const { realm, client, user, policies } = application;
  const { sessions: store } = ports;
  // After the owner row and before any session is written, in every transaction: so nobody waits in a circle.
  if (policies.some(({ clientSeats = 0 }) => clientSeats > 0)) await store.lockSeats(realm.id, client.id);
  const now = ports.clock.now();
  const read = (): Promise<LimitedSessions> =>
    ports.limited.read({ realm, client, userId: user.id, policies, renews: application.renews, now });
  let limited = await read();
  const expired = await endOver(ports, application, limited, now);
  // Until nothing is over any more, or enough seats are free without it.
  while (limited.overOfOthers.isPart) {
    limited = await read();
    expired.push(...(await endOver(ports, application, limited, now)));
  }
  const { live } = limited.own;
  const renewed = application.offline
    ? undefined
    : live.find(({ session }) => session.id === application.renews && !session.offline);
  if (!renewed && application.mustRenew) return { kind: 'session-ended' };

  const { unused = [], ...admission } = decide(
    { clientId: client.id, ...limited.known, ...(renewed ? { renews: renewed.session.id } : {}) },
    limited.counted,
    policies,
  );
  expired.push(...(await endUnused(ports, application, live, unused, now)));
  if (admission.kind === 'deny') return { ...admission, kind: 'denied' };

  const renewal = renewed && (await renew(store, application, renewed, now));
  if (renewed && !renewal) return admitSession(ports, withoutRenewal(application), ownerVersion);

  const id = renewal?.session.id ?? newSessionId();
  const evictions = admission.kind === 'evict' ? admission.evictions : [];
  const evicted = await evict(ports, application, live, evictions, { evictedBy: id, ownerVersion, at: now });
  const admitted = renewal ?? (await openSession(store, application, id, ownerVersion, now));
  return { kind: 'admitted', opened: !renewal, ...admitted, evicted, expired };
}

/** The session to renew ended at this moment (ends need no owner row): the login counts as new. */
const withoutRenewal = ({ renews: _ended, ...application }: AdmissionApplication): AdmissionApplication => application;

/** What is over is ended, so that it can never be refreshed afterwards: the user's own, and what takes seats from others. */
async function endOver(
  { sessions: store, ends }: AdmissionPorts,
  { realm }: AdmissionApplication,
  { own, overOfOthers }: LimitedSessions,
  now: number,
): Promise<EndedSession[]> {
  const over = [...own.over, ...overOfOthers.over];
  const causes = new Map(over.map(({ session, cause }) => [session, cause]));
  const expired = await ends.end(
    over.map(({ session }) => session),
    (session) => ({ reason: causes.get(session) ?? 'idle', at: now }),
    { realm },
  );
  for (const { sessionId, offline, clientId } of [...own.overParts, ...overOfOthers.overParts]) {
    await store.deleteClientSession(realm.id, sessionId, offline, clientId);
  }
  return [...expired];
}

/** What nobody used for as long as a limiter says. */
function endUnused(
  { ends }: AdmissionPorts,
  { realm }: AdmissionApplication,
  live: readonly SessionWithClients[],
  unused: readonly string[],
  now: number,
): Promise<readonly EndedSession[]> {
  const sessions = live.map(({ session }) => session).filter(({ id, offline }) => !offline && unused.includes(id));
  return ends.end(sessions, () => ({ reason: 'idle', at: now }), { realm });
}

function evict(
  { ends }: AdmissionPorts,
  { realm, client, session }: AdmissionApplication,
  live: readonly SessionWithClients[],
  evictions: readonly Eviction[],
  by: { readonly evictedBy: string; readonly ownerVersion: number; readonly at: number },
): Promise<readonly EndedSession[]> {
  const evictionOf = (each: UserSession): Eviction | undefined =>
    evictions.find((eviction) => takes(eviction, { id: countsAs(each), offline: each.offline }));
  return ends.end(
    evictions.flatMap((eviction) => live.map((each) => each.session).filter((each) => evictionOf(each) === eviction)),
    (each) => {
      const { cap, limit } = evictionOf(each) ?? {};
      return { reason: 'evicted', ...by, ...(cap && { cap }), ...(limit !== undefined && { limit }) };
    },
    { realm, clientId: client.clientId, ipAddress: session.ipAddress },
  );
}

async function openSession(
  store: SessionStore,
  application: AdmissionApplication,
  id: string,
  ownerVersion: number,
  now: number,
): Promise<{ session: UserSession; clientSession: ClientSession }> {
  const session: UserSession = {
    ...application.session,
    id,
    realmId: application.realm.id,
    userId: application.user.id,
    username: application.user.username,
    offline: application.offline,
    startedAt: now,
    lastAccess: now,
    ownerVersion,
  };
  await store.insert(session);
  const clientSession = newClientSession(application, session, now);
  await store.insertClientSession(clientSession);
  return { session, clientSession };
}

/** Renews or joins a session; undefined when it has ended. */
async function renew(
  store: SessionStore,
  application: AdmissionApplication,
  existing: SessionWithClients,
  now: number,
): Promise<{ session: UserSession; clientSession: ClientSession } | undefined> {
  const { authTime, identityHash, rememberMe } = application.session;
  const session: UserSession = {
    ...existing.session,
    lastAccess: Math.max(now, existing.session.lastAccess),
    ...(authTime === undefined ? {} : { authTime, rememberMe }),
    ...(identityHash === undefined ? {} : { identityHash }),
  };
  if (!(await store.updateOpen(session))) return undefined;
  const before = existing.clients.find((part) => part.clientId === application.client.id);
  const clientSession = before
    ? {
        ...before,
        ...application.clientSession,
        notes: { ...before.notes, ...application.clientSession.notes },
        lastAccess: session.lastAccess,
      }
    : newClientSession(application, session, now);
  await (before ? store.updateClientSession(clientSession) : store.insertClientSession(clientSession));
  return { session, clientSession };
}

function newClientSession(application: AdmissionApplication, session: UserSession, now: number): ClientSession {
  return {
    ...application.clientSession,
    sessionId: session.id,
    realmId: session.realmId,
    userId: session.userId,
    clientId: application.client.id,
    offline: session.offline,
    startedAt: now,
    lastAccess: now,
    refresh: {},
  };
}
