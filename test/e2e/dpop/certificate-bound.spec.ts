import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fields, TokenReply } from '../../support/browser-session.js';
import { certify, type Certified } from '../../support/certificates.js';
import type { RunningServer } from '../../support/running-server.js';
import { claimsOf } from '../lifetimes/timed-realm.js';
import { CERTIFIED, passwordOf, startBoundServer, tokenUrl } from './dpop-realm.js';

const HEADER = 'client-cert';
const own = certify({ commonName: 'certified' });
const foreign = certify({ commonName: 'other' });

let server: RunningServer;

beforeAll(async () => {
  server = await startBoundServer({ SLUICE_TRUST_PROXY: '127.0.0.1', SLUICE_TLS_CLIENT_CERT_HEADER: HEADER });
});
afterAll(() => server.close());

const shown = (certificate?: Certified): Fields =>
  certificate ? { [HEADER]: `:${new X509Certificate(certificate.certPem).raw.toString('base64')}:` } : {};

async function ask(form: Fields, certificate?: Certified): Promise<TokenReply> {
  const body = new URLSearchParams({ client_id: CERTIFIED.clientId, client_secret: CERTIFIED.secret!, ...form });
  const response = await fetch(tokenUrl(server), { method: 'POST', body, headers: shown(certificate) });
  return { ...((await response.json()) as object), status: response.status };
}

/** Statuses at everything that takes a token. */
const use = (token: string, certificate?: Certified): Promise<readonly number[]> =>
  Promise.all(
    [
      `${server.issuer('bound')}/protocol/openid-connect/userinfo`,
      `${server.issuer('bound')}/account`,
      `${server.url}/admin/realms/bound`,
    ].map(
      async (url) =>
        (
          await fetch(url, {
            headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...shown(certificate) },
          })
        ).status,
    ),
  );

describe('a client whose tokens are bound to its certificate (RFC 8705)', () => {
  it('gets none without one', async () => {
    expect(await ask(passwordOf('ann'))).toEqual({
      status: 400,
      error: 'invalid_request',
      error_description: 'Client Certification missing for MTLS HoK Token Binding',
    });
  });

  it('uses its tokens with that certificate only, and remains a bearer', async () => {
    const tokens = await ask(passwordOf('ann'), own);
    const thumbprint = new X509Certificate(own.certPem).fingerprint256.replaceAll(':', '');
    const cnf = { 'x5t#S256': Buffer.from(thumbprint, 'hex').toString('base64url') };
    expect(tokens).toMatchObject({ status: 200, token_type: 'Bearer' });
    expect(claimsOf(tokens.access_token)).toMatchObject({ typ: 'Bearer', cnf });
    expect(claimsOf(tokens.refresh_token)).toMatchObject({ cnf });
    expect(await use(tokens.access_token!, own)).toEqual([200, 200, 200]);
    expect(await use(tokens.access_token!, foreign)).toEqual([401, 401, 401]);
    expect(await use(tokens.access_token!)).toEqual([401, 401, 401]);
  });

  it('refreshes with that certificate only', async () => {
    const { refresh_token = '' } = await ask(passwordOf('ben'), own);
    const form = { grant_type: 'refresh_token', refresh_token };
    expect(await ask(form, foreign)).toEqual({
      status: 401,
      error: 'unauthorized_client',
      error_description: 'Client certificate missing, or its thumbprint and one in the refresh token did NOT match',
    });
    expect(await ask(form, own)).toMatchObject({ status: 200 });
  });
});
