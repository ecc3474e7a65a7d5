import { askForTokens, passwordGrant, type App } from '../support/browser-session.js';
import { testRealm } from '../support/test-realm.js';
import type { CallerName } from './generated-calls.js';
import { encoded, sendRaw } from './raw-request.js';

/** A server to be fuzzed, its administrator, and its database. */
export interface FuzzedServer {
  readonly url: string;
  readonly admin: { readonly username: string; readonly password: string };
  /** Path of the SQLite file. */
  readonly database: string;
}

const PATIENCE_MS = 30_000;
const VIEW_ROLES = ['view-realm', 'view-users', 'view-clients', 'view-events', 'view-identity-providers'];
/** Words with a meaning in every realm of the fuzz. */
export const REALM_WORDS = [
  ...['ann', 'ann-pw', 'app', 'account', 'openid', 'browser', 'direct grant', 'S256', 'code', 'en', 'de'],
  ...['password', 'refresh_token', 'client_credentials', 'authorization_code', 'none', 'login', 'UPDATE_PASSWORD'],
  ...['auth-cookie', 'auth-otp-form', 'user-session-limits', 'basic-flow', 'client-flow', 'openid-connect'],
  ...['REQUIRED', 'ALTERNATIVE', 'DISABLED', 'CONDITIONAL', 'http://app.test/cb', 'otp', 'rsa-generated'],
  ...['oidc-usermodel-attribute-mapper', 'org.keycloak.keys.KeyProvider', 'LOGIN', 'CREATE', 'id:x', 'k:v'],
];

/** A realm that may be broken: what is in it, and who calls. */
export class FuzzRealm {
  private known: ReadonlyMap<string, readonly string[]> = new Map();
  private tokens: Partial<Record<CallerName, string>> = {};
  private personTokens: readonly string[] = [];

  private constructor(
    private readonly server: FuzzedServer,
    public name: string,
  ) {}

  /** Makes the realm and its callers. @throws Error when the server does not let it */
  static async make(server: FuzzedServer, name: string): Promise<FuzzRealm> {
    const realm = new FuzzRealm(server, name);
    await realm.signInChief();
    await realm.expect('POST', '/admin/realms', fuzzRealmFile(name));
    await realm.appointViewer();
    // The roles of a realm that was made since count for tokens that were issued since, too.
    await realm.signInAll();
    await realm.look();
    return realm;
  }

  token(caller: CallerName): string | undefined {
    return this.tokens[caller];
  }

  /** Something that is there and may stand at a parameter of a path or form. */
  pick(parameter: string, at: number): string {
    const places = PARAMETERS[parameter] ?? [parameter];
    const values = places.flatMap((place) => this.known.get(place) ?? [place]);
    return values[at % values.length] ?? parameter;
  }

  async signInAll(): Promise<void> {
    await this.signInChief();
    const issuers = { issuer: (realm: string) => `${this.server.url}/realms/${encoded(realm)}` };
    const viewer = await askForTokens(issuers, cli('master'), {
      grant_type: 'password',
      username: 'fuzz-viewer',
      password: 'fuzz-viewer-pw',
    });
    const person = await passwordGrant(issuers, { ...cli(this.name), clientId: 'app' }, 'ann');
    this.tokens = {
      ...this.tokens,
      ...(viewer.access_token !== undefined && { viewer: viewer.access_token }),
      ...(person.access_token !== undefined && { person: person.access_token }),
      stranger: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.',
    };
    this.personTokens = [person.access_token, person.refresh_token, person.id_token].filter(
      (text) => text !== undefined,
    );
  }

  /** Looks again at what is there. False when the realm is gone, or cannot be read. */
  async look(): Promise<boolean> {
    if (!Array.isArray(await this.read('/users'))) return false;
    const known = new Map<string, string[]>([
      ['realm', [this.name]],
      ['tokens', [...this.personTokens]],
    ]);
    for (const { place, path, member } of LOOKS) {
      const [base = '', kind] = path.split('{}');
      const paths =
        kind === undefined
          ? [base]
          : (known.get(member.split('<')[1] ?? '') ?? []).slice(0, 4).map((id) => `${base}${encoded(id)}${kind}`);
      for (const each of paths) {
        const rows = await this.read(each);
        const found = (Array.isArray(rows) ? rows : []).map(
          (row) => (row as Record<string, unknown>)[member.split('<')[0]!],
        );
        known.set(
          place,
          [...(known.get(place) ?? []), ...found.filter((value) => typeof value === 'string')].slice(0, 60),
        );
      }
    }
    this.known = known;
    return true;
  }

  /** JSON that the chief reads below the realm; undefined for anything but 200. */
  async read(path: string): Promise<unknown> {
    const answer = await this.send('GET', `/admin/realms/${encoded(this.name)}${path}`);
    return answer.status === 200 && answer.text !== '' ? (JSON.parse(answer.text) as unknown) : undefined;
  }

  /** Takes away every realm but `master`, and the viewer. */
  async remove(): Promise<void> {
    await this.signInChief();
    const realms = JSON.parse((await this.send('GET', '/admin/realms?briefRepresentation=true')).text) as {
      realm: string;
    }[];
    for (const { realm } of realms.filter((each) => each.realm !== 'master'))
      await this.send('DELETE', `/admin/realms/${encoded(realm)}`);
    for (const { id } of await this.viewers()) await this.send('DELETE', `/admin/realms/master/users/${id}`);
  }

  private async signInChief(): Promise<void> {
    const issuers = { issuer: (realm: string) => `${this.server.url}/realms/${realm}` };
    const { access_token: token } = await askForTokens(issuers, cli('master'), {
      grant_type: 'password',
      ...this.server.admin,
    });
    if (token === undefined) throw new Error('The chief administrator cannot log in');
    this.tokens = { ...this.tokens, chief: token };
  }

  private async viewers(): Promise<readonly { readonly id: string }[]> {
    const { text } = await this.send('GET', '/admin/realms/master/users?username=fuzz-viewer&exact=true');
    return JSON.parse(text) as { id: string }[];
  }

  /** A user of `master` who may look at this realm. */
  private async appointViewer(): Promise<void> {
    const username = 'fuzz-viewer';
    const credentials = [{ type: 'password', value: 'fuzz-viewer-pw' }];
    const person = { firstName: 'Fuzz', lastName: 'Viewer', email: 'viewer@example.test' };
    await this.expect('POST', '/admin/realms/master/users', { username, enabled: true, ...person, credentials });
    const [viewer] = await this.viewers();
    const clients = await this.send('GET', `/admin/realms/master/clients?clientId=${encoded(`${this.name}-realm`)}`);
    const [client] = JSON.parse(clients.text) as { id: string }[];
    const { text } = await this.send('GET', `/admin/realms/master/clients/${client?.id ?? ''}/roles`);
    const roles = (JSON.parse(text) as { name: string }[]).filter((role) => VIEW_ROLES.includes(role.name));
    await this.expect(
      'POST',
      `/admin/realms/master/users/${viewer?.id ?? ''}/role-mappings/clients/${client?.id ?? ''}`,
      roles,
    );
  }

  private async expect(method: string, target: string, body: object): Promise<void> {
    const { status, text } = await this.send(method, target, body);
    if (status >= 300) throw new Error(`${method} ${target} answered ${status}: ${text.slice(0, 300)}`);
  }

  private send(method: string, target: string, body?: object) {
    const headers = { authorization: `Bearer ${this.tokens.chief ?? ''}`, 'content-type': 'application/json' };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return sendRaw(this.server.url, { method, target, headers, ...content }, PATIENCE_MS);
  }
}

const cli = (realm: string): App => ({ realm, clientId: 'admin-cli', redirectUri: '' });

const fuzzRealmFile = (realm: string): object =>
  testRealm({
    realm,
    people: ['ann', 'bob'],
    apps: [{ realm, clientId: 'app', redirectUri: 'http://app.test/cb' }],
    settings: {
      groups: [{ name: 'staff', subGroups: [{ name: 'cooks' }] }],
      roles: { realm: [{ name: 'cook' }, { name: 'waiter' }], client: { app: [{ name: 'reader' }] } },
      adminEventsEnabled: true,
    },
  });

/** What is there: the name of the place, where it is listed, and the member; `id<users` stands for each of the place `users`. */
const LOOKS: readonly { readonly place: string; readonly path: string; readonly member: string }[] = [
  { place: 'users', path: '/users', member: 'id' },
  { place: 'clients', path: '/clients', member: 'id' },
  { place: 'clientIds', path: '/clients', member: 'clientId' },
  { place: 'roles', path: '/roles', member: 'name' },
  { place: 'roleIds', path: '/roles', member: 'id' },
  { place: 'groups', path: '/groups', member: 'id' },
  { place: 'scopes', path: '/client-scopes', member: 'id' },
  { place: 'flows', path: '/authentication/flows', member: 'alias' },
  { place: 'flowIds', path: '/authentication/flows', member: 'id' },
  { place: 'actions', path: '/authentication/required-actions', member: 'alias' },
  { place: 'providers', path: '/authentication/authenticator-providers', member: 'id' },
  { place: 'components', path: '/components', member: 'id' },
  { place: 'sessions', path: '/sessions', member: 'id' },
  { place: 'credentials', path: '/users/{}/credentials', member: 'id<users' },
  { place: 'roles', path: '/clients/{}/roles', member: 'name<clients' },
  { place: 'roleIds', path: '/clients/{}/roles', member: 'id<clients' },
  { place: 'mappers', path: '/clients/{}/protocol-mappers/models', member: 'id<clients' },
  { place: 'mappers', path: '/client-scopes/{}/protocol-mappers/models', member: 'id<scopes' },
  { place: 'executions', path: '/authentication/flows/{}/executions', member: 'id<flows' },
  { place: 'configs', path: '/authentication/flows/{}/executions', member: 'authenticationConfig<flows' },
  { place: 'versions', path: '/authentication/flows/{}/versions', member: 'hash<flows' },
];

/** Which of these a parameter may be. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  realm: ['realm'],
  tenant: ['realm'],
  user: ['users', 'ann'],
  client: ['clients', 'clientIds'],
  owner: ['clients'],
  role: ['roles'],
  id: ['roleIds'],
  group: ['groups'],
  scope: ['scopes'],
  flow: ['flows', 'flowIds'],
  execution: ['executions'],
  config: ['configs'],
  alias: ['actions'],
  component: ['components'],
  session: ['sessions'],
  credential: ['credentials'],
  other: ['credentials'],
  mapper: ['mappers'],
  version: ['versions'],
  provider: ['providers'],
  protocol: ['openid-connect', 'saml'],
  locale: ['en', 'de'],
  key: ['doLogIn', 'greeting'],
  themeType: ['login', 'account'],
  rest: ['staff', 'staff/cooks'],
  client_id: ['clientIds'],
  username: ['ann', 'bob'],
  password: ['ann-pw', 'bob-pw', 'wrong'],
  grant_type: ['password', 'refresh_token', 'authorization_code', 'client_credentials'],
  token: ['tokens'],
  refresh_token: ['tokens'],
  access_token: ['tokens'],
  id_token_hint: ['tokens'],
  redirect_uri: ['http://app.test/cb'],
  post_logout_redirect_uri: ['http://app.test/cb'],
  response_type: ['code', 'code id_token', 'token', 'none'],
  response_mode: ['query', 'fragment', 'form_post', 'jwt'],
  prompt: ['none', 'login', 'consent'],
  code_challenge_method: ['S256', 'plain'],
};
