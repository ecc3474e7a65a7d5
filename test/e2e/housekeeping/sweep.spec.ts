import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Housekeeping } from '../../../src/background/housekeeping.js';
import type { UserSession } from '../../../src/sessions/user-session.js';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'swept', clientId: 'app', redirectUri: 'http://127.0.0.1:9/cb' };
const IDLE = 600;
const KEPT_MS = 30 * 24 * 3_600_000;

let server: RunningServer;

beforeAll(async () => {
  const settings = { ssoSessionIdleTimeout: IDLE, eventsExpiration: 3600 };
  server = await RunningServer.start({
    realms: [testRealm({ realm: 'swept', people: ['ann', 'ben'], apps: [APP], settings })],
  });
});

afterAll(() => server.close());

const sweep = (): Promise<void> => server.part(Housekeeping).sweep();
const history = (name: string): Promise<readonly UserSession[]> => server.history('swept', name);

describe('the sweep', () => {
  it('ends what is idle with its reason, leaves what is live, and forgets both after a month', async () => {
    await passwordGrant(server, APP, 'ann');
    server.clock.advance((IDLE - 60) * 1000);
    await passwordGrant(server, APP, 'ben');
    server.clock.advance(120_000);
    await sweep();
    expect((await history('ann')).map(({ end }) => end?.reason)).toEqual(['idle']);
    expect((await history('ben')).map(({ end }) => end)).toEqual([undefined]);
    expect(await server.events('swept')).not.toHaveLength(0);

    server.clock.advance(KEPT_MS + 60_000);
    await sweep();
    expect(await history('ann')).toEqual([]);
    expect((await history('ben')).map(({ end }) => end?.reason)).toEqual(['idle']);
    const { id } = await server.user('swept', 'ben');
    expect(await server.events('swept')).toMatchObject([
      { type: 'USER_SESSION_DELETED', userId: id, details: { reason: 'idle' } },
    ]);
  });
});
