import type KcAdminClient from '@keycloak/keycloak-admin-client';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Receiver } from '../../support/receiver.js';
import type { RunningServer } from '../../support/running-server.js';
import { refusal } from './admin-scene.js';
import { clientScene, NO_CLIENT, REALM, type ClientScene } from './client-scene.js';
import { NOBODY, present, refused } from './expectations.js';

let server: RunningServer;
let admin: KcAdminClient;
let viewer: KcAdminClient;
let app: string;
let made: ClientScene['made'];

beforeAll(async () => {
  ({ server, admin, viewer, app, made } = await clientScene());
});
afterAll(() => server.close());

describe('keycloak.json', () => {
  it('has the secret for who may manage the client, and for nobody else', async () => {
    const providerId = 'keycloak-oidc-keycloak-json';
    const file = (await admin.clients.getInstallationProviders({ id: app, providerId })) as unknown;
    expect(file).toEqual({
      realm: REALM,
      'auth-server-url': `${server.url}/`,
      'ssl-required': 'external',
      resource: 'app',
      credentials: { secret: 'app-secret' },
      'confidential-port': 0,
    });
    expect(await viewer.clients.getInstallationProviders({ id: app, providerId })).not.toHaveProperty('credentials');
    const open = await made('open', { publicClient: true });
    expect(await admin.clients.getInstallationProviders({ id: open, providerId })).toMatchObject({
      'public-client': true,
    });
    await refused(admin.clients.getInstallationProviders({ id: app, providerId: 'nope' }), 404, {
      error: 'Unknown Provider',
    });
  });
});

describe('certificates of clients', () => {
  const attr = 'jwt.credential';

  it('are generated; the private key is told once and nowhere kept', async () => {
    const id = await made('signer');
    expect(await admin.clients.getKeyInfo({ id, attr })).toEqual({});
    const made1 = await admin.clients.generateKey({ id, attr });
    expect(made1.privateKey).toBeTypeOf('string');
    const kept = await admin.clients.getKeyInfo({ id, attr });
    expect(kept).toEqual({ certificate: made1.certificate });
    expect(new X509Certificate(Buffer.from(present(kept.certificate), 'base64')).subject).toBe('CN=signer');
    expect(JSON.stringify(await admin.clients.findOne({ id }))).not.toContain(made1.privateKey);
  });

  it('come in a key store that others open', async () => {
    const id = await made('stored');
    const config = { format: 'PKCS12', keyAlias: 'stored', keyPassword: 'key-pw', storePassword: 'key-pw' };
    await refused(admin.clients.downloadKey({ id, attr }, config), 404, { error: 'keypair not generated for client' });
    const url = `${server.url}/admin/realms/${REALM}/clients/${id}/certificates/${attr}/generate-and-download`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${present(admin.accessToken)}`, 'content-type': 'application/json' },
      body: JSON.stringify(config),
    });
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    const pfx = Buffer.from(await answer.arrayBuffer());
    expect(() => createSecureContext({ pfx, passphrase: 'key-pw' })).not.toThrow();
    expect(await admin.clients.downloadKey({ id, attr }, config)).toBeInstanceOf(ArrayBuffer);
    await refused(admin.clients.generateAndDownloadKey({ id, attr }, { ...config, format: 'JKS' }), 400, {
      error: 'Only PKCS12 key stores are supported',
    });
    const { keyPassword: _none, ...without } = config;
    await refused(admin.clients.generateAndDownloadKey({ id, attr }, without), 400, {
      error: 'password-missing',
      error_description: 'Need to specify a key password',
    });
  });

  it('are uploaded as PEM or as a key set', async () => {
    const id = await made('uploader');
    const { certificate } = await admin.clients.generateKey({ id: await made('source'), attr });
    const form = (format: string, text: string): FormData => {
      const data = new FormData();
      data.set('keystoreFormat', format);
      data.set('file', new Blob([text]), 'file');
      return data;
    };
    await admin.clients.uploadCertificate({ id, attr }, form('Certificate PEM', present(certificate)));
    expect(await admin.clients.getKeyInfo({ id, attr })).toEqual({ certificate });
    const key = new X509Certificate(Buffer.from(present(certificate), 'base64')).publicKey;
    await admin.clients.uploadKey(
      { id, attr },
      form('Public Key PEM', key.export({ type: 'spki', format: 'pem' }) as string),
    );
    expect(await admin.clients.getKeyInfo({ id, attr })).toEqual({
      publicKey: key.export({ type: 'spki', format: 'der' }).toString('base64'),
    });
    const set = JSON.stringify({ keys: [key.export({ format: 'jwk' })] });
    await admin.clients.uploadKey({ id, attr }, form('JSON Web Key Set', set));
    expect(await admin.clients.getKeyInfo({ id, attr })).toEqual({ jwks: set });
    await refused(admin.clients.uploadKey({ id, attr }, form('Certificate PEM', 'nonsense')), 400, {
      error: 'The file is not a Certificate PEM',
    });
    await refused(admin.clients.uploadKey({ id, attr }, form('JKS', 'x')), 400, {
      error: 'The format "JKS" is not supported',
    });
    await refused(admin.clients.uploadKey({ id, attr }, new FormData()), 400, {
      error: 'keystoreFormat cannot be null',
    });
  });
});

describe('applications with an admin URL', () => {
  let receiver: Receiver;
  let id: string;

  beforeAll(async () => {
    receiver = await Receiver.start();
    id = await made('clustered', { adminUrl: receiver.url, notBefore: 17 });
  });
  afterAll(() => receiver.close());

  it('are told their not-before, and the answer says who took it', async () => {
    expect(await admin.clients.pushRevocation({ id })).toEqual({ successRequests: [receiver.url] });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/k_push_not_before']);
    expect(await admin.clients.pushRevocation({ id: app })).toEqual({});
    expect(await refusal(admin.clients.pushRevocation({ id: NOBODY }))).toEqual({ status: 404, body: NO_CLIENT });
    await refused(viewer.clients.pushRevocation({ id }), 403);
  });

  it('have nodes, which are added, tried out and removed', async () => {
    await admin.clients.addClusterNode({ id, node: 'localhost' });
    expect(Object.keys(registered(await admin.clients.findOne({ id })))).toEqual(['localhost']);
    expect(await admin.clients.testNodesAvailable({ id })).toEqual({
      successRequests: [`http://localhost:${receiver.port}`],
    });
    expect(receiver.received.at(-1)?.path).toBe('/k_test_available');
    await admin.clients.deleteClusterNode({ id, node: 'localhost' });
    expect(registered(await admin.clients.findOne({ id }))).toEqual({});
    await refused(admin.clients.deleteClusterNode({ id, node: 'localhost' }), 404, {
      error: 'Client does not have node ',
    });
    expect(await refusal(admin.clients.addClusterNode({ id, node: '' }))).toMatchObject({ status: 400 });
    await refused(viewer.clients.addClusterNode({ id, node: 'localhost' }), 403);
    await refused(viewer.clients.testNodesAvailable({ id }), 403);
  });

  const registered = (client: ClientRepresentation | undefined): Readonly<Record<string, unknown>> =>
    present(client).registeredNodes ?? {};
});
