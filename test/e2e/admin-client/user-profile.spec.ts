import type KcAdminClient from '@keycloak/keycloak-admin-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient, rawCall } from './admin-scene.js';
import { memberClient, present, refused } from './expectations.js';

const REALM = 'profiled';
const BOTH = ['admin', 'user'];

let server: RunningServer;
let admin: KcAdminClient;
let viewer: KcAdminClient;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: ['ada', 'viewer'],
        users: { viewer: { clientRoles: { 'realm-management': ['view-users'] } } },
      }),
    ],
  });
  [admin, viewer] = await Promise.all([chiefClient(server, REALM), memberClient(server, REALM, 'viewer')]);
});

afterAll(() => server.close());

type Profile = Awaited<ReturnType<KcAdminClient['users']['getProfile']>>;
type Attribute = NonNullable<Profile['attributes']>[number];

/** The profile of the realm with more attributes. */
async function describeUsers(more: readonly Attribute[], policy?: string): Promise<Profile> {
  const { attributes = [], groups } = await admin.users.getProfile();
  const names = new Set(more.map(({ name }) => name));
  const root = attributes.filter(({ name }) => ['username', 'email', 'firstName', 'lastName'].includes(name ?? ''));
  return admin.users.updateProfile({
    attributes: [...root.filter(({ name }) => !names.has(name)), ...more],
    ...(groups && { groups }),
    ...(policy !== undefined && { unmanagedAttributePolicy: policy as never }),
  });
}

const attribute = (name: string, members: Attribute = {}): Attribute => ({
  name,
  permissions: { view: BOTH, edit: BOTH },
  ...members,
});

describe('the profile of users', () => {
  it('asks nothing of the administrators of the server but a name, until master has a profile of its own', async () => {
    const { attributes } = await admin.users.getProfile({ realm: 'master' });
    expect(attributes?.map(({ name }) => name)).toEqual(['username', 'email', 'firstName', 'lastName']);
    expect(attributes?.filter((each) => 'required' in each)).toEqual([]);
  });

  it('is at first what every realm has', async () => {
    const profile = await viewer.users.getProfile();
    expect(profile.attributes?.map(({ name }) => name)).toEqual(['username', 'email', 'firstName', 'lastName']);
    expect(profile.attributes?.[1]).toEqual({
      name: 'email',
      displayName: '${email}',
      validations: { email: {}, length: { max: 255 } },
      required: { roles: ['user'] },
      permissions: { view: BOTH, edit: BOTH },
      multivalued: false,
    });
    expect(profile.groups).toMatchObject([{ name: 'user-metadata' }]);
    expect(profile).not.toHaveProperty('unmanagedAttributePolicy');
  });

  it('is read back as it was written, also as a component', async () => {
    const written = await describeUsers([
      attribute('desk', { displayName: 'Desk', validations: { integer: { min: 1, max: 99 } }, group: 'user-metadata' }),
    ]);
    expect(await admin.users.getProfile()).toEqual(written);
    expect(written.attributes?.at(-1)).toMatchObject({ name: 'desk', multivalued: false });
    const components = await admin.components.find({ type: 'org.keycloak.userprofile.UserProfileProvider' });
    expect(components).toHaveLength(1);
    expect(components[0]?.config?.['kc.user.profile.config']?.[0]).toContain('desk');
  });

  it('answers without a charset', async () => {
    const body = await admin.users.getProfile();
    const { headers } = await rawCall(admin, 'PUT', `/admin/realms/${REALM}/users/profile`, { body });
    expect(headers.get('content-type')).toBe('application/json');
  });

  it.each([
    ['without a needed attribute', { attributes: [{ name: 'username' }] }, /The attribute 'email' can not be removed/],
    ['without a name', { attributes: [{ displayName: 'x' }] }, /without 'name'/],
    ['with a name twice', { attributes: [{ name: 'a' }, { name: 'a' }] }, /already exists with 'name':'a'/],
    [
      'with an unknown validator',
      { attributes: [{ name: 'a', validations: { nope: {} } }] },
      /'nope' defined for attribute 'a' doesn't exist/,
    ],
    ['with a pattern that is none', { attributes: [{ name: 'a', validations: { pattern: { pattern: '(' } } }] }, /RE2/],
    [
      'with a pattern of another kind',
      { attributes: [{ name: 'a', validations: { pattern: { pattern: '(a)\\1' } } }] },
      /RE2/,
    ],
    ['with an unknown role', { attributes: [{ name: 'a', permissions: { view: ['all'] } }] }, /Unknown role/],
    ['with an unknown group', { attributes: [{ name: 'a', group: 'x' }] }, /unknown group 'x'/],
    ['with an unknown policy', { unmanagedAttributePolicy: 'SOME' }, /unmanagedAttributePolicy/],
    ['with root attributes of many values', { attributes: [{ name: 'email', multivalued: true }] }, /several values/],
  ])('is refused %s, and stays', async (_what, body, message) => {
    const before = await admin.users.getProfile();
    const answer = await rawCall(admin, 'PUT', `/admin/realms/${REALM}/users/profile`, { body });
    expect(answer).toMatchObject({ status: 400, body: { errorMessage: expect.stringMatching(message) as string } });
    expect(await admin.users.getProfile()).toEqual(before);
  });

  it('is changed by who manages the realm only', async () => {
    await refused(viewer.users.updateProfile(await admin.users.getProfile()), 403);
  });

  it('tells forms what they need to know', async () => {
    await describeUsers([
      attribute('desk', { required: {}, validations: { integer: { min: 1 } }, annotations: { inputType: 'text' } }),
      attribute('badge', { permissions: { view: BOTH, edit: [] } }),
      attribute('own', { permissions: { view: ['user'], edit: ['user'] } }),
    ]);
    const { attributes = [] } = await viewer.users.getProfileMetadata();
    expect(attributes.map(({ name }) => name)).toEqual(['username', 'email', 'firstName', 'lastName', 'desk', 'badge']);
    expect(attributes[1]).toMatchObject({
      name: 'email',
      required: false,
      readOnly: false,
      validators: { email: { 'ignore.empty.value': true }, length: { max: 255 } },
    });
    expect(attributes[4]).toMatchObject({ required: true, annotations: { inputType: 'text' } });
    expect(attributes[5]).toMatchObject({ readOnly: true });
    const { id } = await server.user(REALM, 'ada');
    const user = present(await admin.users.findOne({ id, userProfileMetadata: true }));
    expect(user.userProfileMetadata?.attributes?.map(({ name }) => name)).toContain('desk');
  });
});

describe('attributes of users', () => {
  const made = async (username: string, attributes: Record<string, string | string[]>): Promise<string> =>
    (await admin.users.create({ username, enabled: true, attributes })).id;
  const attributesOf = async (id: string): Promise<unknown> => (await admin.users.findOne({ id }))?.attributes;

  it.each([
    ['integer', { min: 1, max: 9 }, ['5'], ['x', '10', '1.5'], 'error-invalid-number'],
    ['double', {}, ['1.5', '-2e3'], ['one'], 'error-invalid-number'],
    ['length', { min: 2, max: 3 }, ['ab', 'abc'], ['a', 'abcd'], 'error-invalid-length'],
    ['length', { min: 2 }, ['ab'], ['a'], 'error-invalid-length-too-short'],
    ['email', {}, ['a@b.test'], ['a'], 'error-invalid-email'],
    ['pattern', { pattern: '[a-z]+' }, ['abc'], ['abc1', 'A'], 'error-pattern-no-match'],
    ['pattern', { pattern: 'x', 'error-message': 'onlyX' }, ['x'], ['y'], 'onlyX'],
    ['options', { options: ['S', 'M'] }, ['S'], ['XL'], 'error-invalid-value'],
    ['uri', {}, ['https://a.test/b'], ['nowhere'], 'error-invalid-uri'],
    ['iso-date', {}, ['2024-02-29'], ['2023-02-29', '29.2.2024'], 'error-invalid-date'],
    ['local-date', {}, ['2024-02-28'], ['x'], 'error-invalid-date'],
    ['person-name-prohibited-characters', {}, ["O'Neil"], ['<b>'], 'error-person-name-invalid-character'],
    ['username-prohibited-characters', {}, ['neil'], ['a b'], 'error-username-invalid-character'],
    ['up-username-not-idn-homograph', {}, ['anna', 'анна'], ['аnna'], 'error-username-invalid-character'],
  ])('are checked by %s %j', async (validator, config, good, bad, message) => {
    await describeUsers([attribute('checked', { validations: { [validator]: config } })]);
    const id = await made(`v-${String(Math.random()).slice(2)}`, {});
    for (const value of good) {
      await admin.users.update({ id }, { attributes: { checked: [value] } });
      expect(await attributesOf(id)).toEqual({ checked: [value] });
    }
    const told: unknown[] = [];
    for (const value of bad) {
      const body = { attributes: { checked: [value] } };
      const answer = await rawCall(admin, 'PUT', `/admin/realms/${REALM}/users/${id}`, { body });
      expect(answer).toMatchObject({ status: 400, body: { field: 'checked' } });
      told.push((answer.body as { errorMessage: unknown }).errorMessage);
    }
    expect(told[0]).toBe(message);
    expect(await attributesOf(id)).toEqual({ checked: [good.at(-1)] });
  });

  it('may be required always, of people, or of administrators', async () => {
    await describeUsers([
      attribute('always', { required: {} }),
      attribute('people', { required: { roles: ['user'] } }),
      attribute('staff', { required: { roles: ['admin'] } }),
    ]);
    const answer = await rawCall(admin, 'POST', `/admin/realms/${REALM}/users`, { body: { username: 'bare' } });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        errors: [
          { field: 'always', errorMessage: 'error-user-attribute-required', params: ['always'] },
          { field: 'staff', errorMessage: 'error-user-attribute-required' },
        ],
      },
    });
    const id = await made('complete', { always: ['1'], staff: ['2'] });
    await admin.users.update({ id }, { firstName: 'Untouched' });
    await refused(admin.users.update({ id }, { attributes: { always: ['1'] } }), 400, {
      field: 'staff',
      errorMessage: 'error-user-attribute-required',
      params: ['staff'],
    });
  });

  it('have several values only where they may', async () => {
    await describeUsers([
      attribute('single'),
      attribute('several', { multivalued: true, validations: { multivalued: { max: 2 } } }),
    ]);
    await refused(made('double', { single: ['1', '2'] }), 400);
    await refused(made('triple', { several: ['1', '2', '3'] }), 400);
    expect(await attributesOf(await made('fine', { single: ['1'], several: ['1', '2'] }))).toEqual({
      single: ['1'],
      several: ['1', '2'],
    });
  });

  it('have defaults, and stay when administrators may not write or see them', async () => {
    await describeUsers([
      attribute('level', { defaultValue: 'low' }),
      attribute('badge', { permissions: { view: BOTH, edit: ['user'] } }),
    ]);
    const id = await made('defaulted', { badge: ['mine'] });
    expect(await attributesOf(id)).toEqual({ level: ['low'] });
  });

  it('that nobody describes are dropped, seen, or written, as the policy says', async () => {
    await describeUsers([]);
    const id = await made('free', { wild: ['1'], 'sluice.mtls.thumbprint': ['t'] });
    expect(await attributesOf(id)).toEqual({ 'sluice.mtls.thumbprint': ['t'] });
    await describeUsers([], 'ADMIN_EDIT');
    await admin.users.update({ id }, { attributes: { wild: ['2'] } });
    expect(await attributesOf(id)).toEqual({ wild: ['2'] });
    expect(await viewer.users.getUnmanagedAttributes({ id })).toEqual({ wild: ['2'] });
    await describeUsers([], 'ADMIN_VIEW');
    await admin.users.update({ id }, { attributes: { wild: ['3'] } });
    expect(await attributesOf(id)).toEqual({ wild: ['2'] });
    await describeUsers([]);
    expect(await admin.users.getUnmanagedAttributes({ id })).toEqual({});
    expect(await attributesOf(id)).toBeUndefined();
    expect((await server.user(REALM, 'free')).attributes).toEqual({ wild: ['2'] });
  });
});
