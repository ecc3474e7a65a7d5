import type { Agent } from 'node:http';
import { askForTokens, CodeLogin, type Application, type Credentials } from '../src/proof/code-login.js';
import { httpRequest, jsonOf, textOf, type HttpAnswer } from '../src/proof/http-request.js';
import { APP, CAPPED_APP, CHEAP_HASH, DEFAULT_HASH, PASSWORD, SERVICE, type BenchRealm } from './bench-realm.js';

/** Where a workload runs. */
export interface BenchGround {
  readonly agent: Agent;
  /** `http://127.0.0.1:<port>` */
  readonly server: string;
}

/** Something to be done over and over. */
export interface Workload {
  readonly name: string;
  /** CPU-milliseconds of Keycloak 26.7.4 for the same, and of its PostgreSQL. */
  readonly keycloak: string;
  /** It is a password login that computes the default hash. */
  readonly hashes?: boolean;
  /** Gives one connection's part: a function that does it once. */
  prepare(ground: BenchGround, connection: number): Promise<() => Promise<void>>;
}

/** A password login with almost no hash; it also fills the memory. */
export const CHEAP_LOGIN: Workload = {
  name: 'password grant, almost no hash',
  keycloak: '5.11 + 0.66',
  prepare: (ground) => passwordGrant(ground, CHEAP_HASH, APP, CHEAP_HASH.users),
};

/** In the order of Keycloak's table, whose figures stand beside. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'password grant, default Argon2id',
    keycloak: '69.2 + 1.15',
    hashes: true,
    prepare: (ground) => passwordGrant(ground, DEFAULT_HASH, APP, DEFAULT_HASH.users),
  },
  CHEAP_LOGIN,
  {
    name: 'password grant through the limiter, evicts one of three, almost no hash',
    keycloak: '4.3 to 6.4 + 1.0',
    prepare: (ground) => passwordGrant(ground, CHEAP_HASH, CAPPED_APP, 20),
  },
  {
    name: 'browser login (page, password, code), default Argon2id',
    keycloak: '91.4 + 1.90',
    hashes: true,
    prepare: (ground) => browserLogin(ground, DEFAULT_HASH),
  },
  {
    name: 'browser login (page, password, code), almost no hash',
    keycloak: '11.9 + 0.99',
    prepare: (ground) => browserLogin(ground, CHEAP_HASH),
  },
  { name: 'refresh', keycloak: '3.97 + 0.02', prepare: refresh },
  {
    name: 'client_credentials',
    keycloak: '2.66 + 0.15',
    prepare: (ground) => Promise.resolve(clientCredentials(ground)),
  },
  { name: 'introspection', keycloak: '0.86 + 0.00', prepare: introspection },
  { name: 'userinfo', keycloak: '0.68 + 0.00', prepare: userinfo },
];

const application = (
  { server }: BenchGround,
  realm: BenchRealm,
  client: typeof APP | typeof CAPPED_APP,
): Application => ({
  issuer: `${server}/realms/${realm.name}`,
  ...client,
});

let turn = 0;
/** Users take turns over all connections. */
const nextOf = (users: number): Credentials => ({ username: `user-${(turn++ % users) + 1}`, password: PASSWORD });

async function passwordGrant(
  ground: BenchGround,
  realm: BenchRealm,
  client: typeof APP | typeof CAPPED_APP,
  users: number,
): Promise<() => Promise<void>> {
  const app = application(ground, realm, client);
  return async () => {
    await login(ground, app, nextOf(users));
  };
}

const login = async ({ agent }: BenchGround, app: Application, credentials: Credentials): Promise<HttpAnswer> =>
  good(await askForTokens(agent, app, { grant_type: 'password', scope: 'openid', ...credentials }));

async function browserLogin(ground: BenchGround, realm: BenchRealm): Promise<() => Promise<void>> {
  const app = application(ground, realm, APP);
  return async () => {
    const page = await CodeLogin.open(ground.agent, app);
    good(await page.exchange(good(await page.submit(nextOf(realm.users)), 302)));
  };
}

async function refresh(ground: BenchGround, connection: number): Promise<() => Promise<void>> {
  const app = application(ground, CHEAP_HASH, APP);
  let token = textOf(await login(ground, app, userOf(connection)), 'refresh_token');
  return async () => {
    const answer = good(await askForTokens(ground.agent, app, { grant_type: 'refresh_token', refresh_token: token }));
    token = textOf(answer, 'refresh_token');
  };
}

function clientCredentials({ agent, server }: BenchGround): () => Promise<void> {
  const url = `${server}/realms/${CHEAP_HASH.name}/protocol/openid-connect/token`;
  const form = { grant_type: 'client_credentials', client_id: SERVICE.clientId, client_secret: SERVICE.secret };
  return async () => {
    good(await httpRequest(agent, 'POST', url, { form }));
  };
}

async function introspection(ground: BenchGround, connection: number): Promise<() => Promise<void>> {
  const app = application(ground, CHEAP_HASH, APP);
  const token = textOf(await login(ground, app, userOf(connection)), 'access_token');
  const form = { token, client_id: SERVICE.clientId, client_secret: SERVICE.secret };
  const url = `${app.issuer}/protocol/openid-connect/token/introspect`;
  return async () => {
    const answer = good(await httpRequest(ground.agent, 'POST', url, { form }));
    if (jsonOf(answer)['active'] !== true) throw new Error(`The token is not active: ${answer.body}`);
  };
}

async function userinfo(ground: BenchGround, connection: number): Promise<() => Promise<void>> {
  const app = application(ground, CHEAP_HASH, APP);
  const token = textOf(await login(ground, app, userOf(connection)), 'access_token');
  const headers = { authorization: `Bearer ${token}` };
  const url = `${app.issuer}/protocol/openid-connect/userinfo`;
  return async () => {
    good(await httpRequest(ground.agent, 'GET', url, { headers }));
  };
}

const userOf = (connection: number): Credentials => ({ username: `user-${connection + 1}`, password: PASSWORD });

/** A figure of requests that failed would be worth nothing. */
function good(answer: HttpAnswer, status = 200): HttpAnswer {
  if (answer.status !== status) throw new Error(`Answered ${answer.status}: ${answer.body.slice(0, 300)}`);
  return answer;
}
