import { Administrator } from '../src/proof/administrator.js';
import { askForTokens, CodeLogin, type Application, type Credentials } from '../src/proof/code-login.js';
import { httpRequest, jsonOf, textOf, type HttpAnswer } from '../src/proof/http-request.js';
import {
  ADMIN,
  APP,
  CHEAP_HASH,
  crowdPrefix,
  PASSWORD,
  ROOMY_APP,
  SERVICE,
  type BenchApp,
  type BenchRealm,
  type Crowd,
} from './bench-realm.js';
import { clientIdOf } from './growth/lists.js';
import type { BenchGround, Workload } from './workload.js';

const application = ({ server }: BenchGround, realm: BenchRealm, client: BenchApp): Application => ({
  issuer: `${server}/realms/${realm.name}`,
  ...client,
});

/** Who logs in. */
interface People {
  readonly prefix: string;
  readonly count: number;
}

export const everybodyOf = ({ users }: BenchRealm): People => ({ prefix: 'user-', count: users });
/** So few that everybody is at the cap soon. */
export const A_FEW: People = { prefix: 'user-', count: 20 };
export const membersOf = (crowd: Crowd): People => ({ prefix: crowdPrefix(crowd), count: crowd.users });

let turn = 0;
/** People take turns over all connections. */
const nextOf = ({ prefix, count }: People): Credentials => ({
  username: `${prefix}${(turn++ % count) + 1}`,
  password: PASSWORD,
});

export async function passwordGrant(
  ground: BenchGround,
  realm: BenchRealm,
  client: BenchApp,
  people: People,
): Promise<() => Promise<void>> {
  const app = application(ground, realm, client);
  return async () => {
    await login(ground, app, nextOf(people));
  };
}

const login = async ({ agent }: BenchGround, app: Application, credentials: Credentials): Promise<HttpAnswer> =>
  good(await askForTokens(agent, app, { grant_type: 'password', scope: 'openid', ...credentials }));

export async function browserLogin(
  ground: BenchGround,
  realm: BenchRealm,
  client: BenchApp,
  people: People,
): Promise<() => Promise<void>> {
  const app = application(ground, realm, client);
  return async () => {
    const page = await CodeLogin.open(ground.agent, app);
    good(await page.exchange(good(await page.submit(nextOf(people)), 302)));
  };
}

export function refresh(client: BenchApp): Workload['prepare'] {
  return async (ground, connection) => {
    const app = application(ground, CHEAP_HASH, client);
    let token = textOf(await login(ground, app, userOf(connection)), 'refresh_token');
    return async () => {
      const answer = good(await askForTokens(ground.agent, app, { grant_type: 'refresh_token', refresh_token: token }));
      token = textOf(answer, 'refresh_token');
    };
  };
}

export function clientCredentials({ agent, server }: BenchGround): () => Promise<void> {
  const url = `${server}/realms/${CHEAP_HASH.name}/protocol/openid-connect/token`;
  const form = { grant_type: 'client_credentials', client_id: SERVICE.clientId, client_secret: SERVICE.secret };
  return async () => {
    good(await httpRequest(agent, 'POST', url, { form }));
  };
}

export async function introspection(ground: BenchGround, connection: number): Promise<() => Promise<void>> {
  const app = application(ground, CHEAP_HASH, APP);
  const token = textOf(await login(ground, app, userOf(connection)), 'access_token');
  const form = { token, client_id: SERVICE.clientId, client_secret: SERVICE.secret };
  const url = `${app.issuer}/protocol/openid-connect/token/introspect`;
  return async () => {
    const answer = good(await httpRequest(ground.agent, 'POST', url, { form }));
    if (jsonOf(answer)['active'] !== true) throw new Error(`The token is not active: ${answer.body}`);
  };
}

export async function userinfo(ground: BenchGround, connection: number): Promise<() => Promise<void>> {
  const app = application(ground, CHEAP_HASH, APP);
  const token = textOf(await login(ground, app, userOf(connection)), 'access_token');
  const headers = { authorization: `Bearer ${token}` };
  const url = `${app.issuer}/protocol/openid-connect/userinfo`;
  return async () => {
    good(await httpRequest(ground.agent, 'GET', url, { headers }));
  };
}

const PAGE_SIZE = 20;

/** As an administrator reads it. */
export async function sessionPage({ agent, server }: BenchGround): Promise<() => Promise<void>> {
  const administrator = new Administrator(agent, server, ADMIN);
  const id = await clientIdOf(administrator, ROOMY_APP.clientId);
  const path = `/admin/realms/${CHEAP_HASH.name}/clients/${id}/user-sessions?first=0&max=${PAGE_SIZE}`;
  return async () => {
    const { body } = await administrator.read(path);
    const rows = (JSON.parse(body) as readonly unknown[]).length;
    if (rows !== PAGE_SIZE) throw new Error(`${rows} sessions instead of ${PAGE_SIZE}`);
  };
}

const userOf = (connection: number): Credentials => ({ username: `user-${connection + 1}`, password: PASSWORD });

/** A figure of requests that failed would be worth nothing. */
function good(answer: HttpAnswer, status = 200): HttpAnswer {
  if (answer.status !== status) throw new Error(`Answered ${answer.status}: ${answer.body.slice(0, 300)}`);
  return answer;
}
