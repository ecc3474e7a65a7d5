import { Secret, TOTP } from 'otpauth';
import type { App } from '../../support/browser-session.js';
import { flowId, testRealm } from '../../support/test-realm.js';

const app = (clientId: string): App => ({ realm: 'flows', clientId, redirectUri: `http://${clientId}.test/cb` });

/** Name first, then password or code, as the person likes. */
export const ANY_FACTOR = app('any-factor');
/** Staff need a code; guests stay out. */
export const STAFF = app('staff');
/** Steps that stand aside, and at last a form. */
export const LATER = app('later');
/** Requires a step that stands aside. */
export const ONLY_LATER = app('only-later');
/** The realm's own flows; its direct grants are denied by the flow. */
export const PLAIN = app('plain');
/** As `PLAIN`; its direct grants need a code. */
export const CODES = app('codes');
/** Asks for consent. */
export const CONSENT = app('consent');

const KEY = 'KeyOfATestPhone12345';

/** The code on the phone of those who have one. */
export const phoneCode = (now: number, key: string = KEY): string =>
  new TOTP({ secret: Secret.fromUTF8(key) }).generate({ timestamp: now });

const password = (name: string): object => ({ type: 'password', value: `${name}-pw` });
const phone = {
  type: 'otp',
  userLabel: 'phone',
  secretData: JSON.stringify({ value: KEY }),
  credentialData: JSON.stringify({ subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' }),
};

const withBrowserFlow = (browser: string): object => ({
  authenticationFlowBindingOverrides: { browser: flowId(browser) },
});
const withGrantFlow = (direct_grant: string): object => ({
  authenticationFlowBindingOverrides: { direct_grant: flowId(direct_grant) },
});

export const flowRealm = (): object =>
  testRealm({
    realm: 'flows',
    flows: new URL('flows.json', import.meta.url),
    people: [
      'paula',
      'otto',
      'sam',
      'susan',
      'gus',
      'rita',
      'ted',
      'pete',
      'terry',
      'tina',
      'max',
      'cora',
      'uwe',
      'nele',
      'hugo',
    ],
    users: {
      paula: { credentials: [password('paula'), phone] },
      otto: { credentials: [phone, password('otto')] },
      susan: { realmRoles: ['staff'], credentials: [password('susan'), phone] },
      sam: { realmRoles: ['staff'] },
      gus: { attributes: { kind: ['guest'] } },
      pete: { requiredActions: ['UPDATE_PROFILE'], firstName: '', email: 'pete@example.test' },
      terry: { requiredActions: ['TERMS_AND_CONDITIONS'] },
      tina: { requiredActions: ['TERMS_AND_CONDITIONS'] },
      max: {
        requiredActions: ['UPDATE_PASSWORD', 'VERIFY_EMAIL', 'UPDATE_PROFILE', 'TERMS_AND_CONDITIONS', 'UPDATE_EMAIL'],
      },
      hugo: { lastName: '' },
      ted: { requiredActions: ['CONFIGURE_TOTP'] },
    },
    apps: [ANY_FACTOR, STAFF, LATER, ONLY_LATER, PLAIN, CODES, CONSENT],
    clients: {
      [ANY_FACTOR.clientId]: withBrowserFlow('any factor'),
      [STAFF.clientId]: withBrowserFlow('staff with codes'),
      [LATER.clientId]: withBrowserFlow('what is not there yet'),
      [ONLY_LATER.clientId]: withBrowserFlow('only what is not there yet'),
      [PLAIN.clientId]: withGrantFlow('grant with a denial'),
      [CODES.clientId]: withGrantFlow('grant with a code'),
      [CONSENT.clientId]: { consentRequired: true, name: 'Consent App' },
    },
    settings: {
      roles: { realm: [{ name: 'staff' }] },
      requiredActions: [
        {
          alias: 'TERMS_AND_CONDITIONS',
          name: 'Terms',
          providerId: 'TERMS_AND_CONDITIONS',
          enabled: true,
          priority: 20,
        },
        { alias: 'UPDATE_PROFILE', name: 'Profile', providerId: 'UPDATE_PROFILE', enabled: true, priority: 40 },
        { alias: 'VERIFY_EMAIL', name: 'Email', providerId: 'VERIFY_EMAIL', enabled: true, priority: 50 },
        { alias: 'CONFIGURE_TOTP', name: 'OTP', providerId: 'CONFIGURE_TOTP', enabled: true, priority: 54 },
        { alias: 'UPDATE_PASSWORD', name: 'Password', providerId: 'UPDATE_PASSWORD', enabled: true, priority: 57 },
        { alias: 'UPDATE_EMAIL', name: 'New email', providerId: 'UPDATE_EMAIL', enabled: false, priority: 70 },
        { alias: 'VERIFY_PROFILE', name: 'Gaps', providerId: 'VERIFY_PROFILE', enabled: true, priority: 100 },
      ],
    },
  });
