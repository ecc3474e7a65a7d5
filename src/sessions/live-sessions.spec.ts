import { describe, expect, it } from 'vitest';
import { sampleClient, sampleRealm } from '../../test/support/fakes/sample-realm.js';
import { counted, sortByLife } from './live-sessions.js';
import type { ClientSession, SessionWithClients, UserSession } from './user-session.js';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const SHOP = 'shop';
const OTHER = 'other';

const realm = sampleRealm({ ssoSessionIdleTimeout: 30 * 60, ssoSessionMaxLifespan: 36_000 });
const client = sampleClient({ id: SHOP, attributes: { 'client.session.idle.timeout': '300' } });

/** A session of these clients, all last used that many minutes ago. */
function sessionOf(id: string, minutesAgo: number, ...clientIds: string[]): SessionWithClients {
  const where = { realmId: realm.id, userId: 'u', offline: false };
  const times = { startedAt: 50 * MINUTE, lastAccess: NOW - minutesAgo * MINUTE };
  const session: UserSession = {
    ...where,
    ...times,
    id,
    username: 'alice',
    rememberMe: false,
    ipAddress: '127.0.0.1',
    userAgent: '',
    authMethod: 'openid-connect',
    ownerVersion: 1,
    notes: {},
  };
  const part = (clientId: string): ClientSession => ({
    ...where,
    ...times,
    sessionId: id,
    clientId,
    scope: '',
    notes: {},
    refresh: {},
  });
  return { session, clients: clientIds.map(part) };
}

const shown = (open: readonly SessionWithClients[]) => {
  const { live, over, overParts } = sortByLife(open, realm, client, NOW);
  return {
    live: live.map(counted).map(({ id, clientIds }) => [id, ...clientIds]),
    over: over.map(({ session, cause }) => [session.id, cause]),
    overParts: overParts.map(({ sessionId, clientId }) => [sessionId, clientId]),
  };
};

describe('sessions that count', () => {
  it('are those whose time is not over', () => {
    expect(shown([sessionOf('fresh', 1, SHOP), sessionOf('idle', 30, SHOP), sessionOf('nearly', 29, OTHER)])).toEqual({
      live: [
        ['fresh', SHOP],
        ['nearly', OTHER],
      ],
      over: [['idle', 'idle']],
      overParts: [],
    });
  });

  it("do not count for the client where the client's own time is over; parts of other clients are not looked at", () => {
    expect(shown([sessionOf('long', 10, SHOP, OTHER)])).toEqual({
      live: [['long', OTHER]],
      over: [],
      overParts: [['long', SHOP]],
    });
  });
});
