import { Secret, TOTP } from 'otpauth';
import type { App } from '../../support/browser-session.js';

/** The export of a real Keycloak realm that the server starts with. */
export const ACME_FILE = new URL('../../fixtures/acme-realm.json', import.meta.url).pathname;

/** Applications of the realm, as they are registered. */
export const SHOP_WEB: App = { realm: 'acme', clientId: 'shop-web', redirectUri: 'http://127.0.0.1:5173/cb' };
export const SHOP_API: App = {
  realm: 'acme',
  clientId: 'shop-api',
  redirectUri: 'http://127.0.0.1:5174/cb',
  secret: 'shop-api-secret',
};
export const BACK_OFFICE: App = {
  realm: 'acme',
  clientId: 'back-office',
  redirectUri: 'http://127.0.0.1:5175/cb',
  secret: 'back-office-secret',
};
export const MOBILE: App = { realm: 'acme', clientId: 'mobile', redirectUri: 'acme://cb' };

/** What back-office says to a second session. */
export const BACK_OFFICE_DENIAL = 'You already have a back office session open';

/** The code on erin's phone at a time (ms). */
export const erinsCode = (now: number): string =>
  new TOTP({ secret: Secret.fromUTF8('TKQHSSZM5QJR3LMBH4XA') }).generate({ timestamp: now });
