import { describe, expect, it } from 'vitest';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { ClientSession, UserSession } from '../sessions/user-session.js';
import { accessTokenExpiry, refreshTokenExpiry } from './token-lifespan.js';

const NOW = 1_700_000_000;
const settings = {
  accessTokenLifespan: 300,
  ssoSessionIdleTimeout: 1800,
  ssoSessionMaxLifespan: 36_000,
  ssoSessionIdleTimeoutRememberMe: 0,
  ssoSessionMaxLifespanRememberMe: 0,
  offlineSessionIdleTimeout: 2_592_000,
  offlineSessionMaxLifespanEnabled: false,
  offlineSessionMaxLifespan: 5_184_000,
  clientSessionIdleTimeout: 0,
  clientSessionMaxLifespan: 0,
  clientOfflineSessionIdleTimeout: 0,
  clientOfflineSessionMaxLifespan: 0,
  rememberMe: false,
};
const realm = (more: Partial<Realm['settings']> = {}): Realm =>
  ({ id: 'r', settings: { ...settings, ...more } }) as Realm;
const client = (attributes: Record<string, string> = {}): Client => ({ id: 'c', attributes }) as unknown as Client;
const part = (age = 0, offline = false) => {
  const times = { offline, startedAt: (NOW - age) * 1000, lastAccess: NOW * 1000 };
  return { session: { ...times, rememberMe: false } as UserSession, clientSession: { ...times } as ClientSession };
};
const access = (r: Realm, c: Client, p?: ReturnType<typeof part>): number => accessTokenExpiry(r, c, p, NOW) - NOW;
const refresh = (r: Realm, c: Client, p: ReturnType<typeof part>): number | undefined => {
  const at = refreshTokenExpiry(r, c, p);
  return at === undefined ? undefined : at - NOW;
};

describe('accessTokenExpiry', () => {
  it('is the realm’s lifespan, or the client’s own', () => {
    expect(access(realm(), client(), part())).toBe(300);
    expect(access(realm(), client({ 'access.token.lifespan': '60' }), part())).toBe(60);
    expect(access(realm(), client({ 'access.token.lifespan': 'soon' }), part())).toBe(300);
    expect(access(realm(), client())).toBe(300);
  });

  it('never passes the end of the session', () => {
    expect(access(realm(), client(), part(35_900))).toBe(100);
    expect(access(realm({ ssoSessionMaxLifespan: 9 }), client(), part())).toBe(9);
    expect(access(realm(), client({ 'access.token.lifespan': '-1' }), part(100))).toBe(35_900);
    expect(access(realm(), client({ 'access.token.lifespan': '-1' }), part(0, true))).toBe(36_000);
  });

  it('may pass the time after which the session falls idle', () => {
    expect(access(realm(), client({ 'access.token.lifespan': '9000' }), part())).toBe(9000);
  });
});

describe('refreshTokenExpiry', () => {
  it('is the shortest of idle times and maxima', () => {
    expect(refresh(realm(), client(), part())).toBe(1800);
    expect(refresh(realm({ ssoSessionMaxLifespan: 9 }), client(), part())).toBe(9);
    expect(refresh(realm(), client({ 'client.session.idle.timeout': '600' }), part())).toBe(600);
    expect(refresh(realm(), client({ 'client.session.idle.timeout': '9999' }), part())).toBe(1800);
  });

  it('is open for offline tokens of a realm without a maximum', () => {
    expect(refresh(realm(), client(), part(0, true))).toBeUndefined();
    expect(refresh(realm({ offlineSessionMaxLifespanEnabled: true }), client(), part(0, true))).toBe(2_592_000);
  });
});
