import { askForTokens, passwordGrant, type App, type Fields, type TokenReply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from '../security/admin-api.js';

const REALM = 'timed';

export const APP: App = { realm: REALM, clientId: 'app', redirectUri: 'http://127.0.0.1:9/cb' };
export const OTHER: App = { realm: REALM, clientId: 'other', redirectUri: 'http://127.0.0.1:9/other' };

/** What the realm is set to before each test. */
const USUAL = {
  revokeRefreshToken: false,
  refreshTokenMaxReuse: 0,
  accessTokenLifespan: 60,
  accessTokenLifespanForImplicitFlow: 900,
  ssoSessionIdleTimeout: 1800,
  ssoSessionMaxLifespan: 36_000,
  ssoSessionIdleTimeoutRememberMe: 0,
  ssoSessionMaxLifespanRememberMe: 0,
  offlineSessionIdleTimeout: 2_592_000,
  offlineSessionMaxLifespanEnabled: false,
  offlineSessionMaxLifespan: 5_184_000,
  clientSessionIdleTimeout: 0,
  clientSessionMaxLifespan: 0,
  clientOfflineSessionIdleTimeout: 0,
  clientOfflineSessionMaxLifespan: 0,
  rememberMe: true,
  defaultSignatureAlgorithm: 'RS256',
  attributes: {},
};

/** A server with one realm whose lifetimes the tests change by the Admin API, and whose time they move. */
export class TimedRealm {
  private constructor(readonly server: RunningServer) {}

  static async start(people: readonly string[]): Promise<TimedRealm> {
    const realm = testRealm({
      realm: REALM,
      people,
      apps: [APP, OTHER],
      clients: { [APP.clientId]: { implicitFlowEnabled: true } },
      // Users of a realm file get no default roles.
      users: Object.fromEntries(people.map((name) => [name, { realmRoles: ['offline_access'] }])),
      settings: USUAL,
    });
    return new TimedRealm(await RunningServer.start({ realms: [realm] }));
  }

  /** Realm and clients as they were in the beginning. Sessions stay. */
  async reset(): Promise<void> {
    await this.set({});
    for (const app of [APP, OTHER]) await this.setClient(app, {});
  }

  /** Sets the realm as it is usually, but for these. */
  async set(settings: object): Promise<void> {
    const api = await AdminApi.chief(this.server, REALM);
    const { status } = await api.put('', { ...USUAL, ...settings });
    if (status !== 204) throw new Error(`The realm was not changed: ${status}`);
  }

  /** Sets attributes of a client; those named by a test and not given are cleared. */
  async setClient(app: App, attributes: Fields): Promise<void> {
    const api = await AdminApi.chief(this.server, REALM);
    const { status } = await api.put(`clients/${await this.uuidOf(app)}`, {
      clientId: app.clientId,
      attributes: { ...CLEARED, ...attributes },
    });
    if (status !== 204) throw new Error(`The client was not changed: ${status}`);
  }

  async uuidOf({ clientId }: App): Promise<string> {
    const api = await AdminApi.chief(this.server, REALM);
    const [client] = (await api.get(`clients?clientId=${clientId}`)).body as readonly { id: string }[];
    return client?.id ?? '';
  }

  /** A GET at the realm's Admin API. */
  async ask(path: string): Promise<unknown> {
    return (await (await AdminApi.chief(this.server, REALM)).get(path)).body;
  }

  /** What the server asks of a user after the next login. */
  async requireAction(name: string, action: string): Promise<void> {
    const { id } = await this.server.user(REALM, name);
    const { status } = await (
      await AdminApi.chief(this.server, REALM)
    ).put(`users/${id}`, { requiredActions: [action] });
    if (status !== 204) throw new Error(`The user was not changed: ${status}`);
  }

  wait(seconds: number): void {
    this.server.clock.advance(seconds * 1000);
  }

  login(name: string, more: Fields = {}, app = APP): Promise<TokenReply> {
    return passwordGrant(this.server, app, name, more);
  }

  refresh({ refresh_token: token = '' }: TokenReply, app = APP): Promise<TokenReply> {
    return askForTokens(this.server, app, { grant_type: 'refresh_token', refresh_token: token });
  }

  /** Why the user's sessions ended, oldest first; undefined for one that has not. */
  async ends(name: string): Promise<readonly (string | undefined)[]> {
    return (await this.server.history(REALM, name)).map(({ end }) => end?.reason);
  }
}

const CLEARED = Object.fromEntries(
  [
    'client.session.idle.timeout',
    'client.session.max.lifespan',
    'client.offline.session.idle.timeout',
    'client.offline.session.max.lifespan',
    'access.token.lifespan',
  ].map((name) => [name, '']),
);

/** The claims of a token, unchecked. */
export const claimsOf = (token = ''): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Readonly<Record<string, unknown>>;

/** The header of a token. */
export const headerOf = (token = ''): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Readonly<Record<string, unknown>>;
