import type { App } from '../../support/browser-session.js';
import { flowId, testRealm } from '../../support/test-realm.js';

/** Its users have at most two sessions; the oldest one ends. */
export const ROLLING: App = { realm: 'ended', clientId: 'rolling', redirectUri: 'http://rolling.test/cb' };
export const PLAIN: App = { realm: 'ended', clientId: 'plain', redirectUri: 'http://plain.test/cb' };

/** A realm in which sessions end for every reason there is. */
export const endedRealm = (
  people: readonly string[],
  apps: readonly App[] = [],
  clients: Readonly<Record<string, object>> = {},
  users: Readonly<Record<string, object>> = {},
): object =>
  testRealm({
    realm: 'ended',
    flows: new URL('flows.json', import.meta.url),
    people,
    apps: [ROLLING, PLAIN, ...apps],
    clients: {
      [ROLLING.clientId]: { authenticationFlowBindingOverrides: { browser: flowId('newest session') } },
      ...clients,
    },
    users,
    settings: { rememberMe: true, ssoSessionIdleTimeout: 600, ssoSessionMaxLifespan: 6000 },
  });
