import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { present } from '../representations/present.js';
import { deviceOf } from '../sessions/device.js';
import { userSessionLifetime } from '../sessions/session-lifetime.js';
import type { ClientSession, SessionWithClients } from '../sessions/user-session.js';
import type { JsonObject } from '../shared/json.js';
import type { ListedSessions } from './own-sessions.js';

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** What of a list of sessions differs from caller to caller. */
export interface Viewpoint {
  readonly realm: Realm;
  /** The session the caller is signed in with. */
  readonly currentId: string | undefined;
  /** How an application is called in front of people. */
  readonly nameOf: (client: Client) => string | undefined;
}

/** Sessions as consoles list them; times are seconds, and `expires` is what the realm's settings say at this moment. */
export const toSessionRepresentations = (listed: ListedSessions, view: Viewpoint): readonly JsonObject[] =>
  listed.sessions.map((session) => sessionRepresentation(session, listed, view));

/** Sessions by the device they seem to be on: one for each system and version, the current one first. */
export function toDeviceRepresentations(listed: ListedSessions, view: Viewpoint): readonly JsonObject[] {
  const devices = new Map<string, SessionWithClients[]>();
  for (const each of listed.sessions) {
    const { os, osVersion } = deviceOf(each.session.userAgent);
    const key = JSON.stringify([os, osVersion]);
    devices.set(key, [...(devices.get(key) ?? []), each]);
  }
  return [...devices.values()]
    .map((sessions) => deviceRepresentation(sessions, listed, view))
    .sort((a, b) => Number(b['current'] ?? false) - Number(a['current'] ?? false));
}

function deviceRepresentation(
  sessions: readonly SessionWithClients[],
  listed: ListedSessions,
  view: Viewpoint,
): JsonObject {
  const { device, browser, os, osVersion, mobile } = deviceOf(sessions[0]?.session.userAgent ?? '');
  return present({
    os,
    osVersion,
    browser,
    device,
    lastAccess: Math.max(...sessions.map(({ session }) => seconds(session.lastAccess))),
    current: sessions.some(({ session }) => session.id === view.currentId) || undefined,
    sessions: sessions.map((session) => sessionRepresentation(session, listed, view)),
    mobile,
  });
}

function sessionRepresentation(
  { session, clients }: SessionWithClients,
  listed: ListedSessions,
  { realm, currentId, nameOf }: Viewpoint,
): JsonObject {
  const application = ({ clientId }: ClientSession): JsonObject[] => {
    const client = listed.clients.get(clientId);
    if (!client) return [];
    const named = { clientId: client.clientId, clientName: nameOf(client) ?? '' };
    return [{ ...named, userConsentRequired: client.consentRequired, inUse: true, offlineAccess: session.offline }];
  };
  return present({
    id: session.id,
    ipAddress: session.ipAddress,
    started: seconds(session.startedAt),
    lastAccess: seconds(session.lastAccess),
    expires: seconds(userSessionLifetime(session, realm).expiresAt),
    clients: clients.flatMap(application),
    browser: deviceOf(session.userAgent).browser,
    current: session.id === currentId || undefined,
  });
}
