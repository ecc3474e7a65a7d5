import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConfigService } from '../../../src/flows/config-service.js';
import { ExecutionService } from '../../../src/flows/execution-service.js';
import { FlowStore } from '../../../src/flows/stored-flow.js';
import { DirectFlow } from '../../../src/login/direct-flow.js';
import { ClientStore } from '../../../src/realm/client.js';
import { RealmStore } from '../../../src/realm/realm.js';
import { UserService } from '../../../src/realm/user-service.js';
import { UserStore, type User } from '../../../src/realm/user.js';
import { UnitOfWork } from '../../../src/shared/unit-of-work.js';
import { BrowserSession, passwordGrant, type App, type Fields, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { FREE, limitedRealm, newcomers, ROLLING, STRICT } from './limited-realm.js';

const profileOf = (name: string): Fields => ({ email: `${name}@example.test`, firstName: 'New', lastName: 'Comer' });

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [limitedRealm()] });
});

afterAll(() => server.close());

const browser = (): BrowserSession => new BrowserSession(server);
const sessionsOf = (name: string) => server.sessions('limited', name);

/** A browser in which the person's flow has passed, limiter included, and a required action is on screen. */
async function pastTheLimiter(app: App, name: string): Promise<{ person: BrowserSession; page: Reply }> {
  const person = browser();
  const page = await person.login(app, name);
  expect(page.page.form.names).toContain('firstName');
  return { person, page };
}

/** Changes a user the way an administrator's call does. */
async function changeUser(name: string, change: (user: User) => User): Promise<void> {
  await server.part(UnitOfWork).run(async () => {
    await server.part(UserStore).update(change(await server.user('limited', name)), true);
  });
}

/** Changes a limiter's config. */
async function changeConfig(alias: string, values: Readonly<Record<string, string>>): Promise<void> {
  const { id } = await server.realm('limited');
  const config = (await server.part(FlowStore).catalog(id)).configs.find((one) => one.alias === alias);
  await server.part(ConfigService).update(id, config!.id, { alias, values: { ...config!.values, ...values } });
}

describe('a required action between the limiter and the session', () => {
  it('opens no gap: of two logins past the limiter one is denied', async () => {
    const name = newcomers[0]!;
    const [one, two] = [await pastTheLimiter(STRICT, name), await pastTheLimiter(STRICT, name)];
    server.clock.advance(1000);
    const first = await one.person.submit(one.page, profileOf(name));
    expect(first.answer.get('code')).toBeTruthy();

    const denied = await two.person.submit(two.page, profileOf(name));
    expect(denied.status).toBe(403);
    expect(denied.page.text).toContain('One session is enough');
    expect((await sessionsOf(name)).map(({ session }) => session.id)).toEqual([first.answer.get('session_state')]);
  });

  it('opens no gap for parallel submits either', async () => {
    const name = newcomers[1]!;
    const browsers = await Promise.all(Array.from({ length: 5 }, () => pastTheLimiter(STRICT, name)));
    const replies = await Promise.all(browsers.map(({ person, page }) => person.submit(page, profileOf(name))));
    expect(replies.filter(({ status }) => status === 302)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 403)).toHaveLength(4);
    expect(await server.history('limited', name)).toHaveLength(1);
  });

  it('evicts by what is there when the session opens', async () => {
    const name = newcomers[2]!;
    const browsers = [
      await pastTheLimiter(ROLLING, name),
      await pastTheLimiter(ROLLING, name),
      await pastTheLimiter(ROLLING, name),
    ];
    const opened: (string | null)[] = [];
    for (const { person, page } of browsers) {
      server.clock.advance(1000);
      opened.push((await person.submit(page, profileOf(name))).answer.get('session_state'));
    }
    expect((await sessionsOf(name)).map(({ session }) => session.id)).toEqual(opened.slice(1));
  });
});

describe('a limit that is lowered while a login is under way', () => {
  it('counts as it is now', async () => {
    const name = newcomers[3]!;
    await changeConfig('one deny', { userRealmLimit: '2' });
    const [one, two] = [await pastTheLimiter(STRICT, name), await pastTheLimiter(STRICT, name)];
    server.clock.advance(1000);
    await one.person.submit(one.page, profileOf(name));
    await changeConfig('one deny', { userRealmLimit: '1', errorMessage: 'Now one is enough' });
    const denied = await two.person.submit(two.page, profileOf(name));
    expect(denied.status).toBe(403);
    expect(denied.page.text).toContain('Now one is enough');
    await changeConfig('one deny', { errorMessage: 'One session is enough' });
  });

  it('lets a login go on with the policy it met when the step is taken out of the flow', async () => {
    await changeUser('person1', (user) => ({ ...user, requiredActions: ['UPDATE_PROFILE'] }));
    const { person, page } = await pastTheLimiter(ROLLING, 'person1');
    const { id } = await server.realm('limited');
    const catalog = await server.part(FlowStore).catalog(id);
    const forms = catalog.flows.find(({ alias }) => alias === 'newest session forms');
    const step = catalog.executions.find(
      ({ parentFlowId, authenticator }) => parentFlowId === forms!.id && authenticator === 'user-session-limits',
    );
    await server.part(ExecutionService).remove(id, step!.id);
    const opened = await person.submit(page, profileOf('person1'));
    expect(opened.answer.get('code')).toBeTruthy();
    expect(await sessionsOf('person1')).toHaveLength(1);
  });
});

describe('what an administrator does while a login is under way', () => {
  /** A person with a code as second factor whose password is right and whose code is not typed yet. */
  async function betweenPasswordAndCode(
    name: string,
  ): Promise<{ person: BrowserSession; page: Reply; code: () => string }> {
    const secret = `SecretOf${name}SecretOf`.slice(0, 20);
    await server
      .part(UserService)
      .addOtp(await server.realm('limited'), await server.user('limited', name), secret, 'phone');
    const person = browser();
    const page = await person.login(FREE, name);
    expect(page.page.form.names).toContain('otp');
    const totp = new TOTP({ secret: Secret.fromUTF8(secret) });
    return { person, page, code: () => totp.generate({ timestamp: server.clock.now() }) };
  }

  it('lets a login finish that nothing happened to', async () => {
    const { person, page, code } = await betweenPasswordAndCode('person10');
    server.clock.advance(2000);
    expect((await person.submit(page, { otp: code() })).answer.get('code')).toBeTruthy();
  });

  it.each<[string, string, string, () => Promise<unknown>]>([
    [
      'disables the user',
      'person11',
      'This account is switched off',
      () => changeUser('person11', (user) => ({ ...user, enabled: false })),
    ],
    [
      'changes the password',
      'person12',
      'changed',
      async () =>
        server
          .part(UserService)
          .setPassword(await server.realm('limited'), await server.user('limited', 'person12'), 'reset by admin'),
    ],
    [
      'signs the user out everywhere',
      'person13',
      'changed',
      () => changeUser('person13', (user) => ({ ...user, notBefore: server.clock.seconds() })),
    ],
    [
      'sets a not-before of the client',
      'person14',
      'changed',
      async () => {
        const { id } = await server.realm('limited');
        const client = await server.part(ClientStore).byClientId(id, FREE.clientId);
        await server
          .part(UnitOfWork)
          .run(() => server.part(ClientStore).update({ ...client!, notBefore: server.clock.seconds() }));
      },
    ],
    [
      'sets a not-before of the realm',
      'person15',
      'changed',
      async () => {
        const realm = await server.realm('limited');
        const settings = { ...realm.settings, notBefore: server.clock.seconds() };
        await server.part(UnitOfWork).run(() => server.part(RealmStore).update({ ...realm, settings }));
      },
    ],
    [
      'disables the application',
      'person16',
      'switched off',
      async () => {
        const { id } = await server.realm('limited');
        const client = await server.part(ClientStore).byClientId(id, FREE.clientId);
        await server.part(UnitOfWork).run(() => server.part(ClientStore).update({ ...client!, enabled: false }));
      },
    ],
  ])('wins over the login: %s', async (_what, name, says, act) => {
    const { person, page, code } = await betweenPasswordAndCode(name);
    server.clock.advance(5000);
    await act();
    server.clock.advance(1000);
    const refused = await person.submit(page, { otp: code() });
    expect(refused.headers.get('location')).toBeNull();
    expect(refused.status).toBe(400);
    expect(refused.page.text).toContain(says);
    expect(await sessionsOf(name)).toHaveLength(0);
  });

  it('wins over a required action: who knew the old password sets no new one', async () => {
    await changeUser('person19', (user) => ({ ...user, requiredActions: ['UPDATE_PASSWORD'] }));
    const [owner, thief] = [browser(), browser()];
    const [mine, theirs] = [await owner.login(STRICT, 'person19'), await thief.login(STRICT, 'person19')];
    server.clock.advance(1000);
    const own = { 'password-new': 'only mine', 'password-confirm': 'only mine' };
    expect((await owner.submit(mine, own)).answer.get('code')).toBeTruthy();
    const refused = await thief.submit(theirs, { 'password-new': 'stolen', 'password-confirm': 'stolen' });
    expect(refused.status).toBe(400);
    expect(refused.page.text).toContain('changed');
    expect(await passwordGrant(server, STRICT, 'person19', { password: 'stolen' })).toMatchObject({ status: 400 });
  });

  it('lets the person in who meanwhile got a new password and types it', async () => {
    const client = await server.part(ClientStore).byClientId((await server.realm('limited')).id, FREE.clientId);
    await server.part(UnitOfWork).run(() => server.part(ClientStore).update({ ...client!, enabled: true }));
    const person = browser();
    const wrong = await person.submit(await person.authorize(FREE), { username: 'person17', password: 'forgotten' });
    server.clock.advance(60_000);
    await server
      .part(UserService)
      .setPassword(await server.realm('limited'), await server.user('limited', 'person17'), 'by phone');
    server.clock.advance(60_000);
    const done = await person.submit(wrong, { username: 'person17', password: 'by phone' });
    expect(done.answer.get('code')).toBeTruthy();
  });

  it('counts for a direct grant too', async () => {
    await changeUser('person18', (user) => ({ ...user, enabled: false }));
    expect(await passwordGrant(server, FREE, 'person18')).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  describe('to somebody whose direct grant is under way', () => {
    /** Something happens after the password was found right and before the session opens. */
    const meanwhile = (act: () => Promise<unknown>): void => {
      const flow = server.part(DirectFlow);
      const prove = flow.prove.bind(flow);
      vi.spyOn(flow, 'prove').mockImplementationOnce(async (request) => {
        const proof = await prove(request);
        server.clock.advance(2000);
        await act();
        return proof;
      });
    };
    const errorsOf = async (name: string): Promise<readonly (string | undefined)[]> => {
      const { id } = await server.user('limited', name);
      return (await server.events('limited')).filter(({ userId }) => userId === id).flatMap(({ error }) => error ?? []);
    };

    it('is no wrong password: after a sign-out everywhere the login counts as it is then', async () => {
      meanwhile(() => changeUser('person21', (user) => ({ ...user, notBefore: server.clock.seconds() })));
      expect(await passwordGrant(server, FREE, 'person21')).toMatchObject({ status: 200 });
      expect(await errorsOf('person21')).toEqual([]);
      expect(await sessionsOf('person21')).toHaveLength(1);
    });

    it('wins when it is a new password', async () => {
      meanwhile(async () =>
        server
          .part(UserService)
          .setPassword(await server.realm('limited'), await server.user('limited', 'person22'), 'reset by admin'),
      );
      expect(await passwordGrant(server, FREE, 'person22')).toMatchObject({ status: 400, error: 'invalid_grant' });
      expect(await errorsOf('person22')).toEqual(['invalid_user_credentials']);
      expect(await sessionsOf('person22')).toEqual([]);
    });

    it('is refused once, when it lies ahead of the clock', async () => {
      meanwhile(() => changeUser('person23', (user) => ({ ...user, notBefore: server.clock.seconds() + 60 })));
      expect(await passwordGrant(server, FREE, 'person23')).toMatchObject({ status: 400, error: 'invalid_grant' });
      expect(await errorsOf('person23')).toEqual(['invalid_user_credentials']);
    });
  });
});
