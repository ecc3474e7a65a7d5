import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Receiver } from '../../test/support/receiver.js';
import { OutboundClient } from './outbound-client.js';
import { OutboundNetworks } from './outbound-networks.js';

const NOTHING_OPEN = { networks: [], hosts: new Set<string>() };
const SHORT_MS = 150;

describe('OutboundClient', () => {
  const development = new OutboundClient(new OutboundNetworks(NOTHING_OPEN, true), SHORT_MS);
  const production = new OutboundClient(new OutboundNetworks(NOTHING_OPEN, false), SHORT_MS);
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await Receiver.start();
  });
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.answer = (response) => response.writeHead(200).end('thanks');
  });
  afterAll(() => receiver.close());

  const get = (client: OutboundClient, url: string) => client.send({ method: 'GET', url });

  it('sends method, headers and body, and gives status and body of any answer', async () => {
    receiver.answer = (response) => response.writeHead(418).end('täpot');
    const result = await development.send({
      method: 'POST',
      url: `${receiver.url}/k_logout?a=b`,
      headers: { 'content-type': 'text/plain' },
      body: 'tökén',
    });
    expect(result).toEqual({ kind: 'answered', status: 418, body: 'täpot' });
    expect(receiver.received).toMatchObject([
      { method: 'POST', path: '/k_logout?a=b', body: 'tökén', headers: { 'content-type': 'text/plain' } },
    ]);
  });

  it.each([
    ['ftp://app.test/', 'not an http or https address'],
    ['file:///etc/passwd', 'not an http or https address'],
    ['/relative', 'not an absolute address'],
    ['http://user@127.0.0.1/', 'the address has user info'],
    ['http://:password@127.0.0.1/', 'the address has user info'],
    ['http://169.254.169.254/latest/meta-data/', 'the network is never called'],
    ['http://[::ffff:a9fe:a9fe]/', 'the network is never called'],
    ['http://2852039166/', 'the network is never called'],
    ['http://0xa9.254.169.254/', 'the network is never called'],
  ])('refuses %s', async (url, reason) => {
    expect(await get(development, url)).toEqual({ kind: 'refused', reason });
  });

  it('refuses an address of a closed network, written as a number or hidden in IPv6', async () => {
    for (const host of ['127.0.0.1', '2130706433', '0177.1', '[::ffff:127.0.0.1]', '[::1]']) {
      expect(await get(production, `http://${host}:${receiver.port}/`)).toMatchObject({ kind: 'refused' });
    }
    expect(receiver.received).toEqual([]);
  });

  it('refuses a name that resolves into a closed network, without a connection', async () => {
    expect(await get(production, `http://localhost:${receiver.port}/`)).toMatchObject({ kind: 'refused' });
    expect(receiver.received).toEqual([]);
    expect(await get(development, `http://localhost:${receiver.port}/`)).toMatchObject({ kind: 'answered' });
  });

  it('calls a host that the operator opened', async () => {
    const opened = new OutboundClient(new OutboundNetworks({ networks: [], hosts: new Set(['localhost']) }, false));
    expect(await get(opened, `http://localhost:${receiver.port}/`)).toMatchObject({ kind: 'answered' });
    expect(await get(opened, `http://127.0.0.1:${receiver.port}/`)).toMatchObject({ kind: 'refused' });
  });

  it('does not follow a redirect', async () => {
    receiver.answer = (response) => response.writeHead(307, { location: `${receiver.url}/elsewhere` }).end();
    expect(await get(development, receiver.url)).toEqual({
      kind: 'failed',
      reason: 'answered with a redirect (307), which is not followed',
    });
    expect(receiver.received).toHaveLength(1);
  });

  it.each<[string, Receiver['answer']]>([
    ['never answers', () => undefined],
    ['stops after the headers', (response) => void response.writeHead(200).write('a')],
  ])('gives up on a receiver that %s', async (_what, answer) => {
    receiver.answer = answer;
    expect(await get(development, receiver.url)).toEqual({ kind: 'failed', reason: 'no answer in time' });
  });

  it('gives up on a receiver that sends a byte now and then', async () => {
    let drip: NodeJS.Timeout | undefined;
    receiver.answer = (response) => {
      response.writeHead(200);
      drip = setInterval(() => response.write('.'), 20);
    };
    expect(await get(development, receiver.url)).toEqual({ kind: 'failed', reason: 'no answer in time' });
    clearInterval(drip);
  });

  it('takes an answer of 64 KiB and no byte more', async () => {
    receiver.answer = (response) => response.end('x'.repeat(65_536));
    expect(await get(development, receiver.url)).toMatchObject({ kind: 'answered', status: 200 });
    receiver.answer = (response) => response.end('x'.repeat(65_537));
    expect(await get(development, receiver.url)).toEqual({
      kind: 'failed',
      reason: 'the answer is longer than 64 KiB',
    });
  });

  it('fails when nobody listens, when the connection breaks and when the name is unknown', async () => {
    const gone = await Receiver.start();
    await gone.close();
    expect(await get(development, gone.url)).toEqual({ kind: 'failed', reason: 'ECONNREFUSED' });
    receiver.answer = (response) => response.destroy();
    expect(await get(development, receiver.url)).toMatchObject({ kind: 'failed' });
    expect(await get(development, 'http://nowhere.invalid/')).toMatchObject({ kind: 'failed' });
  });

  it('refuses a header that cannot be sent', async () => {
    const result = await development.send({ method: 'GET', url: receiver.url, headers: { 'x-a': 'b\r\nx-c: d' } });
    expect(result).toMatchObject({ kind: 'refused' });
  });
});
