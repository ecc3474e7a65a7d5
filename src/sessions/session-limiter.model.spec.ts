import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SessionLimitPolicy } from './session-limit-policy.js';
import { decide, type AdmissionRequest, type CountedSession } from './session-limiter.js';

const NOW = 10;
const STAFF = 'group:/staff';

/** A session as a person would draw it: one box, with an online part, an offline part, or both. */
interface Box {
  readonly id: string;
  readonly lastAccess: number;
  readonly clientIds: readonly string[];
  readonly parts: 'online' | 'offline' | 'both';
}

const boxes = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...'abcdefgh'),
    lastAccess: fc.integer({ min: 0, max: NOW }),
    clientIds: fc.uniqueArray(fc.constantFrom('app', 'other'), { minLength: 1 }),
    parts: fc.constantFrom('online' as const, 'offline' as const, 'both' as const),
  }),
  { selector: ({ id }) => id },
);
const limit = fc.integer({ min: 0, max: 4 });
const policy: fc.Arbitrary<SessionLimitPolicy> = fc
  .record({
    realmMax: limit,
    clientMax: limit,
    whenFull: fc.constantFrom('deny' as const, 'evict-oldest' as const),
    idleAfter: fc.option(fc.integer({ min: 1, max: NOW }), { nil: undefined }),
    countOffline: fc.constantFrom(true as const, undefined),
    clientSeats: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    groupLimits: fc.option(fc.constant([{ who: STAFF, realmMax: 1 }]), { nil: undefined }),
  })
  .map(({ realmMax, clientMax, whenFull, ...own }) => ({
    executionId: 'e',
    realmMax,
    clientMax,
    whenFull,
    ...(Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as object),
  }));

const rows = ({ id, lastAccess, clientIds, parts }: Box): CountedSession[] => [
  ...(parts === 'offline' ? [] : [{ id, lastAccess, startedAt: 0, clientIds }]),
  ...(parts === 'online' ? [] : [{ id, lastAccess, startedAt: 0, clientIds, offline: true }]),
];

/** The rules, one after the other, on boxes: what is left in the end, or why not. */
function model(
  drawn: readonly Box[],
  { realmMax, clientMax, whenFull, idleAfter, countOffline, clientSeats, groupLimits }: SessionLimitPolicy,
  { renews, belongsTo = [], others }: AdmissionRequest,
): { readonly unused: readonly string[]; readonly outcome: 'seats' | 'client' | 'realm' | readonly string[] } {
  const isOnline = ({ parts }: Box): boolean => parts !== 'offline';
  const unused = drawn.filter(
    (box) => idleAfter !== undefined && isOnline(box) && box.id !== renews && NOW - box.lastAccess >= idleAfter,
  );
  // What loses its online part is an offline box, or none.
  const left = drawn.flatMap((box): Box[] => {
    if (!unused.includes(box)) return [box];
    return box.parts === 'both' ? [{ ...box, parts: 'offline' }] : [];
  });
  const counting = left.filter((box) => isOnline(box) || countOffline);
  const own = counting.find((box) => box.id === renews && isOnline(box));
  const end = (outcome: ReturnType<typeof model>['outcome']): ReturnType<typeof model> => ({
    unused: unused.map(({ id }) => id).sort(),
    outcome,
  });
  if (own?.clientIds.includes('app')) return end([]);
  const atClient = counting.filter(({ clientIds }) => clientIds.includes('app'));
  const taken = (countOffline ? others?.all : others?.online) ?? 0;
  if (clientSeats !== undefined && atClient.length === 0 && taken + 1 > clientSeats) return end('seats');
  const realm = groupLimits && belongsTo.includes(STAFF) ? 1 : realmMax;
  const queue = counting
    .filter((box) => box !== own)
    .sort((a, b) => a.lastAccess - b.lastAccess || (a.id < b.id ? -1 : 1));
  const gone: Box[] = [];
  const stays = (): Box[] => queue.filter((box) => !gone.includes(box));
  const staysAtClient = (): Box[] => stays().filter(({ clientIds }) => clientIds.includes('app'));
  while (clientMax > 0 && staysAtClient().length + 1 > clientMax) gone.push(staysAtClient()[0]!);
  if (gone.length > 0 && whenFull === 'deny') return end('client');
  while (!own && realm > 0 && stays().length + 1 > realm) gone.push(stays()[0]!);
  if (gone.length > 0 && whenFull === 'deny') return end('realm');
  return end(gone.map(({ id }) => id));
}

it('decide says what the rules say, one after the other', () => {
  const request = fc.record({
    renews: fc.constantFrom(undefined, ...'abc'),
    staff: fc.boolean(),
    online: fc.nat({ max: 3 }),
    offline: fc.nat({ max: 2 }),
  });
  fc.assert(
    fc.property(boxes, policy, request, (drawn, rule, { renews, staff, online, offline }) => {
      const asked: AdmissionRequest = {
        clientId: 'app',
        now: NOW,
        belongsTo: staff ? [STAFF] : [],
        others: { online, all: online + offline },
        ...(renews !== undefined && { renews }),
      };
      const admission = decide(asked, drawn.flatMap(rows), [rule]);
      const outcome =
        admission.kind === 'deny'
          ? admission.cap
          : admission.kind === 'evict'
            ? admission.evictions.map(({ id }) => id)
            : [];
      expect({ unused: [...(admission.unused ?? [])].sort(), outcome }).toEqual(model(drawn, rule, asked));
    }),
    { numRuns: 1000 },
  );
});
