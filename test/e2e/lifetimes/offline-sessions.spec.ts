import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fields, TokenReply } from '../../support/browser-session.js';
import { APP, OTHER, TimedRealm, claimsOf } from './timed-realm.js';

const DAY = 86_400;
const OFFLINE: Fields = { scope: 'openid offline_access' };
const NOT_ACTIVE = { status: 400, error: 'invalid_grant', error_description: 'Offline session not active' };

let realm: TimedRealm;

beforeAll(async () => {
  realm = await TimedRealm.start(['ann', 'ben', 'cleo', 'dan', 'eve', 'finn']);
});
beforeEach(() => realm.reset());
afterAll(() => realm.server.close());

/** Refreshes every so many days; gives what the last refresh gave. */
async function keepUsing(tokens: TokenReply, days: number, times: number, app = APP): Promise<TokenReply> {
  let last = tokens;
  for (let time = 0; time < times; time++) {
    realm.wait(days * DAY);
    last = await realm.refresh(last, app);
    if (last.status !== 200) return last;
  }
  return last;
}

describe('offline session idle (row 45)', () => {
  it('ends an offline session that is not used, and one that is used lives on for years', async () => {
    const tokens = await realm.login('ann', OFFLINE);
    expect(claimsOf(tokens.refresh_token)).not.toHaveProperty('exp');
    expect(tokens).toMatchObject({ refresh_expires_in: 0 });
    expect((await keepUsing(tokens, 29, 30)).status).toBe(200);
    realm.wait(31 * DAY);
    expect(await realm.refresh(tokens)).toMatchObject(NOT_ACTIVE);
    expect(await realm.ends('ann')).toEqual(['idle']);
  });
});

describe('offline session max (rows 46 and 47)', () => {
  it('ends an offline session only where the realm limits it', async () => {
    const unlimited = await realm.login('ben', OFFLINE);
    expect((await keepUsing(unlimited, 20, 5)).status).toBe(200);
    await realm.set({ offlineSessionMaxLifespanEnabled: true, offlineSessionMaxLifespan: 60 * DAY });
    expect(await realm.refresh(unlimited)).toMatchObject(NOT_ACTIVE);
    const limited = await realm.login('ben', OFFLINE);
    expect(limited).toMatchObject({ refresh_expires_in: 30 * DAY });
    const last = await keepUsing(limited, 20, 2);
    expect(last).toMatchObject({ status: 200, refresh_expires_in: 20 * DAY });
    realm.wait(21 * DAY);
    expect((await realm.refresh(last)).status).toBe(400);
    await realm.set({});
    expect(await realm.refresh(limited)).toMatchObject({ status: 400 });
  });
});

describe('client offline session idle (row 48)', () => {
  it('is that of the realm for all clients, or that of the client', async () => {
    await realm.set({ clientOfflineSessionIdleTimeout: 5 * DAY });
    await realm.setClient(OTHER, { 'client.offline.session.idle.timeout': String(10 * DAY) });
    const here = await realm.login('cleo', OFFLINE);
    const there = await realm.login('cleo', OFFLINE, OTHER);
    realm.wait(6 * DAY);
    expect(await realm.refresh(here)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect((await realm.refresh(there, OTHER)).status).toBe(200);
    realm.wait(11 * DAY);
    expect((await realm.refresh(there, OTHER)).status).toBe(400);
  });
});

describe('client offline session max (row 49)', () => {
  it('holds for all clients where the realm limits offline sessions', async () => {
    await realm.set({ clientOfflineSessionMaxLifespan: 5 * DAY });
    const free = await realm.login('dan', OFFLINE);
    expect((await keepUsing(free, 2, 3)).status).toBe(200);
    await realm.set({ clientOfflineSessionMaxLifespan: 5 * DAY, offlineSessionMaxLifespanEnabled: true });
    const bound = await realm.login('dan', OFFLINE);
    expect(bound).toMatchObject({ refresh_expires_in: 5 * DAY });
    expect((await keepUsing(bound, 2, 3)).status).toBe(400);
  });

  it('holds for a client by itself', async () => {
    await realm.setClient(APP, { 'client.offline.session.max.lifespan': String(5 * DAY) });
    expect((await keepUsing(await realm.login('eve', OFFLINE), 2, 3)).status).toBe(400);
    expect((await keepUsing(await realm.login('eve', OFFLINE, OTHER), 2, 3, OTHER)).status).toBe(200);
  });
});

describe('an offline session', () => {
  it('is bound by neither SSO session idle nor max (row 64)', async () => {
    const tokens = await realm.login('finn', OFFLINE);
    realm.wait(20 * DAY);
    expect((await realm.refresh(tokens)).status).toBe(200);
  });
});
