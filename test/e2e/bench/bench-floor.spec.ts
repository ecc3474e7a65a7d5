import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP, CAPPED_APP, CHEAP_HASH, CROWDS, PASSWORD, SERVICE } from '../../../bench/bench-realm.js';
import { startFloor } from '../../../bench/floor/floor-process.js';
import { measure } from '../../../bench/measure.js';
import { familyMebibytes } from '../../../bench/process-figures.js';
import { CROWDED_WORKLOADS, WORKLOADS } from '../../../bench/workloads.js';
import { askForTokens, type Application } from '../../../src/proof/code-login.js';
import { httpRequest, jsonOf, keepAlive, textOf, type HttpAnswer } from '../../../src/proof/http-request.js';
import { createDataSource } from '../../../src/persistence/data-source-options.js';
import { freshPostgres, freshSqlite, type FreshDatabase } from '../../support/databases.js';
import type { ServerProcess } from '../../support/server-process.js';

const DATABASES = { SQLite: [freshSqlite, 1], PostgreSQL: [freshPostgres, 2] } as const;

describe.each(Object.keys(DATABASES) as (keyof typeof DATABASES)[])('The floor of the bench on %s', (name) => {
  const [fresh, workers] = DATABASES[name];
  const agent = keepAlive(4);
  let database: FreshDatabase;
  let floor: ServerProcess;

  beforeAll(async () => {
    database = await fresh();
    floor = await startFloor(database.url, workers);
  });
  afterAll(async () => {
    agent.destroy();
    await floor.stop();
    await database.drop();
  });

  /** What the database says, not the floor. */
  const sessionsOf = async (userId: string, clientId: string): Promise<readonly string[]> => {
    const dataSource = await createDataSource(database.url).initialize();
    try {
      const rows = await dataSource.query<{ id: string }[]>(
        'SELECT id FROM floor_session WHERE user_id = $1 AND client_id = $2 ORDER BY started_at, id',
        [userId, clientId],
      );
      return rows.map(({ id }) => id);
    } finally {
      await dataSource.destroy();
    }
  };
  const app = (client: typeof APP | typeof CAPPED_APP): Application => ({
    issuer: `${floor.url}/realms/${CHEAP_HASH.name}`,
    ...client,
  });
  const logIn = (username: string, client: typeof APP | typeof CAPPED_APP = APP): Promise<HttpAnswer> =>
    askForTokens(agent, app(client), { grant_type: 'password', scope: 'openid', username, password: PASSWORD });
  const introspect = async (token: string): Promise<unknown> => {
    const form = { token, client_id: SERVICE.clientId, client_secret: SERVICE.secret };
    const url = `${app(APP).issuer}/protocol/openid-connect/token/introspect`;
    return jsonOf(await httpRequest(agent, 'POST', url, { form }))['active'];
  };

  it('does every work that is measured', async () => {
    for (const workload of [...WORKLOADS, ...CROWDED_WORKLOADS]) {
      const measured = await measure(workload, floor, { times: 4 });
      expect(measured.p50Ms, workload.name).toBeGreaterThan(0);
    }
    expect(familyMebibytes(floor.pid)).toBeGreaterThan(20);
  });

  it('writes each login, and believes the database about it', async () => {
    const answer = await logIn('writer');
    expect(await sessionsOf('writer', APP.clientId)).toEqual([textOf(answer, 'session_state')]);
    const token = textOf(answer, 'access_token');
    expect(await introspect(token)).toBe(true);
    expect(await introspect(`${token.slice(0, -4)}AAAA`)).toBe(false);

    const dataSource = await createDataSource(database.url).initialize();
    await dataSource.query("DELETE FROM floor_session WHERE user_id = 'writer'");
    await dataSource.destroy();
    expect(await introspect(token)).toBe(false);
    const refresh = { grant_type: 'refresh_token', refresh_token: textOf(answer, 'refresh_token') };
    expect((await askForTokens(agent, app(APP), refresh)).status).toBe(400);
  });

  it('computes the hash: a wrong password opens nothing', async () => {
    const form = { grant_type: 'password', username: 'guesser', password: 'wrong' };
    expect((await askForTokens(agent, app(APP), form)).status).toBe(401);
    expect(await sessionsOf('guesser', APP.clientId)).toEqual([]);
  });

  it('keeps the newest sessions within the cap, also when logins come at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => logIn('capped', CAPPED_APP)));
    const before = await sessionsOf('capped', CAPPED_APP.clientId);
    expect(before).toHaveLength(3);
    const newest = textOf(await logIn('capped', CAPPED_APP), 'session_state');
    const after = await sessionsOf('capped', CAPPED_APP.clientId);
    expect(after).toHaveLength(3);
    expect(after).toContain(newest);
  });

  it('has the sessions of the crowds', async () => {
    for (const { sessions } of CROWDS.filter((crowd) => crowd.sessions > 0))
      expect((await sessionsOf(`own-${sessions}-2`, 'bench-roomy')).length).toBeGreaterThanOrEqual(sessions);
  });
});
