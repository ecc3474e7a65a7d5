import { describe, expect, it } from 'vitest';
import { checkClientAddresses } from './client-addresses.js';
import { sampleRealm } from '../../test/support/fakes/sample-realm.js';
import { checkUserProfile, type ProfileMembers } from './user-profile.js';

const check = (body: ProfileMembers): void => checkUserProfile(sampleRealm(), body, 'admin');

describe('checkUserProfile', () => {
  it.each([
    [{ username: 'ab' }, 'error-invalid-length', ['username', 3, 255]],
    [{ username: 'a b c' }, 'error-username-invalid-character', ['username']],
    [{ username: 'ann<script>' }, 'error-username-invalid-character', ['username']],
    [{ email: 'no-mail' }, 'error-invalid-email', ['email', 'no-mail']],
    [{ firstName: '<b>' }, 'error-person-name-invalid-character', ['firstName']],
  ])('refuses %j', (body, message, params) => {
    expect(() => check(body)).toThrow(
      expect.objectContaining({ message, violations: [expect.objectContaining({ errorMessage: message, params })] }),
    );
  });

  it('tells every member that is wrong', () => {
    expect(() => check({ username: 'x', email: 'bad', firstName: '<', lastName: 'y'.repeat(256) })).toThrow(
      expect.objectContaining({
        violations: [
          expect.objectContaining({ field: 'firstName' }),
          expect.objectContaining({ field: 'lastName', errorMessage: 'error-invalid-length-too-long' }),
          expect.objectContaining({ field: 'email' }),
          expect.objectContaining({ field: 'username', errorMessage: 'error-invalid-length' }),
        ],
      }),
    );
  });

  it.each([
    { username: 'dora', email: 'dora@example.test', firstName: 'Dôra', lastName: "O'Neil-Šmid" },
    { username: 'dora@example.test' },
    { email: '' },
    {},
  ])('accepts %j', (body) => {
    expect(() => check(body)).not.toThrow();
  });
});

describe('checkClientAddresses', () => {
  it.each([
    [{ redirectUris: ['javascript:alert(1)'] }, 'redirectUris'],
    [{ redirectUris: [' JavaScript:x'] }, 'redirectUris'],
    [{ redirectUris: ['https://app.test/#part'] }, 'redirectUris'],
    [{ rootUrl: 'data:text/html,x' }, 'rootUrl'],
    [{ baseUrl: 'not an address' }, 'baseUrl'],
    [{ adminUrl: 'ftp://app.test' }, 'adminUrl'],
    [{ attributes: { policyUri: 'javascript:alert(1)' } }, 'attributes.policyUri'],
    [{ attributes: { 'jwks.url': 'file:///etc/passwd' } }, 'attributes.jwks.url'],
  ])('refuses %j', (body, field) => {
    expect(() => checkClientAddresses(body)).toThrow(expect.objectContaining({ code: 'client_address', field }));
  });

  it.each([
    { rootUrl: '${authBaseUrl}', baseUrl: '/realms/x/account/', redirectUris: ['/realms/x/account/*'] },
    { rootUrl: 'https://app.test', redirectUris: ['https://app.test/*', 'com.example.app:/callback', '*'] },
    {},
  ])('accepts %j', (body) => {
    expect(() => checkClientAddresses(body)).not.toThrow();
  });
});
