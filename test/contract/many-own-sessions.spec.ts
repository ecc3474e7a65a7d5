import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createStoresOn } from '../../src/persistence/stores.js';
import { counted } from '../../src/sessions/live-sessions.js';
import { OwnSessionReader, READ_WHOLE, type OwnSessions } from '../../src/sessions/own-sessions.js';
import { sessionCutoffs } from '../../src/sessions/session-cutoffs.js';
import type { SessionLimitPolicy } from '../../src/sessions/session-limit-policy.js';
import { decide, type Admission } from '../../src/sessions/session-limiter.js';
import { describeOnEachDatabase, withStatistics } from '../support/databases.js';
import { ExplainingDatabase } from '../support/explaining-database.js';
import { sampleRealm } from '../support/fakes/sample-realm.js';
import { freshId, sampleClient, sampleClientSession, sampleSession } from './samples.js';

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;
const REALM = {
  ...sampleRealm({ ssoSessionIdleTimeout: 1800, ssoSessionMaxLifespan: 7200, rememberMe: true }),
  id: 'realm-m',
};
/** Its parts go sooner than their sessions. */
const CLIENT = sampleClient(REALM.id, { attributes: { 'client.session.idle.timeout': '600' } });
const OTHER = sampleClient(REALM.id);

const aSession = fc.record({
  usedMinutesAgo: fc.integer({ min: 0, max: 40 }),
  lastedMinutes: fc.integer({ min: 0, max: 130 }),
  rememberMe: fc.boolean(),
  parts: fc.subarray([CLIENT.id, OTHER.id]),
});
const aPolicy = fc.record({
  realmMax: fc.constantFrom(0, 0, 1, 3, 12, 24, 60, 90),
  clientMax: fc.constantFrom(0, 0, 1, 3, 12, 40, 90),
  clientSeats: fc.constantFrom(0, 0, 0, 0, 5),
  whenFull: fc.constantFrom('deny' as const, 'evict-oldest' as const),
});
const aLogin = fc.record({
  sessions: fc.array(aSession, { minLength: READ_WHOLE + 1, maxLength: READ_WHOLE + 30 }),
  policies: fc.array(aPolicy, { minLength: 1, maxLength: 2 }),
  renews: fc.option(fc.nat(), { nil: undefined }),
});
type Login = typeof aLogin extends fc.Arbitrary<infer T> ? T : never;

/** Whether no cap is reached even if everything counts that is open; seats are a matter of what is not over. */
function hasRoom({ sessions, policies }: Login): boolean {
  const atClient = sessions.filter(({ parts }) => parts.includes(CLIENT.id)).length;
  const fits = (count: number, max: number): boolean => max === 0 || count < max;
  return policies.every(
    ({ realmMax, clientMax, clientSeats }) =>
      clientSeats === 0 && fits(sessions.length, realmMax) && fits(atClient, clientMax),
  );
}

const policiesOf = ({ policies }: Login): readonly SessionLimitPolicy[] =>
  policies.map((policy, index) => ({ executionId: String(index), ...policy }));

describeOnEachDatabase('The sessions of somebody who has many', (database) => {
  async function store({ sessions }: Login): Promise<{ userId: string; ids: readonly string[] }> {
    const userId = freshId('user');
    const { unitOfWork, sessions: stored } = database();
    const ids = await unitOfWork.run(async () => {
      const made: string[] = [];
      for (const { usedMinutesAgo, lastedMinutes, rememberMe, parts } of sessions) {
        const lastAccess = NOW - usedMinutesAgo * MINUTE;
        const times = { lastAccess, startedAt: lastAccess - lastedMinutes * MINUTE };
        const session = sampleSession(REALM.id, userId, { ...times, rememberMe });
        await stored.insert(session);
        for (const clientId of parts) await stored.insertClientSession(sampleClientSession(session, clientId, times));
        made.push(session.id);
      }
      return made;
    });
    return { userId, ids };
  }

  it('are counted by the database, and the decision is the one that all of them would lead to', async () => {
    let evictions = 0;
    let withRoom = 0;
    await fc.assert(
      fc.asyncProperty(aLogin, async (login) => {
        const { userId, ids } = await store(login);
        const reader = new OwnSessionReader(database().sessions);
        const policies = policiesOf(login);
        const renews = login.renews === undefined ? undefined : ids[login.renews % ids.length];
        const request = { realm: REALM, client: CLIENT, userId, policies, now: NOW, renews };
        const decided = ({ live, further }: OwnSessions): Admission =>
          decide(
            {
              clientId: CLIENT.id,
              others: { online: 5, all: 5 },
              ...(renews !== undefined && { renews }),
              ...(further && { further }),
            },
            live.map(counted),
            policies,
          );
        const [all, some] = [await reader.all(request), await reader.toDecide(request, [])];
        const admission = decided(all);
        expect(decided(some)).toEqual(admission);
        if (admission.kind === 'evict') evictions += 1;
        // Where there is room for all that is open, what is over is left alone.
        if (hasRoom(login)) {
          withRoom += 1;
          expect(admission.kind).toBe('admit');
          expect(some.over.map(({ session }) => session.id).filter((id) => id !== renews)).toEqual([]);
          return;
        }
        // Else it is known, too: it is ended with the login.
        const idsOf = ({ over }: OwnSessions): string[] => over.map(({ session }) => session.id).sort();
        expect(idsOf(some)).toEqual(idsOf(all));
        const asksOfClient = policies.some(({ clientMax, clientSeats = 0 }) => clientMax > 0 || clientSeats > 0);
        const partsOf = ({ overParts }: OwnSessions): string[] => overParts.map(({ sessionId }) => sessionId).sort();
        if (asksOfClient) expect(partsOf(some)).toEqual(partsOf(all));
        // The session that is renewed comes whole, without the part that is over.
        const renewed = ({ live }: OwnSessions) => live.find(({ session }) => session.id === renews);
        expect(renewed(some)).toEqual(renewed(all));
      }),
      { numRuns: 80 },
    );
    expect(evictions).toBeGreaterThan(5);
    expect(withRoom).toBeGreaterThan(5);
  });

  it('are read by their user, and few rows of them', async () => {
    const userId = freshId('user');
    const one = { usedMinutesAgo: 1, lastedMinutes: 1, rememberMe: false, parts: [CLIENT.id] };
    const sessions = Array.from({ length: 900 }, () => one);
    const policies = [{ executionId: 'e', realmMax: 300, clientMax: 0, whenFull: 'evict-oldest' as const }];
    const stored = await store({ sessions, policies: [], renews: undefined });
    const ended = { at: NOW, reason: 'user' as const };
    const { unitOfWork, sessions: ending } = database();
    await unitOfWork.run(() => ending.endAll(REALM.id, false, stored.ids.slice(300), ended));
    const { dataSource } = database();
    await withStatistics(dataSource);
    const explaining = new ExplainingDatabase(dataSource);
    const stores = createStoresOn(explaining, () => undefined);
    const reader = new OwnSessionReader(stores.sessions);
    const request = { realm: REALM, client: CLIENT, userId: stored.userId, policies, now: NOW };
    const { live, further } = await reader.toDecide(request, []);
    expect([live.length, further]).toEqual([2, { realm: 298, client: 0 }]);
    const plans = explaining.plans.map((plan) => plan.join('\n'));
    expect(plans.length).toBeGreaterThanOrEqual(4);
    // PostgreSQL may think little of the difference while the tables are small.
    for (const plan of plans) expect(plan).toMatch(/user_session_(?:open|history)/);
    // With room for all of them two numbers of indexes are read besides the first ones, and no table.
    explaining.plans.length = 0;
    const roomy = [{ executionId: 'e', realmMax: 1000, clientMax: 1000, whenFull: 'deny' as const }];
    expect(await reader.toDecide({ ...request, policies: roomy }, [])).toEqual({
      live: [],
      over: [],
      overParts: [],
      further: { realm: 300, client: 300 },
    });
    const counting = explaining.plans.slice(1).map((plan) => plan.join('\n'));
    expect(counting).toHaveLength(2);
    expect(counting[0]).toMatch(/(?:COVERING INDEX|Index Only Scan using) user_session_open/);
    expect(counting[1]).toMatch(/(?:COVERING INDEX|Index Only Scan using) client_session_user/);
    // So is a page of them, in the order of the index.
    explaining.plans.length = 0;
    const owner = { realmId: REALM.id, userId: stored.userId };
    const cutoffs = sessionCutoffs(REALM, NOW, false);
    expect(await stores.sessionLists.ofUser(owner, cutoffs, { first: 200, max: 20 }, 'another')).toHaveLength(20);
    expect(explaining.plans[0]?.join('\n')).toMatch(/user_session_open/);
    expect(explaining.plans[0]?.join('\n')).not.toMatch(/ORDER BY|Sort/);
    expect(await stores.sessionLists.clientsOfUser(owner, false, cutoffs)).toEqual([CLIENT.id]);
    expect(await reader.toDecide({ ...request, userId }, [])).toEqual({ live: [], over: [], overParts: [] });
  });
});
