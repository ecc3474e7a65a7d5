import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleClient, sampleRealm } from '../../test/support/fakes/sample-realm.js';
import type { RealmSettings } from '../realm/realm.js';
import { clientSessionLifetime, userSessionLifetime } from './session-lifetime.js';
import type { ClientSession, UserSession } from './user-session.js';

const realmWith = (changes: Partial<RealmSettings>) => {
  const realm = sampleRealm();
  return {
    ...realm,
    settings: { ...realm.settings, ssoSessionIdleTimeout: 1800, ssoSessionMaxLifespan: 36_000, ...changes },
  };
};
const clientWith = (attributes: Record<string, string>) => ({ ...sampleClient(), attributes });

const session = (changes: Partial<UserSession> = {}): UserSession => ({
  id: 's',
  realmId: 'r',
  userId: 'u',
  username: 'alice',
  offline: false,
  rememberMe: false,
  ipAddress: '127.0.0.1',
  userAgent: '',
  authMethod: 'openid-connect',
  startedAt: 0,
  lastAccess: 0,
  ownerVersion: 1,
  notes: {},
  ...changes,
});
const part = (changes: Partial<ClientSession> = {}): ClientSession => ({
  sessionId: 's',
  realmId: 'r',
  userId: 'u',
  clientId: 'c',
  offline: false,
  startedAt: 0,
  lastAccess: 0,
  scope: '',
  notes: {},
  refresh: {},
  ...changes,
});

describe('userSessionLifetime', () => {
  it.each<[string, Partial<UserSession>, Partial<RealmSettings>, number, string]>([
    ['idle counts from the last use', { lastAccess: 1000 }, {}, 1_801_000, 'ssoSessionIdleTimeout'],
    ['max counts from the start', { lastAccess: 35_000_000 }, {}, 36_000_000, 'ssoSessionMaxLifespan'],
    ['zero falls back to the default', {}, { ssoSessionIdleTimeout: 0 }, 1_800_000, 'ssoSessionIdleTimeout'],
    [
      'remember me takes the longer idle time',
      { rememberMe: true },
      { rememberMe: true, ssoSessionIdleTimeoutRememberMe: 5000 },
      5_000_000,
      'ssoSessionIdleTimeoutRememberMe',
    ],
    [
      'a shorter remember-me time changes nothing',
      { rememberMe: true },
      { rememberMe: true, ssoSessionIdleTimeoutRememberMe: 5 },
      1_800_000,
      'ssoSessionIdleTimeout',
    ],
    ['remember me switched off ends it', { rememberMe: true, startedAt: 7 }, { rememberMe: false }, 7, 'rememberMe'],
    [
      'an offline session has its own idle time',
      { offline: true },
      { offlineSessionIdleTimeout: 60 },
      60_000,
      'offlineSessionIdleTimeout',
    ],
    [
      'an offline session has a maximum only when that is on',
      { offline: true, lastAccess: 9e12 },
      { offlineSessionMaxLifespanEnabled: true, offlineSessionMaxLifespan: 10 },
      10_000,
      'offlineSessionMaxLifespan',
    ],
  ])('%s', (_title, changes, settings, expiresAt, setting) => {
    expect(userSessionLifetime(session(changes), realmWith(settings))).toMatchObject({ expiresAt, setting });
  });
});

describe('clientSessionLifetime', () => {
  it.each<[string, Record<string, string>, Partial<RealmSettings>, number, string]>([
    ['falls back to the session', {}, {}, 1_800_000, 'ssoSessionIdleTimeout'],
    [
      'the realm may say otherwise for all clients',
      {},
      { clientSessionIdleTimeout: 60 },
      60_000,
      'clientSessionIdleTimeout',
    ],
    [
      'the client wins',
      { 'client.session.idle.timeout': '30' },
      { clientSessionIdleTimeout: 60 },
      30_000,
      'client.session.idle.timeout',
    ],
    ['what is no number is ignored', { 'client.session.idle.timeout': 'soon' }, {}, 1_800_000, 'ssoSessionIdleTimeout'],
    ['a client maximum', { 'client.session.max.lifespan': '10' }, {}, 10_000, 'client.session.max.lifespan'],
  ])('%s', (_title, attributes, settings, expiresAt, setting) => {
    expect(clientSessionLifetime(part(), session(), clientWith(attributes), realmWith(settings))).toMatchObject({
      expiresAt,
      setting,
    });
  });

  it('never outlives the maximum of the user session', () => {
    const seconds = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(seconds, seconds, seconds, seconds, seconds, (max, clientMax, clientIdle, lastAccess, began) => {
        const realm = realmWith({
          ssoSessionMaxLifespan: max,
          clientSessionMaxLifespan: clientMax,
          clientSessionIdleTimeout: clientIdle,
        });
        const owner = session();
        const lifetime = clientSessionLifetime(
          part({ lastAccess: lastAccess * 1000, startedAt: began * 1000 }),
          owner,
          clientWith({}),
          realm,
        );
        expect(lifetime.expiresAt).toBeLessThanOrEqual((max > 0 ? max : 36_000) * 1000);
      }),
    );
  });
});
