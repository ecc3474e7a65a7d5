import type { App } from '../../support/browser-session.js';
import { crowd, flowId, testRealm } from '../../support/test-realm.js';

/** Name and password on one page. */
export const ONE_PAGE: App = { realm: 'robust', clientId: 'one-page', redirectUri: 'http://one-page.test/cb' };
/** The name on one page, the password on the next. */
export const TWO_PAGES: App = { realm: 'robust', clientId: 'two-pages', redirectUri: 'http://two-pages.test/cb' };

const PEOPLE = crowd('person', 20);

/** person20 has to complete the profile at the first login. */
export const robustRealm = (): object =>
  testRealm({
    realm: 'robust',
    flows: new URL('flows.json', import.meta.url),
    people: PEOPLE,
    users: { person20: { requiredActions: ['UPDATE_PROFILE'] } },
    apps: [ONE_PAGE, TWO_PAGES],
    clients: {
      [TWO_PAGES.clientId]: {
        authenticationFlowBindingOverrides: { browser: flowId('name then password') },
        baseUrl: 'http://two-pages.test/home',
        name: 'Two Pages',
      },
    },
  });
