import type { App } from '../support/browser-session.js';
import { testRealm } from '../support/test-realm.js';

export const ACCOUNT_REALM = 'acme';

/** Applications of the realm: one that signs people in, and one that asks them what it may do. */
export const SHOP: App = { realm: ACCOUNT_REALM, clientId: 'shop', redirectUri: 'http://shop.test/cb' };
export const PHOTOS: App = { realm: ACCOUNT_REALM, clientId: 'photos', redirectUri: 'http://photos.test/cb' };

const EVERYBODY = { permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] } };
/** What the realm asks people for: more than every realm does, of several kinds. */
const PROFILE = {
  attributes: [
    {
      name: 'username',
      displayName: '${username}',
      permissions: { view: ['admin', 'user'], edit: ['admin'] },
    },
    {
      name: 'email',
      displayName: '${email}',
      validations: { email: {} },
      required: { roles: ['user'] },
      ...EVERYBODY,
    },
    {
      name: 'firstName',
      displayName: '${firstName}',
      validations: { length: { max: 20 } },
      required: { roles: ['user'] },
      ...EVERYBODY,
    },
    { name: 'lastName', displayName: '${lastName}', required: { roles: ['user'] }, ...EVERYBODY },
    {
      name: 'office.city',
      displayName: '${officeCity}',
      group: 'work',
      validations: { options: { options: ['Bremen', 'Vigo'] } },
      ...EVERYBODY,
    },
    { name: 'skills', displayName: 'Skills', group: 'work', multivalued: true, ...EVERYBODY },
  ],
  groups: [{ name: 'work', displayHeader: 'At work', displayDescription: 'What colleagues can look up.' }],
};

/** A realm for people who look after their account. */
export const accountRealm = (): object =>
  testRealm({
    realm: ACCOUNT_REALM,
    apps: [SHOP, PHOTOS],
    people: ['jo', 'kim', 'min'],
    clients: {
      shop: { name: 'Corner Shop', rootUrl: 'http://shop.test', baseUrl: '/home' },
      photos: { name: 'Photo Prints', description: 'Prints on paper', consentRequired: true },
    },
    users: {
      jo: { realmRoles: [`default-roles-${ACCOUNT_REALM}`] },
      kim: { realmRoles: [`default-roles-${ACCOUNT_REALM}`] },
      // Has no role in an account, not even their own.
      min: { realmRoles: [] },
    },
    settings: {
      displayName: 'Acme Workshop',
      internationalizationEnabled: true,
      supportedLocales: ['en', 'de', 'es'],
      defaultLocale: 'en',
      localizationTexts: { en: { officeCity: 'City of the office' } },
      components: {
        'org.keycloak.userprofile.UserProfileProvider': [
          {
            providerId: 'declarative-user-profile',
            config: { 'kc.user.profile.config': [JSON.stringify(PROFILE)] },
          },
        ],
      },
    },
  });
