import type KcAdminClient from '@keycloak/keycloak-admin-client';
import type { App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { chiefClient } from './admin-scene.js';
import { memberClient, present } from './expectations.js';

export const REALM = 'clients';
export const APP: App = { realm: REALM, clientId: 'app', redirectUri: 'http://app.test/cb', secret: 'app-secret' };
export const NO_CLIENT = { error: 'Could not find client' };

/** A realm with a client and people who may do this or that with clients. */
export interface ClientScene {
  readonly server: RunningServer;
  readonly admin: KcAdminClient;
  /** Has `view-clients`. */
  readonly viewer: KcAdminClient;
  /** Has `query-clients`. */
  readonly asker: KcAdminClient;
  /** Internal id of the client `app`. */
  readonly app: string;
  /** Id of the user `ada`. */
  readonly ada: string;
  /** Makes a client. @returns its internal id */
  readonly made: (clientId: string, members?: object) => Promise<string>;
}

/** Starts it on a server of its own, which the caller closes. */
export async function clientScene(): Promise<ClientScene> {
  const roles = (...names: string[]): object => ({ clientRoles: { 'realm-management': names } });
  const server = await RunningServer.start({
    realms: [
      testRealm({
        realm: REALM,
        people: ['ada', 'viewer', 'asker'],
        apps: [APP],
        users: {
          ada: { realmRoles: ['offline_access'] },
          viewer: roles('view-clients'),
          asker: roles('query-clients'),
        },
      }),
    ],
  });
  const [admin, viewer, asker] = await Promise.all([
    chiefClient(server, REALM),
    memberClient(server, REALM, 'viewer'),
    memberClient(server, REALM, 'asker'),
  ]);
  return {
    server,
    admin,
    viewer,
    asker,
    app: present((await admin.clients.find({ clientId: APP.clientId }))[0]?.id),
    ada: (await server.user(REALM, 'ada')).id,
    made: async (clientId, members = {}) => (await admin.clients.create({ clientId, ...members })).id,
  };
}
