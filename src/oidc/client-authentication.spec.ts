import { describe, expect, it } from 'vitest';
import { ImmediateUnitOfWork } from '../../test/support/fakes/immediate-unit-of-work.js';
import { PublicUrl } from '../http/public-url.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { AesSealer } from '../shared/aes-sealer.js';
import { ManualClock } from '../shared/clock.js';
import { ClientKeys } from '../tokens/client-keys/client-keys.js';
import { FetchedKeySets } from '../tokens/client-keys/fetched-key-sets.js';
import type { SingleUseStore } from '../tokens/single-use.js';
import { ClientAssertions } from './client-authentication/client-assertions.js';
import { ClientJwtMethod } from './client-authentication/client-jwt.method.js';
import { ClientSecretJwtMethod } from './client-authentication/client-secret-jwt.method.js';
import { ClientSecretMethod } from './client-authentication/client-secret.method.js';
import { ClientAuthentication } from './client-authentication.js';

const sealer = new AesSealer('ab'.repeat(32));
const realm = { id: 'r', name: 'shop' } as Realm;
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
  withSecret('hmac', 'x', { clientAuthenticatorType: 'client-secret-jwt' }),
  withSecret('x509', 'x', { clientAuthenticatorType: 'client-x509' }),
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

const clock = new ManualClock(1_700_000_000_000);
const nothingTaken = { take: () => Promise.resolve(true) } as unknown as SingleUseStore;
const assertions = new ClientAssertions(nothingTaken, new ImmediateUnitOfWork(), clock);
const noNetwork = { send: () => Promise.resolve({ kind: 'failed' as const, reason: 'no network here' }) };
const authentication = new ClientAuthentication(
  store,
  new PublicUrl('https://sso.test'),
  new ClientSecretMethod(sealer),
  new ClientJwtMethod(assertions, new ClientKeys(new FetchedKeySets(noNetwork, clock))),
  new ClientSecretJwtMethod(assertions, sealer),
);

async function authenticate(authorization: string | undefined, form: Record<string, string>): Promise<string> {
  const request = {
    protocol: 'https',
    host: 'sso.test',
    headers: authorization === undefined ? {} : { authorization },
  };
  const result = await authentication.authenticate(realm, request as never, form);
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
    ['a secret where a signature is due', encoded('jwt', 'x'), {}, '400 invalid_client invalid_client_credentials'],
    ['a secret where an HMAC is due', encoded('hmac', 'x'), {}, '400 invalid_client invalid_client_credentials'],
    ['a method that is not here', encoded('x509', 'x'), {}, '401 invalid_client invalid_client_credentials'],
    [
      'a secret and an assertion',
      encoded('svc', 's3 cr:et%'),
      { client_assertion: 'a.b.c' },
      '400 invalid_request invalid_client_credentials',
    ],
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
