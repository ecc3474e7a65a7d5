import { describe, expect, it } from 'vitest';
import type { Realm } from '../realm/realm.js';
import { AesSealer } from '../shared/aes-sealer.js';
import { MASK } from './kept-secrets.js';
import { readBody } from './read-body.js';
import { RealmBody } from './realm-body.js';
import { bindingsOf, mergeRealm, toEventsConfig, toRealmRepresentation } from './realm-representation.js';

const sealer = new AesSealer('33'.repeat(32));

const realm: Realm = {
  id: 'r1',
  name: 'demo',
  settings: {
    enabled: true,
    ssoSessionIdleTimeout: 1800,
    clientSessionIdleTimeout: 900,
    clientSessionMaxLifespan: 0,
    otpPolicyCodeReusable: false,
    eventsEnabled: false,
    eventsExpiration: 0,
    eventsListeners: ['jboss-logging'],
    enabledEventTypes: [],
    adminEventsEnabled: false,
    adminEventsDetailsEnabled: false,
    // The other settings are carried in the same way.
  } as unknown as Realm['settings'],
  bindings: { browserFlow: 'f1', directGrantFlow: 'gone' },
  requiredActions: [],
  defaultDefaultClientScopes: [],
  defaultOptionalClientScopes: [],
  defaultGroups: [],
  attributes: { frontendUrl: '' },
  extra: { oauth2DeviceCodeLifespan: 600, components: { some: [] } },
};
const surroundings = { aliasOfFlow: (id: string) => (id === 'f1' ? 'browser' : undefined), defaultGroups: [] };

describe('A realm', () => {
  it('is shown with bindings by alias, mirrored attributes, and without what other resources show', () => {
    expect(toRealmRepresentation(realm, surroundings)).toEqual({
      id: 'r1',
      realm: 'demo',
      enabled: true,
      ssoSessionIdleTimeout: 1800,
      clientSessionIdleTimeout: 900,
      clientSessionMaxLifespan: 0,
      otpPolicyCodeReusable: false,
      eventsEnabled: false,
      eventsListeners: ['jboss-logging'],
      enabledEventTypes: [],
      adminEventsEnabled: false,
      adminEventsDetailsEnabled: false,
      browserFlow: 'browser',
      oauth2DeviceCodeLifespan: 600,
      attributes: {
        frontendUrl: '',
        clientSessionIdleTimeout: '900',
        oauth2DeviceCodeLifespan: '600',
        realmReusableOtpCode: 'false',
      },
    });
  });

  it('changes by what a body gives', () => {
    const changed = mergeRealm(
      realm,
      { ssoSessionIdleTimeout: 600, displayName: 'Demo', browserFlow: 'other' },
      sealer,
    );
    expect(changed).toEqual({
      ...realm,
      settings: { ...realm.settings, ssoSessionIdleTimeout: 600, displayName: 'Demo' },
    });
    expect(mergeRealm(realm, { attributes: { a: '1', b: null } }, sealer).attributes).toEqual({ a: '1' });
  });

  it('keeps the SMTP password sealed, also when the mask comes back', () => {
    const body = (password: string) => readBody(RealmBody, { smtpServer: { password } });
    const first = mergeRealm(realm, body('hush'), sealer);
    expect(JSON.stringify(first)).not.toContain('hush');
    expect(mergeRealm(first, body(MASK), sealer)).toEqual(first);
    expect(toRealmRepresentation(first, surroundings)['smtpServer']).toEqual({ password: MASK });
  });

  it('shows its events config; a body binds flows by alias', () => {
    expect(toEventsConfig(realm)).not.toHaveProperty('eventsExpiration');
    expect(bindingsOf({ browserFlow: 'x' })).toEqual([['browserFlow', 'x']]);
  });
});
