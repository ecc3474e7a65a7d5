import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SessionService } from '../../../src/sessions/session-service.js';
import { Consents } from '../../../src/tokens/consents.js';
import { askForTokens, BrowserSession, type App, type Fields, type TokenReply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { testRealm } from '../../support/test-realm.js';
import { AdminApi } from './admin-api.js';

const REALM = 'meanwhile';
const APP: App = { realm: REALM, clientId: 'app', redirectUri: 'http://127.0.0.1:9/cb' };
const PEOPLE = ['ann', 'ben', 'cleo'];
const OFFLINE: Fields = { scope: 'openid offline_access' };

let server: RunningServer;
let chief: AdminApi;

beforeAll(async () => {
  const realm = testRealm({
    realm: REALM,
    people: PEOPLE,
    apps: [APP],
    // It gives its own sessions names, which are noted when a code is redeemed.
    clients: { [APP.clientId]: { adminUrl: 'http://127.0.0.1:9/admin' } },
    // Users of a realm file get no default roles.
    users: Object.fromEntries(PEOPLE.map((name) => [name, { realmRoles: ['offline_access'] }])),
    settings: { revokeRefreshToken: true, refreshTokenMaxReuse: 0 },
  });
  server = await RunningServer.start({ realms: [realm] });
  chief = await AdminApi.chief(server, REALM);
});

afterAll(() => server.close());

const userPath = async (name: string): Promise<string> => `users/${(await server.user(REALM, name)).id}`;

const refresh = ({ refresh_token: token = '' }: TokenReply): Promise<TokenReply> =>
  askForTokens(server, APP, { grant_type: 'refresh_token', refresh_token: token });

async function offlineSessionsOf(name: string): Promise<unknown> {
  const [client] = (await chief.get(`clients?clientId=${APP.clientId}`)).body as readonly { id: string }[];
  return (await chief.get(`${await userPath(name)}/offline-sessions/${client?.id ?? ''}`)).body;
}

describe('an offline session', () => {
  it.each<[string, string, (name: string) => Promise<unknown>]>([
    ['signs the user out', 'ann', async (name) => chief.post(`${await userPath(name)}/logout`, {})],
    ['disables the user', 'ben', async (name) => chief.put(await userPath(name), { enabled: false })],
  ])(
    'is not born from a session that ends while its code is redeemed: an administrator %s',
    async (_what, name, act) => {
      const person = new BrowserSession(server);
      const answer = await person.login(APP, name, OFFLINE);
      const consents = server.part(Consents);
      const covers = consents.covers.bind(consents);
      vi.spyOn(consents, 'covers').mockImplementationOnce(async (...asked) => {
        const answered = await covers(...asked);
        await act(name);
        return answered;
      });
      expect(await person.exchange(APP, answer)).toMatchObject({ status: 400, error: 'invalid_grant' });
      expect(await offlineSessionsOf(name)).toEqual([]);
      expect((await server.history(REALM, name)).map(({ end }) => end === undefined)).toEqual([false]);
    },
  );
});

describe('a refresh token that was used', () => {
  it('stays used when a code is redeemed at the same moment', async () => {
    const person = new BrowserSession(server);
    const first = await person.exchange(APP, await person.login(APP, 'cleo'));
    const again = await person.authorize(APP);
    const sessions = server.part(SessionService);
    const note = sessions.note.bind(sessions);
    vi.spyOn(sessions, 'note').mockImplementationOnce(async (...noted) => {
      expect(await refresh(first)).toMatchObject({ status: 200 });
      return note(...noted);
    });
    const second = await askForTokens(server, APP, {
      grant_type: 'authorization_code',
      code: again.answer.get('code') ?? '',
      redirect_uri: APP.redirectUri,
      code_verifier: BrowserSession.verifier,
      client_session_state: 'own-session-1',
    });
    expect(second).toMatchObject({ status: 200 });
    expect(await refresh(first)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});
