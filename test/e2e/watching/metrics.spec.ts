import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, passwordGrant } from '../../support/browser-session.js';
import { Metrics } from '../../support/metrics.js';
import { RunningServer } from '../../support/running-server.js';
import { limitedRealm, ROLLING, STRICT } from '../limiter/limited-realm.js';

const shipped = (file: string): string => readFileSync(new URL(`../../../deploy/${file}`, import.meta.url), 'utf8');

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [limitedRealm()], settings: { SLUICE_MANAGEMENT_PORT: '0' } });
});

afterAll(() => server.close());

const metrics = (): Promise<Metrics> => Metrics.of(server.managementUrl);
const health = async (path: string) => {
  const answer = await fetch(`${server.managementUrl}${path}`);
  return { status: answer.status, body: (await answer.json()) as { status: string; checks: { name: string }[] } };
};

describe('the management port', () => {
  it('counts logins by outcome and by step, hashes, transactions and waits for the owner row', async () => {
    const before = await metrics();
    await new BrowserSession(server).login(ROLLING, 'person1');
    const browser = new BrowserSession(server);
    const page = await browser.authorize(ROLLING);
    await browser.submit(page, { username: 'person1', password: 'wrong' });
    const after = await metrics();
    const more = (name: string, ...labels: string[]) => after.sum(name, ...labels) - before.sum(name, ...labels);
    expect(more('sluice_user_events_total', 'event="login"', 'error=""')).toBe(1);
    expect(more('sluice_user_events_total', 'event="login"', 'error="invalid_user_credentials"')).toBe(1);
    const step = 'step="auth-username-password-form"';
    expect(more('sluice_login_steps_total', step, 'outcome="success"')).toBe(1);
    expect(more('sluice_login_steps_total', step, 'outcome="challenge"', 'reason="invalid_credentials"')).toBe(1);
    expect(more('sluice_hash_wait_seconds_count')).toBe(2);
    expect(more('sluice_owner_lock_wait_seconds_count')).toBe(1);
    expect(more('sluice_transaction_wait_seconds_count')).toBeGreaterThan(1);
    expect(more('sluice_transaction_seconds_count', 'outcome="committed"')).toBeGreaterThan(1);
  });

  it('counts denials and evictions by cap, early and under the lock, and why sessions ended', async () => {
    const before = await metrics();
    await passwordGrant(server, STRICT, 'person2');
    await passwordGrant(server, STRICT, 'person2');
    for (let login = 0; login < 4; login++) {
      server.clock.advance(1000);
      await new BrowserSession(server).login(ROLLING, 'person3');
    }
    const after = await metrics();
    const more = (name: string, ...labels: string[]) => after.sum(name, ...labels) - before.sum(name, ...labels);
    const denials = 'sluice_session_cap_denials_total';
    expect(more(denials, 'cap="client"') + more(denials, 'cap="realm"')).toBe(1);
    expect(more(denials)).toBe(1);
    const evicted = more('sluice_session_cap_evictions_total');
    expect(evicted).toBeGreaterThan(0);
    expect(more('sluice_sessions_ended_total', 'reason="evicted"')).toBe(evicted);
  });

  it('tells what is there now: sessions, hashes, connections, outbox, event loop, process', async () => {
    const now = await metrics();
    await passwordGrant(server, ROLLING, 'person4');
    const then = await metrics();
    const open = (of: Metrics) => of.sum('sluice_client_sessions', 'state="online"');
    expect(open(then) - open(now)).toBe(1);
    expect(then.sum('sluice_hashes')).toBe(0);
    expect(then.sum('sluice_database_connections', 'state="idle"')).toBeGreaterThan(0);
    for (const name of ['sluice_outbox_deliveries', 'sluice_outbox_oldest_seconds', 'nodejs_eventloop_lag_p99_seconds'])
      expect(then.names).toContain(name);
    expect(then.sum('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });

  it('counts requests by declared route, so that strangers cannot invent series', async () => {
    const before = await metrics();
    await fetch(`${server.url}/realms/limited`);
    for (let stranger = 0; stranger < 3; stranger++) await fetch(`${server.url}/stranger-${String(stranger)}`);
    const after = await metrics();
    const more = (...labels: string[]) =>
      after.sum('sluice_http_requests_total', ...labels) - before.sum('sluice_http_requests_total', ...labels);
    expect(more('method="GET"', 'route="/realms/:realm"', 'status="200"')).toBe(1);
    expect(more('route="unmatched"', 'status="404"')).toBe(3);
    expect(after.sum('sluice_http_requests_active')).toBe(0);
  });

  it('says in the form of the reference how the server is', async () => {
    expect(await health('/health/live')).toEqual({ status: 200, body: { status: 'UP', checks: [] } });
    expect(await health('/health/started')).toMatchObject({ status: 200, body: { status: 'UP' } });
    for (const path of ['/health', '/health/ready']) {
      const { status, body } = await health(path);
      expect([status, body.status]).toEqual([200, 'UP']);
      expect(body.checks.map(({ name }) => name)).toEqual(['Server takes requests', 'Database answers']);
    }
  });

  it('has every metric and every path that files of deploy/ name', async () => {
    const { names } = await metrics();
    for (const file of ['grafana/sluice.json', 'prometheus/alerts.yaml']) {
      const named = shipped(file).match(/\b(sluice|nodejs|process)_[a-z0-9_]+/g) ?? [];
      const known = (name: string) => names.has(name) || names.has(name.replace(/_(bucket|count|sum)$/, ''));
      expect(named.length).toBeGreaterThan(5);
      expect(named.filter((name) => !known(name))).toEqual([]);
    }
    const probes = shipped('kubernetes/sluice.yaml').match(/(?<=path: )\/health\/\w+/g) ?? [];
    expect(probes).toHaveLength(3);
    for (const path of probes) expect((await health(path)).status).toBe(200);
  });

  it('has nothing else, and takes nothing', async () => {
    const status = async (path: string, method = 'GET') =>
      (await fetch(`${server.managementUrl}${path}`, { method })).status;
    expect(await status('/realms/limited')).toBe(404);
    expect(await status('/metrics', 'POST')).toBe(405);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });
});
