import { generateKeyPair, exportJWK, SignJWT, type CryptoKey } from 'jose';
import * as oidc from 'openid-client';
import type { RunningServer } from '../../support/running-server.js';

export const REALM = 'signed';
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A key pair of a client. */
export interface Pair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The public half as a member of a key set. */
  readonly jwk: object;
  readonly algorithm: string;
}

export async function pairOf(algorithm: string, kid: string): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, algorithm, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

/** How an assertion differs from a good one. Members that are undefined are left out. */
export interface Changes {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** Signs assertions as a client, with the server's time. */
export async function assertion(
  server: RunningServer,
  clientId: string,
  key: Pick<Pair, 'privateKey' | 'algorithm'> & { readonly kid?: string },
  { claims = {}, header = {} }: Changes = {},
): Promise<string> {
  const now = Math.floor(server.clock.now() / 1000);
  const payload = {
    iss: clientId,
    sub: clientId,
    aud: server.issuer(REALM),
    iat: now,
    exp: now + 30,
    jti: crypto.randomUUID(),
    ...claims,
  };
  const head = { alg: key.algorithm, ...(key.kid === undefined ? {} : { kid: key.kid }), ...header };
  return new SignJWT(payload).setProtectedHeader(head).sign(key.privateKey);
}

/** What an endpoint of clients answers. */
export interface FormReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Posts a form to an endpoint of the realm. */
export async function post(
  server: RunningServer,
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<FormReply> {
  const response = await fetch(`${server.issuer(REALM)}/protocol/openid-connect/${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>) };
}

/** Asks for a token of the client itself with an assertion. */
export const clientLogin = (
  server: RunningServer,
  client_assertion: string,
  more: Readonly<Record<string, string>> = {},
): Promise<FormReply> =>
  post(server, 'token', {
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion,
    ...more,
  });

/** The real client. */
export const discover = (
  server: RunningServer,
  clientId: string,
  authentication: oidc.ClientAuth,
): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(server.issuer(REALM)), clientId, undefined, authentication, {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; a test on loopback is what it is for
    execute: [oidc.allowInsecureRequests],
  });
