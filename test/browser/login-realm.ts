import type { App } from '../support/browser-session.js';
import { flowId, testRealm } from '../support/test-realm.js';

/** A realm for logins in a real browser. @param callback where the web application takes its answers */
export function loginRealm(callback: string): {
  readonly realm: object;
  readonly web: App;
  readonly native: App;
  readonly strict: App;
} {
  const web: App = { realm: 'browser', clientId: 'web', redirectUri: callback };
  const native: App = { realm: 'browser', clientId: 'native', redirectUri: 'com.example.app:/cb' };
  const strict: App = { realm: 'browser', clientId: 'strict', redirectUri: callback };
  const realm = testRealm({
    realm: 'browser',
    flows: new URL('login-flows.json', import.meta.url),
    people: ['ann', 'ben', 'cleo', 'dan', 'eve'],
    users: { ben: { requiredActions: ['CONFIGURE_TOTP'] }, dan: { requiredActions: ['UPDATE_PASSWORD'] } },
    apps: [web, native, strict],
    clients: {
      [strict.clientId]: {
        name: 'Strict App',
        baseUrl: new URL('/home', callback).href,
        authenticationFlowBindingOverrides: { browser: flowId('one session') },
      },
    },
    settings: {
      displayName: 'Browser Realm',
      rememberMe: true,
      internationalizationEnabled: true,
      supportedLocales: ['en', 'de', 'es'],
      defaultLocale: 'en',
    },
  });
  return { realm, web, native, strict };
}
