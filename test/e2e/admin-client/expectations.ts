import KcAdminClient from '@keycloak/keycloak-admin-client';
import { expect } from 'vitest';
import type { RunningServer } from '../../support/running-server.js';
import { refusal } from './admin-scene.js';

/** The official admin client, signed in as a person of the realm whose password is `<name>-pw`. */
export async function memberClient(server: RunningServer, realm: string, username: string): Promise<KcAdminClient> {
  const admin = new KcAdminClient({ baseUrl: server.url, realmName: realm });
  await admin.auth({ username, password: `${username}-pw`, grantType: 'password', clientId: 'admin-cli' });
  return admin;
}

/** Expects that a call is refused with this status, and with exactly this body where one is given. */
export async function refused(call: Promise<unknown>, status: number, body?: unknown): Promise<void> {
  const answer = await refusal(call);
  expect({ status: answer.status, ...(body !== undefined && { body: answer.body }) }).toEqual({
    status,
    ...(body !== undefined && { body }),
  });
}

/** An id that nobody has. */
export const NOBODY = '00000000-0000-4000-8000-000000000000';

/** The value, which a client may give as absent. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('It is not there');
  return value;
}

/** Their names, in their order. */
export const namesOf = (list: readonly { readonly name?: string }[]): readonly (string | undefined)[] =>
  list.map(({ name }) => name);

/** What is said of a feature of the reference that is off by default, and not built here. */
export const FEATURE_OFF = {
  error: 'Feature not enabled',
  error_description: 'For more on this error consult the server log.',
};
