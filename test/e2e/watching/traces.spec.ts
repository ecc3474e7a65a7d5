import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DeliveryRunner } from '../../../src/deliveries/delivery-runner.js';
import { BrowserSession, type App } from '../../support/browser-session.js';
import { Receiver } from '../../support/receiver.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { TraceCollector, type CollectedSpan } from '../../support/trace-collector.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const APP: App = { realm: 'traced', clientId: 'traced-app', redirectUri: 'http://traced.test/cb' };
const LOGIN = 'POST /realms/:realm/login-actions/authenticate';

let collector: TraceCollector;
let application: Receiver;
/** Spans begin on a clock of whole milliseconds, and each counts its own duration from there: how far two may lie apart, in nanoseconds. */
const CLOCK = 1_000_000n;
/** What must be in no span. */
const secrets: string[] = ['traced-person', 'traced-person-pw'];

const realm = () =>
  testRealm({
    realm: APP.realm,
    people: ['traced-person'],
    apps: [APP],
    clients: {
      [APP.clientId]: { attributes: { 'backchannel.logout.url': `${application.url}/logout?key=of-the-application` } },
    },
  });

const startServer = (): Promise<RunningServer> =>
  RunningServer.start({ realms: [realm()], settings: { SLUICE_OUTBOUND_ALLOW: '127.0.0.1' } });

beforeAll(async () => {
  collector = await TraceCollector.start();
  application = await Receiver.start();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.receiver.url);
  vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json');
  vi.stubEnv('OTEL_SERVICE_NAME', 'login-of-acme');
  const server = await startServer();
  const browser = new BrowserSession(server);
  const page = await browser.authorize(APP);
  const typed = { username: 'traced-person', password: 'traced-person-pw' };
  const sent = await browser.submitOnly(page, typed, { headers: { traceparent: `00-${TRACE}-${CALLER}-01` } });
  const tokens = await browser.exchange(APP, sent);
  expect(tokens.status).toBe(200);
  await fetch(`${server.url}/health/ready`);
  await server.endSessions(APP.realm, 'traced-person');
  await server.part(DeliveryRunner).runDue();
  secrets.push(sent.answer.get('code')!, tokens.access_token!, tokens.session_state!, page.page.form.action);
  secrets.push(...Object.values(page.cookies).map(({ value }) => value));
  await server.close(); // which sends what waits
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await collector.close();
  await application.close();
});

const named = (name: string, among = collector.spans): CollectedSpan => {
  const found = among.find((span) => span.name === name);
  if (!found) throw new Error(`No span ${name} among ${among.map((span) => span.name).join(', ')}`);
  return found;
};

describe('traces', () => {
  it('a login is one trace beneath the caller, with its step, hash, transaction and wait for the owner row inside', () => {
    const trace = collector.spans.filter(({ traceId }) => traceId === TRACE);
    const request = named(LOGIN, trace);
    expect(request).toMatchObject({
      parentSpanId: CALLER,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/realms/:realm/login-actions/authenticate',
        'http.response.status_code': 302,
      },
    });
    const hash = named('password hash', trace);
    expect(hash.events).toEqual(['begun']);
    expect(trace.find(({ spanId }) => spanId === hash.parentSpanId)).toMatchObject({
      name: 'step auth-username-password-form',
      parentSpanId: request.spanId,
      attributes: { 'sluice.outcome': 'success' },
    });
    const lock = named('owner lock', trace);
    const transaction = trace.find(({ spanId }) => spanId === lock.parentSpanId)!;
    expect(transaction).toMatchObject({ name: 'transaction', parentSpanId: request.spanId, events: ['begun'] });
    // In order: the hash ends before the transaction that opens the session begins; everything lies within its parent.
    expect(hash.end <= transaction.start + CLOCK).toBe(true);
    const byId = new Map(trace.map((span) => [span.spanId, span]));
    for (const span of trace.filter(({ spanId }) => spanId !== request.spanId)) {
      const parent = byId.get(span.parentSpanId!)!;
      const within = parent.start <= span.start + CLOCK && span.end <= parent.end + CLOCK;
      expect([span.name, within]).toEqual([span.name, true]);
    }
  });

  it('a request without a caller begins a trace; probes and work in the background do not', () => {
    const roots = collector.spans.filter(({ parentSpanId = '' }) => parentSpanId === '');
    const names = new Set(roots.map(({ name }) => name));
    expect(names).toContain('GET /realms/:realm/protocol/openid-connect/auth');
    expect(names).toContain('POST /realms/:realm/protocol/openid-connect/token');
    expect([...names].filter((name) => !/^(GET|POST|deliver) /.test(name) || name.includes('/health'))).toEqual([]);
  });

  it('a delivery is a trace whose receiver is told of it, by host only', () => {
    const delivery = named('deliver backchannel-logout');
    const trace = collector.spans.filter(({ traceId }) => traceId === delivery.traceId);
    const call = named('POST', trace);
    expect(call).toMatchObject({
      parentSpanId: delivery.spanId,
      attributes: { 'server.address': '127.0.0.1', 'http.response.status_code': 204 },
    });
    expect(application.received).toHaveLength(1);
    expect(application.received[0]!.headers['traceparent']).toBe(`00-${delivery.traceId}-${call.spanId}-01`);
    expect(collector.text).not.toContain('of-the-application');
  });

  it('names the service as the operator does, and nothing that was typed, sealed or issued', () => {
    expect(collector.resource).toMatchObject({ 'service.name': 'login-of-acme' });
    expect(secrets.filter((secret) => secret === '' || collector.text.includes(secret))).toEqual([]);
    expect(collector.text).not.toContain(APP.clientId);
  });

  it('nobody waits for a receiver that does not answer, not even the end of the server', async () => {
    const hanging = await Receiver.start();
    hanging.answer = () => undefined;
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', hanging.url);
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '1');
    const server = await startServer();
    const login = await new BrowserSession(server).login(APP, 'traced-person');
    expect(login.answer.get('code')).not.toBeNull();
    await vi.waitFor(() => expect(hanging.received).not.toHaveLength(0));
    const again = await new BrowserSession(server).login(APP, 'traced-person');
    expect(again.answer.get('code')).not.toBeNull();
    const before = performance.now();
    await server.close();
    expect(performance.now() - before).toBeLessThan(5_000); // its time limit for one batch is 10 s
    await hanging.close();
  });
});
