import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { newSessionId } from '../shared/secrets.js';
import type { Clock } from '../shared/clock.js';
import { counted, sortByLife } from './live-sessions.js';
import { decide, type Eviction, type SessionLimitPolicy } from './session-limiter.js';
import type { ClientSession, SessionEnd, SessionStore, SessionWithClients, UserSession } from './user-session.js';

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

/** A session that ended to make room, with the end that was written to it. */
export interface EvictedSession {
  readonly session: UserSession;
  readonly clients: readonly ClientSession[];
  readonly end: SessionEnd;
}

export type AdmissionResult =
  | {
      readonly kind: 'admitted';
      /** False when an existing session was renewed or joined. */
      readonly opened: boolean;
      readonly session: UserSession;
      readonly clientSession: ClientSession;
      readonly evicted: readonly EvictedSession[];
      /** Sessions found to be over, and ended, while counting. */
      readonly expired: readonly EvictedSession[];
    }
  | { readonly kind: 'session-ended' }
  | { readonly kind: 'denied'; readonly cap: 'realm' | 'client'; readonly limit: number; readonly message?: string };

/**
 * THE way to a new user session and to a new client session. Call it inside a unit of work whose first statement was
 * `SessionStore.lockOwner` (its version is passed in), so that no two logins of a user decide at the same time.
 *
 * Counts, decides again with the binding answer, evicts, and inserts or attaches, all in the caller's transaction. A session that
 * is not counted because its time is over is ended here, so that it can never be refreshed afterwards.
 */
export async function admitSession(
  store: SessionStore,
  clock: Clock,
  application: AdmissionApplication,
  ownerVersion: number,
): Promise<AdmissionResult> {
  const { realm, client, user } = application;
  const now = clock.now();
  const { live, expired } = await sortOutExpired(
    store,
    application,
    await store.openOfUser(realm.id, user.id, false),
    now,
  );
  const renewed = application.offline ? undefined : live.find(({ session }) => session.id === application.renews);
  if (!renewed && application.mustRenew) return { kind: 'session-ended' };

  const admission = decide(
    { clientId: client.id, ...(renewed ? { renews: renewed.session.id } : {}) },
    live.map(counted),
    application.policies,
  );
  if (admission.kind === 'deny') return { ...admission, kind: 'denied' };

  const renewal = renewed && (await renew(store, application, renewed, now));
  if (renewed && !renewal) return admitSession(store, clock, withoutRenewal(application), ownerVersion);

  const id = renewal?.session.id ?? newSessionId();
  const evictions = admission.kind === 'evict' ? admission.evictions : [];
  const evicted = await evict(store, live, evictions, id, ownerVersion, now);
  const admitted = renewal ?? (await open(store, application, id, ownerVersion, now));
  return { kind: 'admitted', opened: !renewal, ...admitted, evicted, expired };
}

/** The session to renew ended at this moment (ends need no owner row): the login counts as new. */
const withoutRenewal = ({ renews: _ended, ...application }: AdmissionApplication): AdmissionApplication => application;

/** The sessions that count. What is over is ended, so that it can never be refreshed afterwards. */
async function sortOutExpired(
  store: SessionStore,
  { realm, client }: AdmissionApplication,
  open: readonly SessionWithClients[],
  now: number,
): Promise<{ live: readonly SessionWithClients[]; expired: EvictedSession[] }> {
  const { live, over, overParts } = sortByLife(open, realm, client, now);
  const expired: EvictedSession[] = [];
  for (const { session, clients, cause } of over) {
    const end: SessionEnd = { reason: cause, at: now };
    await store.end(realm.id, session.id, session.offline, end);
    expired.push({ session, clients, end });
  }
  for (const { sessionId, offline, clientId } of overParts) {
    await store.deleteClientSession(realm.id, sessionId, offline, clientId);
  }
  return { live, expired };
}

async function evict(
  store: SessionStore,
  live: readonly SessionWithClients[],
  evictions: readonly Eviction[],
  evictedBy: string,
  ownerVersion: number,
  now: number,
): Promise<EvictedSession[]> {
  const evicted: EvictedSession[] = [];
  for (const { id, cap, limit } of evictions) {
    const victim = live.find(({ session }) => session.id === id);
    if (!victim) continue;
    const end: SessionEnd = { reason: 'evicted', at: now, evictedBy, cap, limit, ownerVersion };
    if (await store.end(victim.session.realmId, id, false, end)) evicted.push({ ...victim, end });
  }
  return evicted;
}

async function open(
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
