import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForTokens, passwordGrant, type App } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';

const APP: App = { realm: 'pairwise', clientId: 'app', redirectUri: 'http://app.test/cb' };

let server: RunningServer;

beforeAll(async () => {
  const protocolMappers = [
    {
      name: 'pairwise',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-sha256-pairwise-sub-mapper',
      config: { pairwiseSubAlgorithmSalt: 'salt' },
    },
  ];
  const realm = testRealm({ realm: 'pairwise', people: ['ann'], apps: [APP], clients: { app: { protocolMappers } } });
  server = await RunningServer.start({ realms: [realm] });
});

afterAll(() => server.close());

describe('a client with pairwise subjects', () => {
  it('never hears the id of the user: not in a token, at userinfo, or after a refresh', async () => {
    const { id } = await server.user('pairwise', 'ann');
    const first = await passwordGrant(server, APP, 'ann');
    const second = await askForTokens(server, APP, {
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token!,
    });
    expect(second.status).toBe(200);
    const userInfo = await fetch(`${server.issuer('pairwise')}/protocol/openid-connect/userinfo`, {
      headers: { authorization: `Bearer ${second.access_token!}` },
    });
    const { sub } = (await userInfo.json()) as { sub: string };
    const tokens = [first, second].flatMap((each) => [each.access_token!, each.id_token!, each.refresh_token!]);
    expect(new Set([sub, ...tokens.map((token) => decodeJwt(token).sub)]).size).toBe(1);
    for (const token of tokens) expect(JSON.stringify(decodeJwt(token))).not.toContain(id);
  });
});
