import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordGrant, type App } from '../../support/browser-session.js';
import { ADMIN, RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'resources', clientId: 'app', redirectUri: 'http://app.test/cb' };
const NOT_FOUND = { error: 'HTTP 404 Not Found' };
const UNREADABLE = { error: 'unknown_error', error_description: 'Cannot parse the JSON' };

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly location: string;
}

let server: RunningServer;
let token: string;

beforeAll(async () => {
  server = await RunningServer.start({
    realms: [testRealm({ realm: APP.realm, people: ['ada', 'bob', 'eve'], apps: [APP] })],
  });
  const form = new URLSearchParams({ ...ADMIN, grant_type: 'password', client_id: 'admin-cli' });
  const response = await fetch(`${server.issuer('master')}/protocol/openid-connect/token`, {
    method: 'POST',
    body: form,
  });
  token = ((await response.json()) as { access_token: string }).access_token;
});

afterAll(() => server.close());

/** One call below the realm; a text is sent as it is. */
async function call(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answer> {
  const response = await fetch(`${server.url}/admin/realms/${APP.realm}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const location = response.headers.get('location')?.split('/').at(-1) ?? '';
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown), location };
}

const idOf = async (path: string): Promise<string> =>
  ((await call('GET', path)).body as readonly { id: string }[])[0]?.id ?? 'nobody';
const user = (name: string): Promise<string> => idOf(`/users?exact=true&username=${name}`);
const client = (name: string): Promise<string> => idOf(`/clients?clientId=${name}`);

describe('Bodies and addresses', () => {
  it.each([
    ['PUT', '', { enabled: 'sometimes' }, 400, { ...UNREADABLE, field: 'enabled' }],
    ['PUT', '', { attributes: 'x' }, 400, { ...UNREADABLE, field: 'attributes' }],
    ['PUT', '', { enabled: 'true', ssoSessionIdleTimeout: '1800' }, 204, undefined],
    ['POST', '/users', [], 400, UNREADABLE],
    ['GET', '/no-such-thing', undefined, 404, NOT_FOUND],
    ['DELETE', '/users', undefined, 405, { error: 'HTTP 405 Method Not Allowed' }],
    ['PATCH', '', {}, 405, { error: 'HTTP 405 Method Not Allowed' }],
    ['DELETE', '/client-scopes', undefined, 405, { error: 'HTTP 405 Method Not Allowed' }],
    ['GET', '/events?type=NOPE', undefined, 400, { error: 'Unknown event type NOPE' }],
    ['PUT', '/events/config', { eventsListeners: ['nope'] }, 400, { error: 'Unknown event listener' }],
  ] as const)('%s %s with %j: %i', async (method, path, body, status, said) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    if (said !== undefined) expect(answer.body).toMatchObject(said);
  });

  it('lists the events kept by a realm that names none', async () => {
    const { body } = await call('GET', '/events/config');
    const { enabledEventTypes } = body as { enabledEventTypes: readonly string[] };
    expect(enabledEventTypes).toContain('LOGIN_ERROR');
    expect(enabledEventTypes).not.toContain('REFRESH_TOKEN');
  });
});

describe('Users', () => {
  it('tells every member that the profile refuses', async () => {
    const { status, body } = await call('POST', '/users', { username: 'x', email: 'bad' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errors: [
        { field: 'email', errorMessage: 'error-invalid-email' },
        { field: 'username', errorMessage: 'error-invalid-length' },
      ],
    });
  });

  it('knows only the required actions of the realm, and clears a name that is empty', async () => {
    const id = await user('bob');
    await call('PUT', `/users/${id}`, { requiredActions: ['NOPE', 'VERIFY_EMAIL'], firstName: '' });
    const { body } = await call('GET', `/users/${id}`);
    expect(body).toMatchObject({ requiredActions: ['VERIFY_EMAIL'] });
    expect(body).not.toHaveProperty('firstName');
  });

  it('lets a locked user in again when an administrator switches the account on', async () => {
    await call('PUT', '', { bruteForceProtected: true, failureFactor: 1 });
    const status = async (): Promise<number> => (await passwordGrant(server, APP, 'eve')).status;
    const id = await user('eve');
    await passwordGrant(server, APP, 'eve', { password: 'wrong' });
    expect(await status()).toBe(400);
    await call('PUT', `/users/${id}`, { enabled: true });
    expect(await status()).toBe(200);
    await call('PUT', '', { bruteForceProtected: false });
  });

  it('loses all roles of a container to a request without a body', async () => {
    const id = await user('ada');
    await call('POST', '/roles', { name: 'editor' });
    const { body: role } = await call('GET', '/roles/editor');
    await call('POST', `/users/${id}/role-mappings/realm`, [role]);
    expect((await call('DELETE', `/users/${id}/role-mappings/realm`)).status).toBe(204);
    expect((await call('GET', `/users/${id}/role-mappings`)).body).toEqual({});
  });
});

describe('Groups', () => {
  it('shows where a search found something, and moves groups to the top', async () => {
    const { location: top } = await call('POST', '/groups', { name: 'shops' });
    const { location: below } = await call('POST', `/groups/${top}/children`, { name: 'online' });
    expect((await call('GET', '/groups?search=onl')).body).toMatchObject([
      { name: 'shops', subGroups: [{ name: 'online' }] },
    ]);
    expect((await call('GET', '/groups?search=onl&populateHierarchy=false')).body).toMatchObject([
      { path: '/shops/online' },
    ]);
    expect((await call('POST', '/groups', { id: below, name: 'online' })).status).toBe(204);
    expect((await call('GET', `/groups/${below}`)).body).toMatchObject({ path: '/online' });
    expect(await call('PUT', `/groups/${below}`, { name: 'shops' })).toMatchObject({
      status: 409,
      body: { errorMessage: "Sibling group named 'shops' already exists." },
    });
  });
});

describe('Clients', () => {
  it('keeps those that every realm needs, and mappers of kinds that exist', async () => {
    expect(await call('DELETE', `/clients/${await client('account')}`)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'Could not delete client' },
    });
    const mapper = { name: 'x', protocol: 'openid-connect', protocolMapper: 'nope' };
    expect(await call('POST', `/clients/${await client('app')}/protocol-mappers/models`, mapper)).toMatchObject({
      status: 404,
      body: { error: 'ProtocolMapper provider not found' },
    });
  });

  it('maps roles that its tokens may carry', async () => {
    const path = `/clients/${await client('app')}/scope-mappings`;
    await call('POST', '/roles', { name: 'seller' });
    const { body: role } = await call('GET', '/roles/seller');
    expect((await call('POST', `${path}/realm`, [role])).status).toBe(204);
    expect((await call('GET', path)).body).toMatchObject({ realmMappings: [{ name: 'seller' }] });
    const { body: available } = await call('GET', `${path}/realm/available`);
    expect(available).not.toContainEqual(expect.objectContaining({ name: 'seller' }));
    expect((await call('POST', `${path}/realm`, [{ id: 'nope' }])).body).toEqual({ error: 'Role not found' });
    expect((await call('GET', `${path}/clients/nope`)).body).toEqual({ error: 'Could not find client' });
    expect((await call('DELETE', `${path}/realm`, [role])).status).toBe(204);
    expect((await call('GET', path)).body).toEqual({});
  });
});
