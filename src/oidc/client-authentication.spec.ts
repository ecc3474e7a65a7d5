import { describe, expect, it } from 'vitest';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { AesSealer } from '../shared/aes-sealer.js';
import { ClientAuthentication } from './client-authentication.js';

const sealer = new AesSealer('ab'.repeat(32));
const realm = { id: 'r' } as Realm;
const client = (clientId: string, more: Partial<Client>): Client =>
  ({
    id: `id-${clientId}`,
    clientId,
    enabled: true,
    publicClient: false,
    bearerOnly: false,
    clientAuthenticatorType: 'client-secret',
    ...more,
  }) as Client;
const withSecret = (clientId: string, secret: string, more: Partial<Client> = {}): Client =>
  client(clientId, { sealedSecret: sealer.seal(secret, `id-${clientId}`), ...more });

const clients = [
  client('app', { publicClient: true }),
  withSecret('svc', 's3 cr:et%'),
  withSecret('a/b', 'x'),
  withSecret('off', 'x', { enabled: false }),
  withSecret('jwt', 'x', { clientAuthenticatorType: 'client-jwt' }),
  withSecret('bearer', 'x', { bearerOnly: true }),
  client('bare', {}),
];
const store = {
  byClientId: (_realm: string, id: string) => Promise.resolve(clients.find((each) => each.clientId === id)),
} as ClientStore;

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const encoded = (user: string, password: string): string =>
  basic(encodeURIComponent(user), encodeURIComponent(password));

async function authenticate(authorization: string | undefined, form: Record<string, string>): Promise<string> {
  const result = await new ClientAuthentication(store, sealer).authenticate(realm, authorization, form);
  return result.kind === 'authenticated'
    ? result.client.clientId
    : `${String(result.status)} ${result.error} ${result.event}`;
}

describe('ClientAuthentication', () => {
  it.each<[string, string | undefined, Record<string, string>, string]>([
    ['a public client by name', undefined, { client_id: 'app' }, 'app'],
    ['a secret in the form', undefined, { client_id: 'svc', client_secret: 's3 cr:et%' }, 'svc'],
    ['an encoded secret in the header', encoded('svc', 's3 cr:et%'), {}, 'svc'],
    ['a secret in the header as it is', basic('svc', 's3 cr:et%'), {}, 'svc'],
    ['an encoded name', encoded('a/b', 'x'), { client_id: 'a/b' }, 'a/b'],
    ['nobody', undefined, {}, '401 invalid_client client_not_found'],
    ['an unknown client', undefined, { client_id: 'zzz' }, '401 invalid_client client_not_found'],
    ['two different clients', encoded('svc', 's3 cr:et%'), { client_id: 'app' }, '401 invalid_client client_not_found'],
    ['a disabled client', encoded('off', 'x'), {}, '401 invalid_client client_disabled'],
    ['no secret', undefined, { client_id: 'svc' }, '401 unauthorized_client invalid_client_credentials'],
    [
      'an empty secret',
      undefined,
      { client_id: 'svc', client_secret: '' },
      '401 unauthorized_client invalid_client_credentials',
    ],
    ['a wrong secret', encoded('svc', 'x'), {}, '401 unauthorized_client invalid_client_credentials'],
    ['a secret where another method is set', encoded('jwt', 'x'), {}, '401 invalid_client invalid_client_credentials'],
    ['a bearer-only client', encoded('bearer', 'x'), {}, '400 invalid_client invalid_client'],
    [
      'a client without a secret',
      undefined,
      { client_id: 'bare', client_secret: '' },
      '400 unauthorized_client invalid_client_credentials',
    ],
  ])('%s', async (_what, authorization, form, expected) => {
    expect(await authenticate(authorization, form)).toBe(expected);
  });
});
