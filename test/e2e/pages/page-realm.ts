import type { App } from '../../support/browser-session.js';
import { testRealm } from '../../support/test-realm.js';

const app = (realm: string): App => ({ realm, clientId: 'app', redirectUri: 'http://app.test/cb' });

/** Speaks German, English and Spanish; German when nobody asks for anything. */
export const POLYGLOT = app('polyglot');
/** No internationalization: its default language, whatever anybody asks for. */
export const MONOGLOT = app('monoglot');

export const pageRealms = (): readonly object[] => [
  testRealm({
    realm: 'polyglot',
    people: ['ida', 'jose', 'kim'],
    users: { jose: { attributes: { locale: ['es'] }, requiredActions: ['UPDATE_PASSWORD'] } },
    apps: [POLYGLOT],
    settings: {
      displayName: 'Polyglot & Sons',
      internationalizationEnabled: true,
      supportedLocales: ['de', 'en', 'es', 'fr'],
      defaultLocale: 'de',
      rememberMe: true,
      ssoSessionIdleTimeout: 1800,
      ssoSessionMaxLifespan: 36_000,
      ssoSessionIdleTimeoutRememberMe: 7 * 86_400,
      ssoSessionMaxLifespanRememberMe: 30 * 86_400,
    },
  }),
  testRealm({
    realm: 'monoglot',
    people: ['lea'],
    apps: [MONOGLOT],
    settings: { supportedLocales: ['de'], defaultLocale: 'es' },
  }),
];
