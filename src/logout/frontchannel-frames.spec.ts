import { describe, expect, it } from 'vitest';
import type { Client } from '../realm/client.js';
import type { SessionWithClients } from '../sessions/user-session.js';
import { logoutFrames } from './frontchannel-frames.js';

const ISSUER = 'https://idp.test/realms/r';
const QUERY = '?iss=https%3A%2F%2Fidp.test%2Frealms%2Fr&sid=s';

function framesOf(attributes: Readonly<Record<string, string>>, more: Partial<Client> = {}): readonly string[] {
  const client = { id: 'c', clientId: 'app', enabled: true, frontchannelLogout: true, attributes, ...more } as Client;
  const ended = { session: { id: 's' }, clients: [{ clientId: 'c', notes: {} }] } as unknown as SessionWithClients;
  return logoutFrames(ended, new Map([['c', client]]), ISSUER).map(({ url }) => url);
}

const at = (url: string, required?: string): Readonly<Record<string, string>> => ({
  'frontchannel.logout.url': url,
  ...(required !== undefined && { 'frontchannel.logout.session.required': required }),
});

describe('the frames of a front-channel logout', () => {
  it.each([
    ['https://app.test/bye', undefined, [`https://app.test/bye${QUERY}`]],
    ['https://app.test/bye', 'true', [`https://app.test/bye${QUERY}`]],
    ['https://app.test/bye?a=b#c', 'false', ['https://app.test/bye?a=b']],
    ['https://app.test/bye?a=b', 'true', [`https://app.test/bye?a=b&${QUERY.slice(1)}`]],
    ['https://app.test/bye?iss=evil&sid=x', 'true', [`https://app.test/bye${QUERY}`]],
    ['javascript:alert(1)', 'true', []],
    ['data:text/html,x', 'true', []],
    ['//other.test/bye', 'true', []],
    ['https://*.test/bye', 'true', []],
    ['', 'true', []],
  ])('%s, session required %s', (url, required, expected) => {
    expect(framesOf(at(url, required))).toEqual(expected);
  });

  it('are none for a client that is told otherwise, or is switched off', () => {
    expect(framesOf(at('https://app.test/bye'), { frontchannelLogout: false })).toEqual([]);
    expect(framesOf(at('https://app.test/bye'), { enabled: false })).toEqual([]);
    expect(framesOf(at('/bye'), { rootUrl: 'https://app.test/' })).toEqual([`https://app.test/bye${QUERY}`]);
  });
});
