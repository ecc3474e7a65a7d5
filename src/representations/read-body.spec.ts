import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../shared/errors.js';
import { positionOfMember } from './json-position.js';
import { readBody, readTolerantly } from './read-body.js';
import { RealmBody } from './realm-body.js';
import { UserBody } from './user-body.js';

const refusal = (act: () => unknown): InvalidInputError => {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
    throw error;
  }
  throw new Error('was accepted');
};

describe('readBody', () => {
  it('refuses a member called constructor wherever it stands, and names the place', () => {
    const body: unknown = JSON.parse('{"attributes":{"constructor":["en"]}}');
    expect(refusal(() => readBody(UserBody, body))).toMatchObject({
      code: 'invalid_member',
      field: 'attributes.constructor',
    });
  });

  it('names an unknown member and its place as Keycloak does', () => {
    const text = '{"username":"dora","nonsense":1}';
    expect(refusal(() => readBody(UserBody, JSON.parse(text), text))).toMatchObject({
      code: 'unknown_member',
      message: 'Invalid json representation for UserRepresentation. Unrecognized field "nonsense" at line 1 column 32.',
      field: 'nonsense',
    });
  });

  it('names the representation in which the unknown member stands', () => {
    const body = { realm: 'x', clients: [{ clientId: 'a' }, { clientId: 'b', colour: 'red' }] };
    const error = refusal(() => readBody(RealmBody, body, JSON.stringify(body)));
    expect(error.message).toContain('for ClientRepresentation. Unrecognized field "colour"');
    expect(error.field).toBe('clients[1].colour');
  });

  it.each([
    [{ enabled: 'yes' }, 'enabled'],
    [{ enabled: 0.5 }, 'enabled'],
    [{ ssoSessionIdleTimeout: 'ten' }, 'ssoSessionIdleTimeout'],
    [{ ssoSessionIdleTimeout: '1.5' }, 'ssoSessionIdleTimeout'],
    [{ clients: {} }, 'clients'],
    [{ clients: [null] }, 'clients'],
    [{ clients: [{ redirectUris: 'http://x' }] }, 'clients[0].redirectUris'],
    [{ users: [{ credentials: [{ value: {} }] }] }, 'users[0].credentials[0].value'],
    [{ roles: { client: { app: [{ name: [] }] } } }, 'roles.client.app[0].name'],
    [{ roles: { client: { app: 1 } } }, 'roles.client.app'],
    [{ webAuthnPolicyCreateTimeout: 'long' }, 'webAuthnPolicyCreateTimeout'],
    [{ attributes: { a: {} } }, 'attributes'],
  ])('refuses the type of %j and names %s', (body, field) => {
    const error = refusal(() => readBody(RealmBody, body));
    expect(error.code).toBe('wrong_type');
    expect(error.field).toBe(field);
    expect(error.message.startsWith(`${field}: `)).toBe(true);
  });

  it.each([
    [{ otpPolicyDigits: 9 }, 'otpPolicyDigits'],
    [{ realm: 'x'.repeat(256) }, 'realm'],
    [{ sslRequired: 'sometimes' }, 'sslRequired'],
  ])('refuses the value of %j and names %s', (body, field) => {
    expect(refusal(() => readBody(RealmBody, body))).toMatchObject({ code: 'invalid_member', field });
  });

  it('refuses a number that does not fit, and names it', () => {
    const field = 'ssoSessionIdleTimeout';
    expect(refusal(() => readBody(RealmBody, { [field]: 2 ** 31 }))).toMatchObject({ code: 'number_beyond', field });
  });

  it('reads scalars of another type where nothing is lost', () => {
    const body = readBody(RealmBody, {
      enabled: 'true',
      rememberMe: 0,
      ssoSessionIdleTimeout: '600',
      displayName: 5,
      supportedLocales: ['de', 7],
    });
    expect(body).toMatchObject({ enabled: true, rememberMe: false, ssoSessionIdleTimeout: 600, displayName: '5' });
    expect(body.supportedLocales).toEqual(['de', '7']);
  });

  it.each([[[]], ['text'], [5], [null]])('refuses %j as a whole', (value) => {
    expect(refusal(() => readBody(UserBody, value)).message).toBe('Cannot parse the JSON');
  });

  it('takes null for absent, fractions for whole numbers, and scalars in maps for text', () => {
    const body = readBody(RealmBody, {
      displayName: null,
      notBefore: 1788546760.6,
      attributes: { a: 1, b: true, c: null },
      users: [{ email: null, attributes: { one: 'x', many: ['y', 2] } }],
    });
    expect(body).not.toHaveProperty('displayName');
    expect(body.notBefore).toBe(1788546760);
    expect(body.attributes).toEqual({ a: '1', b: 'true', c: null });
    expect(body.users?.[0]).not.toHaveProperty('email');
    expect(body.users?.[0]?.attributes).toEqual({ one: ['x'], many: ['y', '2'] });
  });

  it('knows every member of a full export of Keycloak 26.7', () => {
    const file: unknown = JSON.parse(readFileSync('test/fixtures/acme-realm.json', 'utf8'));
    expect(readTolerantly(RealmBody, file).unknown).toEqual([]);
  });
});

describe('readTolerantly', () => {
  it('gives unknown members by path', () => {
    const { body, unknown } = readTolerantly(RealmBody, {
      realm: 'x',
      shiny: 1,
      clients: [{ clientId: 'a', colour: 2 }],
    });
    expect(unknown.toSorted()).toEqual(['clients[0].colour', 'shiny']);
    expect(body.clients?.[0]?.clientId).toBe('a');
  });
});

describe('positionOfMember', () => {
  it.each([
    ['{"a":"text"}', ['a'], 1, 7],
    ['{"a":{"b":[1,{"c":true}]}}', ['a', 'b', 1, 'c'], 1, 23],
    ['{\n  "é": 1,\n  "b" : [\n]}', ['b'], 3, 10],
    ['{"é":1,"b":null}', ['b'], 1, 17],
    ['{"x":"}\\"{","b":2}', ['b'], 1, 18],
  ] as const)('%s at %j', (text, path, line, column) => {
    expect(positionOfMember(text, path)).toEqual({ line, column });
  });

  it('gives nothing for a path that is not there', () => {
    expect(positionOfMember('{"a":[1]}', ['a', 1])).toBeUndefined();
    expect(positionOfMember('{"a":[1]}', ['b'])).toBeUndefined();
  });
});
