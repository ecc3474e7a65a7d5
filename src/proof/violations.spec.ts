import { describe, expect, it } from 'vitest';
import type { RememberedSession } from './history.js';
import { highestCount, mostAtOnce, violationsOf, type RoundObservation } from './violations.js';

type Looked = RoundObservation & Required<Pick<RoundObservation, 'history'>>;

const open = (id: string, beganAt: number): RememberedSession => ({ id, beganAt });
const evicted = (id: string, beganAt: number, evictedBy: string, version: number): RememberedSession => ({
  id,
  beganAt,
  end: { reason: 'evicted', evictedBy, version },
});

/** Three logins at once under a cap of 1: the first is admitted, the others are denied. */
const denied: Looked = {
  cap: 1,
  behaviour: 'Deny new session',
  parallel: 3,
  admitted: [{ sessionId: 'a', refreshes: true }],
  denied: 2,
  others: [],
  lost: 0,
  watched: 1,
  history: [open('a', 1)],
  listed: ['a'],
  failures: 0,
};

/** Three logins at once under a cap of 1: each one ends the one before. */
const terminated: Looked = {
  ...denied,
  behaviour: 'Terminate oldest session',
  admitted: [
    { sessionId: 'a', refreshes: false },
    { sessionId: 'b', refreshes: false },
    { sessionId: 'c', refreshes: true },
  ],
  denied: 0,
  history: [evicted('a', 1, 'b', 2), evicted('b', 2, 'c', 3), open('c', 3)],
  listed: ['c'],
};

describe('what the proof calls a violation', () => {
  it.each([
    ['denies', denied],
    ['terminates', terminated],
  ])('nothing, when a cap that %s holds', (_, round) => {
    expect(violationsOf(round)).toEqual([]);
  });

  it.each<[string, RoundObservation, RegExp]>([
    [
      'two open sessions under a cap of 1',
      {
        ...denied,
        admitted: ['a', 'b'].map((sessionId) => ({ sessionId, refreshes: true })),
        denied: 1,
        history: [open('a', 1), open('b', 2)],
      },
      /2 sessions were open at once/,
    ],
    [
      'an excess that was only there for a moment',
      { ...terminated, history: [evicted('a', 1, 'c', 3), evicted('b', 2, 'c', 3), open('c', 3)] },
      /2 sessions were open at once/,
    ],
    [
      'two sessions under one version',
      { ...terminated, history: [evicted('a', 1, 'b', 2), evicted('b', 2, 'c', 3), open('c', 2)] },
      /one version of the owner row/,
    ],
    [
      'an end that is no eviction',
      {
        ...terminated,
        history: [
          { id: 'a', beganAt: 1, end: { reason: 'logout', evictedBy: null, version: null } },
          ...terminated.history.slice(1),
        ],
      },
      /for another reason: logout/,
    ],
    [
      'an eviction before the beginning',
      { ...terminated, history: [evicted('a', 1, 'b', 1), ...terminated.history.slice(1)] },
      /out of order/,
    ],
    [
      'an eviction by a session that never was',
      { ...terminated, history: [evicted('a', 1, 'x', 2), ...terminated.history.slice(1)] },
      /made room for nobody/,
    ],
    ['an answer that is neither', { ...denied, denied: 1, others: ['500 oops'] }, /neither .* 500 oops/],
    ['a lost answer', { ...denied, denied: 1 }, /not answered/],
    [
      'nobody admitted',
      { ...denied, admitted: [], denied: 3, history: [], listed: [] },
      /0 logins were admitted instead of 1/,
    ],
    [
      'one session for two logins',
      { ...terminated, admitted: terminated.admitted.map((login) => ({ ...login, sessionId: 'c' })) },
      /the same session/,
    ],
    [
      'a session nobody was told of',
      { ...terminated, admitted: terminated.admitted.slice(1), parallel: 2 },
      /remembers 3 sessions, 2/,
    ],
    [
      'an evicted session that refreshes',
      { ...terminated, admitted: terminated.admitted.map((login) => ({ ...login, refreshes: true })) },
      /has ended and still refreshes/,
    ],
    [
      'an open session that does not refresh',
      { ...denied, admitted: [{ sessionId: 'a', refreshes: false }] },
      /is open and does not refresh/,
    ],
    ['an acknowledged session that is gone', { ...denied, history: [], listed: [] }, /acknowledged and is lost/],
    ['a denial where the oldest has to go', { ...terminated, parallel: 4, denied: 1, lost: 1 }, /1 logins were denied/],
    ['an excess that the Admin API saw for a moment', { ...denied, watched: 2 }, /listed 2 sessions while logins ran/],
    ['an Admin API that lists too many', { ...denied, listed: ['a', 'b'] }, /lists 2 sessions instead of 1/],
    ['an Admin API that lists the wrong one', { ...terminated, listed: ['a'] }, /lists a session that has ended/],
    ['a denial that counts as a failed login', { ...denied, failures: 2 }, /2 denials were counted/],
  ])('%s', (_, round, expected) => {
    expect(violationsOf(round).join('\n')).toMatch(expected);
  });

  describe('from outside', () => {
    const { history: _ofDenied, ...deniedOutside } = denied;
    const { history: _ofTerminated, ...terminatedOutside } = terminated;

    it.each<[string, RoundObservation]>([
      ['denies', deniedOutside],
      ['terminates', terminatedOutside],
    ])('nothing, when a cap that %s holds', (_, round) => {
      expect(violationsOf(round)).toEqual([]);
    });

    it.each<[string, RoundObservation, RegExp]>([
      [
        'two sessions under a cap of 1',
        {
          ...deniedOutside,
          denied: 1,
          admitted: [
            { sessionId: 'a', refreshes: true },
            { sessionId: 'b', refreshes: true },
          ],
          listed: ['a', 'b'],
        },
        /2 logins were admitted instead of 1\n.*lists 2 sessions instead of 1/,
      ],
      [
        'a session nobody was told of',
        { ...deniedOutside, listed: ['x'] },
        /lists 1 sessions that no login was told of/,
      ],
      [
        'an evicted session that refreshes',
        { ...terminatedOutside, admitted: terminated.admitted.map((login) => ({ ...login, refreshes: true })) },
        /has ended and still refreshes/,
      ],
    ])('%s', (_, round, expected) => {
      expect(violationsOf(round).join('\n')).toMatch(expected);
    });
  });

  describe('where nodes die', () => {
    it('allows that an answer was lost, whether its session is there or not', () => {
      expect(violationsOf({ ...denied, admitted: [], lost: 1 })).toEqual([]);
      expect(violationsOf({ ...denied, denied: 1, lost: 1 })).toEqual([]);
      expect(
        violationsOf({ ...denied, admitted: [], denied: 0, lost: 3, history: [], listed: [], watched: 0 }),
      ).toEqual([]);
    });

    it('does not take an unknown refresh token for a broken one', () => {
      expect(violationsOf({ ...denied, admitted: [{ sessionId: 'a' }] })).toEqual([]);
    });

    it('does not allow more sessions than answers were lost', () => {
      const untold = { ...terminated, admitted: terminated.admitted.slice(2), lost: 1, parallel: 2 };
      expect(violationsOf(untold).join('\n')).toMatch(/remembers 3 sessions, 1 were handed out/);
    });
  });

  it('counts the most that anything shows', () => {
    expect(mostAtOnce(denied)).toBe(1);
    expect(mostAtOnce({ ...denied, watched: 5 })).toBe(5);
    expect(mostAtOnce({ ...denied, history: [open('a', 1), open('b', 2)] })).toBe(2);
  });

  it('expects no more sessions than there were logins', () => {
    expect(violationsOf({ ...denied, cap: 10, parallel: 1, denied: 0 })).toEqual([]);
  });
});

describe('the highest count of a history', () => {
  it('takes the evictions of a version before the session that begins with it', () => {
    expect(highestCount([evicted('a', 1, 'b', 2), open('b', 2)])).toBe(1);
  });

  it('does not subtract ends that no owner version orders', () => {
    const loggedOut: RememberedSession = {
      id: 'a',
      beganAt: 1,
      end: { reason: 'logout', evictedBy: null, version: null },
    };
    expect(highestCount([loggedOut, open('b', 2)])).toBe(2);
  });
});
