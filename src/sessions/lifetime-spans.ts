import type { Client } from '../realm/client.js';
import type { SessionKind } from '../realm/lifetime-marks.js';
import type { Realm } from '../realm/realm.js';

/** How long something may go on, and which setting says so. */
export interface Span {
  readonly seconds: number;
  /** Name of a realm member, or of an attribute of the client. */
  readonly setting: string;
}

/** The two spans that bound a session, or a client's part of one. */
export interface Spans {
  /** Counted from the last use. */
  readonly idle: Span;
  /** Counted from the start; absent = for ever. */
  readonly max?: Span;
}

/** Attribute of a realm: seconds by which a session outlives its idle time. */
export const GRACE_ATTRIBUTE = 'session.idle.grace';
/** More would be an idle time of its own. */
export const LONGEST_GRACE = 3600;

const DEFAULTS = {
  ssoSessionIdleTimeout: 1800,
  ssoSessionMaxLifespan: 36_000,
  offlineSessionIdleTimeout: 2_592_000,
  offlineSessionMaxLifespan: 5_184_000,
} as const;

type RealmTime = Extract<keyof Realm['settings'], `${string}Timeout` | `${string}Lifespan` | `${string}RememberMe`>;

/**
 * Seconds of the realm's grace window; 0 unless its attribute says more. Keycloak has two minutes of it in a cluster that does not keep
 * its sessions in the database, and none where it does (engine reference 7.3).
 */
export function idleGrace(realm: Realm): number {
  const text = realm.attributes[GRACE_ATTRIBUTE] ?? '0';
  return isIdleGrace(text) ? Number(text) : 0;
}

/** Whether a text can be the attribute. */
export const isIdleGrace = (text: string): boolean => /^\d{1,4}$/.test(text) && Number(text) <= LONGEST_GRACE;

/** The spans of a user session. What is not positive falls back to the default; "remember me" takes the longer of two (7.3). */
export function userSpans(kind: SessionKind, realm: Realm): Spans {
  if (kind === 'offline') {
    const max = realm.settings.offlineSessionMaxLifespanEnabled && orDefault(realm, 'offlineSessionMaxLifespan');
    return { idle: orDefault(realm, 'offlineSessionIdleTimeout'), ...(max && { max }) };
  }
  const idle = orDefault(realm, 'ssoSessionIdleTimeout');
  const max = orDefault(realm, 'ssoSessionMaxLifespan');
  if (kind === 'online') return { idle, max };
  return {
    idle: longer(idle, ofRealm(realm, 'ssoSessionIdleTimeoutRememberMe')),
    max: longer(max, ofRealm(realm, 'ssoSessionMaxLifespanRememberMe')),
  };
}

/**
 * The spans of a client's part: the client's attribute, else the realm's setting for all clients, else the idle time of the user
 * session. A maximum of its own for offline parts holds for a client by itself, for the realm only where offline sessions have one (7.3).
 * @param client absent: a client that says nothing itself
 */
export function clientSpans(kind: SessionKind, client: Client | undefined, realm: Realm): Spans {
  if (kind === 'offline') {
    const max =
      ofClient(client, 'client.offline.session.max.lifespan') ??
      (realm.settings.offlineSessionMaxLifespanEnabled
        ? positive(ofRealm(realm, 'clientOfflineSessionMaxLifespan'))
        : undefined);
    const idle =
      ofClient(client, 'client.offline.session.idle.timeout') ??
      positive(ofRealm(realm, 'clientOfflineSessionIdleTimeout')) ??
      userSpans(kind, realm).idle;
    return { idle, ...(max && { max }) };
  }
  const max = ofClient(client, 'client.session.max.lifespan') ?? positive(ofRealm(realm, 'clientSessionMaxLifespan'));
  const idle =
    ofClient(client, 'client.session.idle.timeout') ??
    positive(ofRealm(realm, 'clientSessionIdleTimeout')) ??
    userSpans(kind, realm).idle;
  return { idle, ...(max && { max }) };
}

/** True when the client itself says how long its parts may be idle (or go on). */
export function saysItself(kind: SessionKind, client: Client, span: 'idle' | 'max'): boolean {
  const session = kind === 'offline' ? 'offline.session' : 'session';
  return ofClient(client, `client.${session}.${span === 'idle' ? 'idle.timeout' : 'max.lifespan'}`) !== undefined;
}

const ofRealm = (realm: Realm, setting: RealmTime): Span => ({ seconds: realm.settings[setting], setting });

const orDefault = (realm: Realm, setting: keyof typeof DEFAULTS): Span =>
  positive(ofRealm(realm, setting)) ?? { seconds: DEFAULTS[setting], setting };

/** Seconds of a client attribute; unparsable or not positive counts as absent (7.3). */
function ofClient(client: Client | undefined, setting: string): Span | undefined {
  const text = client?.attributes[setting];
  return text !== undefined && /^\d{1,10}$/.test(text) ? positive({ seconds: Number(text), setting }) : undefined;
}

const positive = (span: Span): Span | undefined => (span.seconds > 0 ? span : undefined);

const longer = (a: Span, b: Span): Span => (b.seconds > a.seconds ? b : a);
