import type { App } from '../../support/browser-session.js';
import { crowd, flowId, testRealm } from '../../support/test-realm.js';

const app = (clientId: string, more: Partial<App> = {}): App => ({
  realm: 'limited',
  clientId,
  redirectUri: `http://${clientId}.test/cb`,
  ...more,
});

/** At most one session of the realm; a second is denied. */
export const STRICT = app('strict');
/** As `STRICT`, another application. */
export const STRICT_TOO = app('strict-too');
/** At most two sessions of the realm; the oldest one ends. */
export const ROLLING = app('rolling');
/** At most one session with this client; a second is denied. */
export const SINGLE = app('single');
/** Its limiter's config cannot be used. */
export const MISCONFIGURED = app('misconfigured');
/** Its limiter has no config. */
export const UNCONFIGURED = app('unconfigured');
/** No limiter. */
export const FREE = app('free');

const guardedBy = (browser: string): object => ({
  authenticationFlowBindingOverrides: { browser: flowId(browser), direct_grant: flowId('one session grant') },
});

/** A person whose name begins so has to look at the profile once more at the next login. */
export const newcomers = crowd('newcomer', 4);

/** A realm of which every client has a limiter of its own; brute-force protection locks after the second failure. */
export const limitedRealm = (): object =>
  testRealm({
    realm: 'limited',
    flows: new URL('flows.json', import.meta.url),
    people: [...crowd('person', 40), ...newcomers],
    users: Object.fromEntries(newcomers.map((name) => [name, { requiredActions: ['UPDATE_PROFILE'] }])),
    apps: [STRICT, STRICT_TOO, ROLLING, SINGLE, MISCONFIGURED, UNCONFIGURED, FREE],
    clients: {
      [STRICT.clientId]: guardedBy('one session'),
      [STRICT_TOO.clientId]: guardedBy('one session'),
      [ROLLING.clientId]: guardedBy('newest session'),
      [SINGLE.clientId]: guardedBy('one per client'),
      [MISCONFIGURED.clientId]: guardedBy('misconfigured'),
      [UNCONFIGURED.clientId]: guardedBy('without config'),
    },
    settings: { bruteForceProtected: true, failureFactor: 2, rememberMe: true },
  });
