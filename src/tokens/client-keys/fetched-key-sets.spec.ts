import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../shared/clock.js';
import { Outbound, type OutboundRequest, type OutboundResult } from '../../shared/outbound.js';
import { FetchedKeySets } from './fetched-key-sets.js';

const URL = 'https://app.test/jwks';
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const setOf = (...kids: readonly string[]): OutboundResult => ({
  kind: 'answered',
  status: 200,
  body: JSON.stringify({ keys: kids.map((kid) => ({ ...publicKey.export({ format: 'jwk' }), kid })) }),
});

/** A client's server that answers what it is told. */
class Answering extends Outbound {
  calls = 0;
  answer: OutboundResult = setOf('k1');

  override async send(request: OutboundRequest): Promise<OutboundResult> {
    expect(request).toMatchObject({ method: 'GET', url: URL });
    this.calls += 1;
    await Promise.resolve();
    return this.answer;
  }
}

function start() {
  const server = new Answering();
  const clock = new ManualClock(1_700_000_000_000);
  const sets = new FetchedKeySets(server, clock);
  const kids = async (kid?: string) => (await sets.at(URL, kid)).map((key) => key.kid);
  return { server, clock, kids };
}

describe('FetchedKeySets', () => {
  it('fetches once for many, and again when the set is old', async () => {
    const { server, clock, kids } = start();
    expect(await Promise.all(Array.from({ length: 20 }, () => kids('k1')))).toEqual(Array(20).fill(['k1']));
    clock.advance(9 * 60_000);
    await kids('k1');
    expect(server.calls).toBe(1);
    server.answer = setOf('k2');
    clock.advance(60_000);
    expect(await kids('k1')).toEqual(['k2']);
    expect(server.calls).toBe(2);
  });

  it('fetches for a key id that the set lacks, but not at every call', async () => {
    const { server, clock, kids } = start();
    await kids('k1');
    server.answer = setOf('k1', 'k2');
    expect(await kids('k2')).toEqual(['k1']);
    clock.advance(10_000);
    expect(await kids('k2')).toEqual(['k1', 'k2']);
    for (const kid of ['x1', 'x2', 'x3']) await kids(kid);
    expect(server.calls).toBe(2);
  });

  it.each<[string, OutboundResult]>([
    ['unreachable', { kind: 'failed', reason: 'ECONNREFUSED' }],
    ['an error', { kind: 'answered', status: 500, body: '{"keys":[]}' }],
    ['a page', { kind: 'answered', status: 200, body: '<html>' }],
  ])('goes on with what it has for an hour when the address is %s', async (_what, answer) => {
    const { server, clock, kids } = start();
    await kids('k1');
    server.answer = answer;
    clock.advance(59 * 60_000);
    expect(await kids('k1')).toEqual(['k1']);
    clock.advance(60_000);
    expect(await kids('k1')).toEqual([]);
    server.answer = setOf('k1');
    clock.advance(10_000);
    expect(await kids('k1')).toEqual(['k1']);
  });

  it('asks an address that never answered no more often than every ten seconds', async () => {
    const { server, clock, kids } = start();
    server.answer = { kind: 'refused', reason: 'a closed network' };
    for (let call = 0; call < 5; call++) expect(await kids('k1')).toEqual([]);
    expect(server.calls).toBe(1);
    clock.advance(10_000);
    await kids('k1');
    expect(server.calls).toBe(2);
  });
});
