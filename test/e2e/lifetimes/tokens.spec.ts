import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserSession } from '../../support/browser-session.js';
import { APP, OTHER, TimedRealm, claimsOf, headerOf } from './timed-realm.js';

let realm: TimedRealm;

beforeAll(async () => {
  realm = await TimedRealm.start(['ann', 'ben', 'cleo', 'dan']);
});
beforeEach(() => realm.reset());
afterAll(() => realm.server.close());

describe('default signature algorithm (row 37)', () => {
  it.each(['RS256', 'ES256', 'PS256', 'EdDSA'])(
    '%s signs access and ID tokens, and its key is published',
    async (alg) => {
      await realm.set({ defaultSignatureAlgorithm: alg });
      const tokens = await realm.login('ann');
      const [access, id] = [headerOf(tokens.access_token), headerOf(tokens.id_token)];
      expect([access, id]).toMatchObject([{ alg }, { alg }]);
      const certs = await fetch(`${realm.server.issuer(APP.realm)}/protocol/openid-connect/certs`);
      const { keys } = (await certs.json()) as { keys: readonly { kid: string }[] };
      expect(keys.map(({ kid }) => kid)).toContain(access['kid']);
      expect((await realm.refresh(tokens)).status).toBe(200);
    },
  );
});

describe('revoke refresh token (row 38)', () => {
  it('lets a refresh token be used once; who uses it again loses the part of the client', async () => {
    await realm.set({ revokeRefreshToken: true });
    const first = await realm.login('ben');
    const second = await realm.refresh(first);
    expect(second.status).toBe(200);
    const refusal = { status: 400, error: 'invalid_grant' };
    expect(await realm.refresh(first)).toMatchObject({
      ...refusal,
      error_description: 'Maximum allowed refresh token reuse exceeded',
    });
    expect(await realm.refresh(second)).toMatchObject({
      ...refusal,
      error_description: "Session doesn't have required client",
    });
  });

  it('lets it be used as often more as the realm says', async () => {
    await realm.set({ revokeRefreshToken: true, refreshTokenMaxReuse: 1 });
    const first = await realm.login('ben');
    expect([(await realm.refresh(first)).status, (await realm.refresh(first)).status]).toEqual([200, 200]);
    expect((await realm.refresh(first)).status).toBe(400);
  });
});

describe('a clock that is set back', () => {
  it('ends no session, and refuses no token that was issued before or after', async () => {
    const userinfo = async ({ access_token: token = '' }: { access_token?: string }): Promise<number> => {
      const url = `${realm.server.issuer(APP.realm)}/protocol/openid-connect/userinfo`;
      return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
    };
    realm.wait(240);
    const before = await realm.login('dan', { scope: 'openid' });
    realm.wait(-240);
    expect(await userinfo(before)).toBe(200);
    const after = await realm.refresh(before);
    expect(after).toMatchObject({ status: 200 });
    expect(await userinfo(after)).toBe(200);
    expect(await realm.refresh(after)).toMatchObject({ status: 200 });
    expect(await realm.refresh(before)).toMatchObject({ status: 200 });
    expect(await realm.ends('dan')).toEqual([undefined]);
    await realm.server.endSessions(APP.realm, 'dan');
  });
});

describe('access token lifespan (row 50)', () => {
  const lifetime = (token?: string): number => {
    const { exp, iat } = claimsOf(token);
    return Number(exp) - Number(iat);
  };

  it("is the realm's, or that of the client, and never longer than the session may last", async () => {
    await realm.set({ accessTokenLifespan: 240, ssoSessionIdleTimeout: 1000, ssoSessionMaxLifespan: 3000 });
    await realm.setClient(OTHER, { 'access.token.lifespan': '600' });
    const [here, there] = [await realm.login('cleo'), await realm.login('cleo', {}, OTHER)];
    expect([here, there]).toMatchObject([{ expires_in: 240 }, { expires_in: 600 }]);
    expect([lifetime(here.access_token), lifetime(there.access_token)]).toEqual([240, 600]);
    await realm.setClient(OTHER, { 'access.token.lifespan': '5000' });
    expect(await realm.login('cleo', {}, OTHER)).toMatchObject({ expires_in: 3000 });
  });

  it('is over to the second', async () => {
    const { access_token: token = '' } = await realm.login('dan');
    const userinfo = async (): Promise<number> => {
      const url = `${realm.server.issuer(APP.realm)}/protocol/openid-connect/userinfo`;
      return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
    };
    realm.wait(59);
    expect(await userinfo()).toBe(200);
    realm.wait(1);
    expect(await userinfo()).toBe(401);
  });
});

describe('access token lifespan for the implicit flow (row 51)', () => {
  it('holds for tokens that come with the redirect', async () => {
    await realm.set({ accessTokenLifespanForImplicitFlow: 500 });
    const browser = new BrowserSession(realm.server);
    const { location } = await browser.login(APP, 'ann', { response_type: 'token id_token', nonce: 'n' });
    const answer = new URLSearchParams(location.hash.slice(1));
    expect(answer.get('expires_in')).toBe('500');
    const { exp, iat } = claimsOf(answer.get('access_token') ?? '');
    expect(Number(exp) - Number(iat)).toBe(500);
  });
});
