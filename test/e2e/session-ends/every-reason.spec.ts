import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeliveryRunner } from '../../../src/deliveries/delivery-runner.js';
import { END_REASONS, type EndReason } from '../../../src/sessions/user-session.js';
import { BrowserSession, passwordGrant, type App, type TokenReply } from '../../support/browser-session.js';
import { Receiver } from '../../support/receiver.js';
import { RunningServer } from '../../support/running-server.js';
import { phoneCode } from '../flows/flow-realm.js';
import { AdminApi } from '../security/admin-api.js';
import { endedRealm, ROLLING } from './ended-realm.js';

const TOLD: App = { realm: 'ended', clientId: 'told', redirectUri: 'http://told.test/cb' };
const OURS = 'urn:sluice:event:session-end';

/** One who is signed in at the application in a browser. */
interface Person {
  readonly name: string;
  readonly id: string;
  readonly browser: BrowserSession;
  readonly tokens: TokenReply;
}

/** A door through which a session ends. */
interface Door {
  readonly reason: EndReason;
  readonly door: string;
  readonly end: (person: Person) => Promise<unknown>;
  /** What the next page of the browser says. */
  readonly words: string | undefined;
  /** The session is noticed to be over by the visit itself. */
  readonly noticed?: true;
  readonly rememberMe?: true;
  /** Whose session it is signs in at this application instead. */
  readonly app?: App;
  /** Nobody is left to be told, or to look it up. */
  readonly untold?: true;
  readonly forgotten?: true;
}

const DOOMED: App = { realm: 'ended', clientId: 'doomed', redirectUri: 'http://doomed.test/cb' };
const OFF: App = { realm: 'ended', clientId: 'off', redirectUri: 'http://off.test/cb' };

let server: RunningServer;
let told: Receiver;

const admin = (): Promise<AdminApi> => AdminApi.chief(server, 'ended');
const pass = (ms: number): void => {
  server.clock.advance(ms);
};
const nowInSeconds = (): number => Math.floor(server.clock.now() / 1000);
const clientId = async ({ clientId: name }: App): Promise<string> => {
  const [found] = (await (await admin()).get(`clients?clientId=${name}`)).body as readonly { readonly id: string }[];
  return found?.id ?? '';
};

const DOORS: readonly Door[] = [
  {
    reason: 'user',
    door: 'the application signs its user out',
    words: 'You signed out of this session',
    end: ({ tokens }) =>
      fetch(`${server.issuer('ended')}/protocol/openid-connect/logout`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: TOLD.clientId, refresh_token: tokens.refresh_token ?? '' }),
      }),
  },
  {
    reason: 'admin',
    door: 'an administrator ends it',
    words: 'by an administrator',
    end: async ({ tokens }) => (await admin()).delete(`sessions/${String(tokens.session_state)}`),
  },
  {
    reason: 'evicted',
    door: 'two more logins under a cap of two',
    words: 'the limit is 2',
    end: async ({ name }) => {
      await new BrowserSession(server).login(ROLLING, name);
      pass(1000);
      await new BrowserSession(server).login(ROLLING, name);
    },
  },
  {
    reason: 'idle',
    door: 'nobody uses it',
    words: 'not been here for a while',
    noticed: true,
    end: () => {
      pass(601_000);
      return Promise.resolve();
    },
  },
  {
    reason: 'max',
    door: 'it is used for too long',
    words: 'longest duration',
    noticed: true,
    end: async ({ browser }) => {
      for (let passed = 0; passed < 6000; passed += 500) {
        await browser.authorize(TOLD);
        pass(500_000);
      }
    },
  },
  {
    reason: 'revoked',
    door: 'the only application gives its refresh token back',
    words: 'access was withdrawn',
    end: ({ tokens }) =>
      fetch(`${server.issuer('ended')}/protocol/openid-connect/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: TOLD.clientId, token: tokens.refresh_token ?? '' }),
      }),
  },
  {
    reason: 'revoked',
    door: 'the realm has a not-before',
    words: 'access was withdrawn',
    noticed: true,
    end: async () => {
      pass(2000);
      await (await admin()).put('', { notBefore: nowInSeconds() });
    },
  },
  {
    reason: 'revoked',
    door: 'the user has a not-before',
    words: 'access was withdrawn',
    noticed: true,
    end: async ({ id }) => {
      pass(2000);
      await (await admin()).put(`users/${id}`, { notBefore: nowInSeconds() });
    },
  },
  {
    reason: 'password_change',
    door: 'a new password, others to sign out',
    words: 'your password or how you sign in was changed',
    end: async ({ name }) => {
      const other = new BrowserSession(server);
      const page = await other.login(TOLD, name, { kc_action: 'UPDATE_PASSWORD' });
      expect(page.page.field('logout-sessions')).toHaveProperty('checked');
      const typed = { 'password-new': 'new-pw', 'password-confirm': 'new-pw', 'logout-sessions': 'on' };
      expect((await other.submit(page, typed)).answer.get('kc_action_status')).toBe('success');
      expect(await server.sessions('ended', name)).toHaveLength(1);
    },
  },
  {
    reason: 'password_change',
    door: 'a second factor, others to sign out',
    words: 'your password or how you sign in was changed',
    end: async ({ name }) => {
      const other = new BrowserSession(server);
      const page = await other.login(TOLD, name, { kc_action: 'CONFIGURE_TOTP' });
      expect(page.page.field('logout-sessions')).toHaveProperty('checked');
      const totp = phoneCode(server.clock.now(), page.page.form.hidden['totpSecret']);
      const done = await other.submit(page, { totp, 'logout-sessions': 'on' });
      expect(done.answer.get('kc_action_status')).toBe('success');
      expect(await server.sessions('ended', name)).toHaveLength(1);
    },
  },
  {
    reason: 'user_disabled',
    door: 'an administrator switches the user off',
    words: 'your account was switched off',
    end: async ({ id }) => (await admin()).put(`users/${id}`, { enabled: false }),
  },
  {
    reason: 'user_disabled',
    door: 'too many wrong passwords switch the user off for good',
    words: 'your account was switched off',
    noticed: true,
    end: async ({ name }) => {
      await (await admin()).put('', { bruteForceProtected: true, permanentLockout: true, failureFactor: 1 });
      await passwordGrant(server, TOLD, name, { password: 'wrong' });
      await (await admin()).put('', { bruteForceProtected: false, permanentLockout: false });
      expect((await server.user('ended', name)).enabled).toBe(false);
    },
  },
  {
    reason: 'user_deleted',
    door: 'an administrator deletes the user',
    words: undefined, // what was stored of the person went with the person
    forgotten: true,
    end: async ({ id }) => (await admin()).delete(`users/${id}`),
  },
  {
    reason: 'client_removed',
    door: 'its only application is deleted',
    words: 'the application was switched off or removed',
    app: DOOMED,
    untold: true,
    end: async () => (await admin()).delete(`clients/${await clientId(DOOMED)}`),
  },
  {
    reason: 'client_removed',
    door: 'its only application is switched off',
    words: 'the application was switched off or removed',
    app: OFF,
    untold: true,
    end: async () => (await admin()).put(`clients/${await clientId(OFF)}`, { enabled: false }),
  },
  {
    reason: 'realm_policy',
    door: 'the realm has no "remember me" any more',
    words: 'the rules for staying signed in have changed',
    noticed: true,
    rememberMe: true,
    end: async () => (await admin()).put('', { rememberMe: false }),
  },
];
const nameOf = (index: number): string => `person${index}`;

beforeAll(async () => {
  told = await Receiver.start();
  const attributes = { attributes: { 'backchannel.logout.url': `${told.url}/logout` } };
  server = await RunningServer.start({
    realms: [
      endedRealm(
        DOORS.map((_door, index) => nameOf(index)),
        [TOLD, DOOMED, OFF],
        {
          [TOLD.clientId]: attributes,
          [DOOMED.clientId]: attributes,
          [OFF.clientId]: attributes,
        },
      ),
    ],
  });
});

afterAll(async () => {
  await server.close();
  await told.close();
});

async function signedIn(name: string, { app = TOLD, rememberMe }: Door): Promise<Person> {
  const browser = new BrowserSession(server);
  const typed = { username: name, password: `${name}-pw`, ...(rememberMe && { rememberMe: 'on' }) };
  const tokens = await browser.exchange(app, await browser.submit(await browser.authorize(app), typed));
  expect(tokens.status).toBe(200);
  pass(1000);
  return { name, browser, tokens, id: (await server.user('ended', name)).id };
}

describe('every reason for which a session ends', () => {
  it('has a door here', () => {
    expect([...new Set(DOORS.map(({ reason }) => reason))].sort()).toEqual([...END_REASONS].sort());
  });

  it.each(DOORS.map((door, index) => [door.reason, door.door, door, nameOf(index)] as const))(
    '%s: %s. It is in the event, the list, the next page and the logout token',
    async (reason, _door, door, name) => {
      const person = await signedIn(name, door);
      const sid = person.tokens.session_state;
      told.received.length = 0;
      await door.end(person);
      const ended = async (): Promise<readonly unknown[]> =>
        (await server.events('ended'))
          .filter(({ type, sessionId }) => sessionId === sid && ['LOGOUT', 'USER_SESSION_DELETED'].includes(type))
          .map(({ details }) => details['reason']);
      expect(await ended()).toEqual(door.noticed ? [] : [reason]);

      const next = (await person.browser.authorize(door.app?.clientId === undefined ? TOLD : ROLLING)).page.text;
      if (door.words === undefined) expect(next).not.toContain('signed out');
      else expect(next).toContain(door.words);
      expect(await ended()).toEqual([reason]);

      const { body } = await (await admin()).get(`sessions/ended?user=${person.id}`);
      const listed = (body as readonly { readonly id: string; readonly reason: string }[]).filter(
        ({ id }) => id === sid,
      );
      expect(listed.map((each) => each.reason)).toEqual(door.forgotten ? [] : [reason]);

      await server.part(DeliveryRunner).runDue();
      const tokens = told.received.map(({ body: form }) =>
        decodeJwt(new URLSearchParams(form).get('logout_token') ?? ''),
      );
      const ours = tokens
        .filter(({ sub }) => sub === person.id)
        .map(({ events }) => (events as Record<string, object>)[OURS]);
      expect(ours).toEqual(door.untold ? [] : [expect.objectContaining({ reason })]);
      await (await admin()).put('', { notBefore: 0, rememberMe: true });
    },
  );
});
