import KcAdminClient, { NetworkError } from '@keycloak/keycloak-admin-client';
import { ADMIN, type RunningServer } from '../../support/running-server.js';

/**
 * The official admin client, unmodified, signed in as the administrator of master.
 * @param realmName the realm whose resources it speaks to
 */
export async function chiefClient(server: RunningServer, realmName: string): Promise<KcAdminClient> {
  const admin = new KcAdminClient({ baseUrl: server.url, realmName: 'master' });
  await admin.auth({ ...ADMIN, grantType: 'password', clientId: 'admin-cli' });
  admin.setConfig({ realmName });
  // The server's clock stands still, that of the client does not: a token that the server takes is not renewed, at the wrong realm.
  admin.registerTokenProvider({ getAccessToken: () => Promise.resolve(admin.accessToken ?? '') });
  return admin;
}

/** An answer that is no success. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
}

/** The answer that a method of the admin client fails with. @throws Error when it succeeds, or fails for another reason */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { status: error.response.status, body: error.responseData };
  }
  throw new Error('The server did what should have been refused');
}

/** An answer as it came, for what the admin client does not show. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined for an answer without a body, and for one that is not JSON. */
  readonly body: unknown;
}

/**
 * One call with the token of a client, as a script makes it.
 * @param path below the server's address, e.g. `/admin/serverinfo`
 * @param body a text is sent as it is, anything else as JSON
 */
export async function rawCall(
  admin: KcAdminClient,
  method: string,
  path: string,
  { body, type = 'application/json' }: { readonly body?: unknown; readonly type?: string } = {},
): Promise<RawAnswer> {
  const response = await fetch(`${admin.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${(await admin.getAccessToken()) ?? ''}`,
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: jsonIn(text) };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
