import { describe, expect, it } from 'vitest';
import type { RealmRepresentation } from './realm-representation.js';
import { sessionProblems } from './session-problems.js';

/** A realm with Keycloak's defaults, but for some. */
const realm = (changes: Partial<RealmRepresentation>): RealmRepresentation =>
  ({
    ssoSessionIdleTimeout: 1800,
    ssoSessionMaxLifespan: 36_000,
    ssoSessionIdleTimeoutRememberMe: 0,
    ssoSessionMaxLifespanRememberMe: 0,
    clientSessionIdleTimeout: 0,
    clientSessionMaxLifespan: 0,
    offlineSessionIdleTimeout: 2_592_000,
    offlineSessionMaxLifespanEnabled: false,
    offlineSessionMaxLifespan: 5_184_000,
    clientOfflineSessionIdleTimeout: 0,
    clientOfflineSessionMaxLifespan: 0,
    accessCodeLifespanLogin: 1800,
    accessCodeLifespanUserAction: 300,
    ...changes,
  }) as RealmRepresentation;

describe('problems between the times of sessions', () => {
  it('are none with the defaults', () => {
    expect(sessionProblems(realm({}))).toEqual({});
  });

  it.each([
    [
      { ssoSessionIdleTimeout: 40_000 },
      { ssoSessionIdleTimeout: 'idleBeyondMax', ssoSessionIdleTimeoutRememberMe: 'idleBeyondMax' },
    ],
    [{ ssoSessionIdleTimeoutRememberMe: 86_400 }, { ssoSessionIdleTimeoutRememberMe: 'idleBeyondMax' }],
    [{ ssoSessionIdleTimeoutRememberMe: 86_400, ssoSessionMaxLifespanRememberMe: 604_800 }, {}],
    [{ clientSessionIdleTimeout: 3600 }, { clientSessionIdleTimeout: 'beyondSession' }],
    [{ clientSessionMaxLifespan: 40_000 }, { clientSessionMaxLifespan: 'beyondSession' }],
    [{ clientSessionIdleTimeout: 900, clientSessionMaxLifespan: 600 }, { clientSessionIdleTimeout: 'idleBeyondMax' }],
    [{ offlineSessionIdleTimeout: 6_000_000 }, {}],
    [
      { offlineSessionIdleTimeout: 6_000_000, offlineSessionMaxLifespanEnabled: true },
      { offlineSessionIdleTimeout: 'idleBeyondMax' },
    ],
    [{ accessCodeLifespanUserAction: 3600 }, { accessCodeLifespanUserAction: 'actionBeyondLogin' }],
  ])('with %j are %j', (changes, problems) => {
    expect(sessionProblems(realm(changes))).toEqual(problems);
  });
});
