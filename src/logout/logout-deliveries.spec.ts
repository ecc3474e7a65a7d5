import { describe, expect, it } from 'vitest';
import type { Client } from '../realm/client.js';
import type { EndedSession } from '../sessions/session-ends.js';
import type { SessionEnd } from '../sessions/user-session.js';
import { ADMIN_LOGOUT } from './admin-logout.js';
import { BACKCHANNEL_LOGOUT, logoutDeliveries } from './logout-deliveries.js';

const client = (id: string, more: Partial<Client> = {}): Client =>
  ({ id, clientId: id, enabled: true, attributes: {}, frontchannelLogout: false, ...more }) as Client;
const told = { 'backchannel.logout.url': 'https://app.test/logout' };

const CLIENTS = new Map(
  [
    client('app', { attributes: told }),
    client('off', { attributes: told, enabled: false }),
    client('front', { attributes: told, frontchannelLogout: true }),
    client('old', { adminUrl: 'https://old.test' }),
    client('silent'),
    client('relative', { attributes: { 'backchannel.logout.url': '/bye' }, rootUrl: 'https://r.test/' }),
    client('odd', { attributes: { 'backchannel.logout.url': 'file:///etc/passwd' } }),
  ].map((each) => [each.id, each]),
);

const ended = (id: string, clientIds: readonly string[], end: Partial<SessionEnd> = {}): EndedSession =>
  ({
    session: { id, realmId: 'r', userId: 'u', offline: false },
    clients: clientIds.map((clientId) => ({ clientId, notes: { iss: 'https://idp.test/realms/r' } })),
    end: { reason: 'admin', at: 1, ...end },
  }) as unknown as EndedSession;

describe('who is told that a session ended', () => {
  it('each client of the session that has an address for it, and no other', () => {
    const all = ended('s', [...CLIENTS.keys(), 'removed']);
    expect(logoutDeliveries([all], CLIENTS, {}).map(({ kind, receiver }) => [kind, receiver])).toEqual([
      [BACKCHANNEL_LOGOUT, 'app'],
      [ADMIN_LOGOUT, 'old'],
      [BACKCHANNEL_LOGOUT, 'relative'],
    ]);
  });

  it('with the session, the issuer of its tokens and the reason', () => {
    const evicted = ended('s', ['app'], { reason: 'evicted', cap: 'realm', limit: 2, evictedBy: 'secret' });
    expect(logoutDeliveries([evicted], CLIENTS, {})).toEqual([
      {
        realmId: 'r',
        kind: BACKCHANNEL_LOGOUT,
        receiver: 'app',
        userId: 'u',
        payload: {
          clientId: 'app',
          userId: 'u',
          sessionId: 's',
          issuer: 'https://idp.test/realms/r',
          end: { reason: 'evicted', cap: 'realm', limit: 2 },
        },
      },
    ]);
  });

  it('once for a user who is signed out everywhere, without naming a session', () => {
    const both = [ended('s1', ['app']), ended('s2', ['app'])];
    expect(logoutDeliveries(both, CLIENTS, {})).toHaveLength(2);
    const [only, ...others] = logoutDeliveries(both, CLIENTS, { everywhere: 'user' });
    expect(others).toEqual([]);
    expect(only?.payload).not.toHaveProperty('sessionId');
  });

  it('not at its admin URL when the whole realm ends, which is told there at once', () => {
    const old = [ended('s', ['old'])];
    expect(logoutDeliveries(old, CLIENTS, { everywhere: 'user' })).toHaveLength(1);
    expect(logoutDeliveries(old, CLIENTS, { everywhere: 'realm' })).toEqual([]);
  });
});
