import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { ClientSession, UserSession } from './user-session.js';

/** When something ends, and which setting says so. */
export interface Lifetime {
  /** Milliseconds since the epoch. From this instant on it is over. */
  readonly expiresAt: number;
  readonly cause: 'idle' | 'max' | 'realm_policy';
  /** Name of the deciding setting: a realm member, or an attribute of the client. */
  readonly setting: string;
}

const DEFAULTS = {
  ssoSessionIdleTimeout: 1800,
  ssoSessionMaxLifespan: 36_000,
  offlineSessionIdleTimeout: 2_592_000,
  offlineSessionMaxLifespan: 5_184_000,
} as const;

interface Span {
  readonly seconds: number;
  readonly setting: string;
}

const realmSpan = (realm: Realm, setting: keyof typeof DEFAULTS): Span => {
  const seconds = realm.settings[setting];
  return { seconds: seconds > 0 ? seconds : DEFAULTS[setting], setting };
};

const longer = (a: Span, b: Span): Span => (b.seconds > a.seconds ? b : a);

/** Seconds of a client attribute; unparsable or not positive counts as absent (Keycloak engine reference 7.3). */
function attributeSpan(client: Client, name: string): Span | undefined {
  const text = client.attributes[name];
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const seconds = Number(text);
  return seconds > 0 ? { seconds, setting: name } : undefined;
}

const positive = (seconds: number, setting: string): Span | undefined =>
  seconds > 0 ? { seconds, setting } : undefined;

function earliest(candidates: readonly Lifetime[]): Lifetime {
  return candidates.reduce((first, next) => (next.expiresAt < first.expiresAt ? next : first));
}

/** Idle span of an online user session: with remember-me the longer of the two settings counts. */
function idleSpan(session: UserSession, realm: Realm): Span {
  const normal = realmSpan(realm, session.offline ? 'offlineSessionIdleTimeout' : 'ssoSessionIdleTimeout');
  if (session.offline || !session.rememberMe) return normal;
  return longer(normal, {
    seconds: realm.settings.ssoSessionIdleTimeoutRememberMe,
    setting: 'ssoSessionIdleTimeoutRememberMe',
  });
}

function maxSpan(session: UserSession, realm: Realm): Span | undefined {
  if (session.offline) {
    return realm.settings.offlineSessionMaxLifespanEnabled ? realmSpan(realm, 'offlineSessionMaxLifespan') : undefined;
  }
  const normal = realmSpan(realm, 'ssoSessionMaxLifespan');
  if (!session.rememberMe) return normal;
  return longer(normal, {
    seconds: realm.settings.ssoSessionMaxLifespanRememberMe,
    setting: 'ssoSessionMaxLifespanRememberMe',
  });
}

const at = (start: number, span: Span, cause: Lifetime['cause']): Lifetime => ({
  expiresAt: start + span.seconds * 1000,
  cause,
  setting: span.setting,
});

/**
 * When a user session ends if nothing more happens, and which setting decides it. Pure; the limiter, refresh, single sign-on,
 * introspection, session lists and the sweeper all ask here (Keycloak engine reference 7.3).
 */
export function userSessionLifetime(session: UserSession, realm: Realm): Lifetime {
  if (session.rememberMe && !session.offline && !realm.settings.rememberMe) {
    return { expiresAt: session.startedAt, cause: 'realm_policy', setting: 'rememberMe' };
  }
  const max = maxSpan(session, realm);
  return earliest([
    ...(max ? [at(session.startedAt, max, 'max')] : []),
    at(session.lastAccess, idleSpan(session, realm), 'idle'),
  ]);
}

function clientIdleSpan(session: UserSession, client: Client, realm: Realm): Span {
  const s = realm.settings;
  return session.offline
    ? (attributeSpan(client, 'client.offline.session.idle.timeout') ??
        positive(s.clientOfflineSessionIdleTimeout, 'clientOfflineSessionIdleTimeout') ??
        idleSpan(session, realm))
    : (attributeSpan(client, 'client.session.idle.timeout') ??
        positive(s.clientSessionIdleTimeout, 'clientSessionIdleTimeout') ??
        idleSpan(session, realm));
}

function clientMaxSpan(session: UserSession, client: Client, realm: Realm): Span | undefined {
  const s = realm.settings;
  return session.offline
    ? (attributeSpan(client, 'client.offline.session.max.lifespan') ??
        (s.offlineSessionMaxLifespanEnabled
          ? positive(s.clientOfflineSessionMaxLifespan, 'clientOfflineSessionMaxLifespan')
          : undefined))
    : (attributeSpan(client, 'client.session.max.lifespan') ??
        positive(s.clientSessionMaxLifespan, 'clientSessionMaxLifespan'));
}

/** When the part of a session that belongs to one client ends; never later than the user session's own maximum. */
export function clientSessionLifetime(
  clientSession: ClientSession,
  session: UserSession,
  client: Client,
  realm: Realm,
): Lifetime {
  const own = clientMaxSpan(session, client, realm);
  const outer = maxSpan(session, realm);
  const user = userSessionLifetime(session, realm);
  return earliest([
    ...(user.cause === 'realm_policy' ? [user] : []),
    ...(outer ? [at(session.startedAt, outer, 'max')] : []),
    ...(own ? [at(clientSession.startedAt, own, 'max')] : []),
    at(clientSession.lastAccess, clientIdleSpan(session, client, realm), 'idle'),
  ]);
}

/** True while the instant `now` (ms) lies before the end. */
export const isLive = (lifetime: Lifetime, now: number): boolean => now < lifetime.expiresAt;
