import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionLimitPolicy } from './session-limit-policy.js';
import { decide, type CountedSession } from './session-limiter.js';

const policy = (changes: Partial<SessionLimitPolicy> = {}): SessionLimitPolicy => ({
  executionId: 'limiter',
  realmMax: 0,
  clientMax: 0,
  whenFull: 'deny',
  ...changes,
});
const session = (id: string, lastAccess: number, ...clientIds: string[]): CountedSession => ({
  id,
  lastAccess,
  startedAt: 0,
  clientIds,
});
const evicted = (admission: ReturnType<typeof decide>): string[] =>
  admission.kind === 'evict' ? admission.evictions.map(({ id, cap }) => `${id}:${cap}`) : [];

const three = [session('b', 2, 'app'), session('a', 1, 'other'), session('c', 3, 'app')];

describe('decide', () => {
  it.each<[string, Partial<SessionLimitPolicy>, string, string]>([
    ['no limit admits', {}, 'app', 'admit'],
    ['room in the realm admits', { realmMax: 4 }, 'app', 'admit'],
    ['a full realm denies', { realmMax: 3 }, 'app', 'deny realm 3'],
    ['room at the client admits', { clientMax: 3 }, 'app', 'admit'],
    ['a full client denies', { clientMax: 2 }, 'app', 'deny client 2'],
    ['another client has room', { clientMax: 2 }, 'third', 'admit'],
    ['the client cap is told before the realm cap', { clientMax: 2, realmMax: 3 }, 'app', 'deny client 2'],
  ])('%s', (_title, changes, clientId, expected) => {
    const admission = decide({ clientId }, three, [policy(changes)]);
    expect(admission.kind === 'deny' ? `deny ${admission.cap} ${String(admission.limit)}` : admission.kind).toBe(
      expected,
    );
  });

  it.each<[string, Partial<SessionLimitPolicy>, string[]]>([
    ['the least recently used of the realm goes', { realmMax: 3 }, ['a:realm']],
    ['the least recently used of the client goes', { clientMax: 2 }, ['b:client']],
    [
      'client excess goes first, then the realm over what remains',
      { clientMax: 1, realmMax: 1 },
      ['b:client', 'c:client', 'a:realm'],
    ],
    ['a limit lowered later ends several', { realmMax: 1 }, ['a:realm', 'b:realm', 'c:realm']],
    [
      'a client limit above the realm limit leaves the choice to the realm',
      { clientMax: 10, realmMax: 3 },
      ['a:realm'],
    ],
  ])('%s', (_title, changes, expected) => {
    expect(evicted(decide({ clientId: 'app' }, three, [policy({ ...changes, whenFull: 'evict-oldest' })]))).toEqual(
      expected,
    );
  });

  it('renewing a session costs no slot, joining with a new client costs one of the client', () => {
    const full = policy({ realmMax: 3, clientMax: 1 });
    expect(decide({ clientId: 'app', renews: 'b' }, three, [full]).kind).toBe('admit');
    expect(decide({ clientId: 'other', renews: 'b' }, three, [full])).toMatchObject({ kind: 'deny', cap: 'client' });
    expect(decide({ clientId: 'third', renews: 'b' }, three, [full]).kind).toBe('admit');
  });

  it('never evicts the session that is renewed', () => {
    const admission = decide(
      { clientId: 'other', renews: 'a' },
      [session('a', 1, 'app'), session('b', 2, 'other')],
      [policy({ clientMax: 1, whenFull: 'evict-oldest' })],
    );
    expect(evicted(admission)).toEqual(['b:client']);
  });

  it('a session that has ended is not renewed: the login counts as new', () => {
    expect(decide({ clientId: 'app', renews: 'gone' }, three, [policy({ realmMax: 3 })]).kind).toBe('deny');
  });

  it('equal times are ordered by start, then by id', () => {
    const equal = [session('z', 1, 'app'), { ...session('y', 1, 'app'), startedAt: -1 }, session('x', 1, 'app')];
    const admission = decide({ clientId: 'app' }, equal, [policy({ realmMax: 1, whenFull: 'evict-oldest' })]);
    expect(evicted(admission)).toEqual(['y:realm', 'x:realm', 'z:realm']);
  });

  it('several policies: evictions add up over what remains, any deny denies', () => {
    const evict = policy({ realmMax: 3, whenFull: 'evict-oldest' });
    expect(
      evicted(decide({ clientId: 'app' }, three, [evict, policy({ clientMax: 2, whenFull: 'evict-oldest' })])),
    ).toEqual(['a:realm', 'b:client']);
    expect(decide({ clientId: 'app' }, three, [evict, policy({ clientMax: 2, message: 'no' })])).toMatchObject({
      kind: 'deny',
      message: 'no',
    });
  });

  const sessions = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      lastAccess: fc.integer({ min: 0, max: 5 }),
      startedAt: fc.integer({ min: 0, max: 5 }),
      clientIds: fc.uniqueArray(fc.constantFrom('app', 'other', 'third')),
    }),
    { selector: ({ id }) => id, maxLength: 12 },
  );
  const policies = fc.array(
    fc.record({
      executionId: fc.constant('limiter'),
      realmMax: fc.integer({ min: 0, max: 6 }),
      clientMax: fc.integer({ min: 0, max: 6 }),
      whenFull: fc.constantFrom('deny' as const, 'evict-oldest' as const),
    }),
    { maxLength: 3 },
  );

  it('after an admission no cap is exceeded, whatever there was before', () => {
    fc.assert(
      fc.property(sessions, policies, fc.option(fc.nat({ max: 11 }), { nil: undefined }), (live, rules, index) => {
        const renews = index === undefined ? undefined : live[index]?.id;
        const admission = decide({ clientId: 'app', ...(renews === undefined ? {} : { renews }) }, live, rules);
        if (admission.kind === 'deny') return;
        const gone = new Set(admission.kind === 'evict' ? admission.evictions.map(({ id }) => id) : []);
        expect(gone.has(renews ?? '')).toBe(false);
        const renewed = live.find(({ id }) => id === renews);
        const others = live.filter((each) => !gone.has(each.id) && each !== renewed);
        const opensClient = !renewed?.clientIds.includes('app');
        for (const { realmMax, clientMax } of rules) {
          if (realmMax > 0 && !renewed) expect(others.length + 1).toBeLessThanOrEqual(realmMax);
          if (clientMax > 0 && opensClient) {
            expect(others.filter(({ clientIds }) => clientIds.includes('app')).length + 1).toBeLessThanOrEqual(
              clientMax,
            );
          }
        }
      }),
    );
  });
});
