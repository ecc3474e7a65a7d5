import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certify, type Certified } from '../../support/certificates.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const authority = certify({ commonName: 'people of the house' });
const stranger = certify({ commonName: 'strangers' });
const serverCertificate = certify({ commonName: '127.0.0.1' });
const alex = certify({ commonName: 'alex', issuer: authority });

let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-mtls-'));
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const realm = (name: string, attributes: object) =>
    testRealm({
      realm: name,
      people: ['alex'],
      users: { alex: { realmRoles: [`default-roles-${name}`] } },
      settings: { attributes },
    });
  server = await RunningServer.start({
    realms: [realm('tenant', { 'sluice.mtls.user': 'subject-cn' }), realm('closed', {})],
    settings: {
      SLUICE_TLS_CERT: await file('server.crt', serverCertificate.certPem),
      SLUICE_TLS_KEY: await file('server.key', serverCertificate.keyPem),
      SLUICE_TLS_CLIENT_CA: await file('people.crt', authority.certPem),
      SLUICE_TRUST_PROXY: '192.0.2.1',
      SLUICE_TLS_CLIENT_CERT_HEADER: 'client-cert',
    },
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Calls over TLS as whoever has the certificate. */
const call = (
  certificate: Certified | undefined,
  headers: Record<string, string> = {},
  tenant = 'tenant',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      `${server.url}/t/${tenant}/api/users/v1/me/sessions`,
      {
        agent: false,
        ca: serverCertificate.certPem,
        checkServerIdentity: () => undefined,
        headers: { accept: 'application/json', ...headers },
        ...(certificate ? { cert: certificate.certPem, key: certificate.keyPem } : {}),
      },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) as unknown });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });

describe('the session API of a tenant takes client certificates (seed row 82)', () => {
  it('of who is named in one that the authority signed', async () => {
    const { id } = await server.user('tenant', 'alex');
    expect(await call(alex)).toEqual({ status: 200, body: { userId: id, sessions: [] } });
  });

  it('and none of another authority, of nobody, or outside of its time', async () => {
    const past = new Date(server.clock.now() - 2 * 24 * 3_600_000);
    const old = certify({
      commonName: 'alex',
      issuer: authority,
      validFrom: past,
      validTo: new Date(past.getTime() + 1000),
    });
    const unknown = certify({ commonName: 'nobody', issuer: authority });
    for (const certificate of [undefined, certify({ commonName: 'alex', issuer: stranger }), unknown, old])
      expect((await call(certificate)).status).toBe(401);
  });

  it('only where the realm says how they name a user', async () => {
    expect((await call(alex, {}, 'closed')).status).toBe(401);
  });

  it('and none that a caller who is no trusted proxy writes into a header', async () => {
    const written = { 'client-cert': `:${new X509Certificate(alex.certPem).raw.toString('base64')}:` };
    expect((await call(undefined, written)).status).toBe(401);
  });
});
