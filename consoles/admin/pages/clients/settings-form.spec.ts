import { describe, expect, it } from 'vitest';
import type { Client } from './client-representation.js';
import { inherited } from './inherited-lifetimes.js';
import { changesOf, settingsOf } from './settings-form.js';

const CLIENT: Client = {
  id: 'c1',
  clientId: 'shop',
  enabled: true,
  alwaysDisplayInConsole: false,
  clientAuthenticatorType: 'client-secret',
  redirectUris: ['https://a.test/*', 'https://b.test/*'],
  webOrigins: ['+'],
  notBefore: 0,
  bearerOnly: false,
  consentRequired: false,
  standardFlowEnabled: true,
  implicitFlowEnabled: false,
  directAccessGrantsEnabled: false,
  serviceAccountsEnabled: false,
  publicClient: true,
  frontchannelLogout: false,
  attributes: { 'post.logout.redirect.uris': 'https://a.test/bye##+', other: 'kept' },
  fullScopeAllowed: true,
  defaultClientScopes: [],
  optionalClientScopes: [],
};

describe('settings of a client', () => {
  it('are edited as lines and switches', () => {
    expect(settingsOf(CLIENT)).toMatchObject({
      redirectUris: 'https://a.test/*\nhttps://b.test/*',
      postLogoutUris: 'https://a.test/bye\n+',
      confidential: false,
      description: '',
    });
  });

  it('are sent as far as they were changed; web origins go with redirect URIs', () => {
    const values = {
      ...settingsOf(CLIENT),
      redirectUris: ' https://c.test/* \n\n',
      postLogoutUris: '+',
      confidential: true,
    };
    expect(changesOf(values, {})).toEqual({});
    expect(changesOf(values, { redirectUris: true, postLogoutUris: true, confidential: true })).toEqual({
      publicClient: false,
      redirectUris: ['https://c.test/*'],
      webOrigins: ['+'],
      attributes: { 'post.logout.redirect.uris': '+' },
    });
  });
});

describe('lifetimes that a client inherits', () => {
  const realm = {
    accessTokenLifespan: 300,
    ssoSessionIdleTimeout: 1800,
    clientSessionIdleTimeout: 0,
    offlineSessionMaxLifespanEnabled: false,
  };
  it.each([
    ['access.token.lifespan', realm, 300],
    ['client.session.idle.timeout', realm, 1800],
    ['client.session.idle.timeout', { ...realm, clientSessionIdleTimeout: 600 }, 600],
    ['client.session.max.lifespan', realm, undefined],
    ['client.offline.session.max.lifespan', realm, 'none'],
    [
      'client.offline.session.max.lifespan',
      { offlineSessionMaxLifespanEnabled: true, offlineSessionMaxLifespan: 60, clientOfflineSessionMaxLifespan: 0 },
      60,
    ],
  ] as const)('%s of %j is %s', (lifetime, settings, expected) => {
    expect(inherited(settings, lifetime)).toBe(expected);
  });
});
