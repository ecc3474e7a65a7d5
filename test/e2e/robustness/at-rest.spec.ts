import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type Reply } from '../../support/browser-session.js';
import { RunningServer } from '../../support/running-server.js';
import { ONE_PAGE, robustRealm, TWO_PAGES } from './robust-realm.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: [robustRealm()] });
});

afterAll(() => server.close());

describe('the database', () => {
  it('holds no password, code or token that a person typed or got', async () => {
    const person = new BrowserSession(server);
    const secrets: (string | undefined)[] = [];
    const note = (reply: Reply): Reply => {
      secrets.push(new URL(reply.page.form.action, reply.url).searchParams.get('session_code') ?? undefined);
      return reply;
    };
    const first = note(await person.authorize(TWO_PAGES));
    const second = note(await person.submit(first, { username: 'person6', password: 'typed-too-early' }));
    const wrong = note(await person.submit(second, { password: 'mistyped-password', otp: 'typed-code-123' }));
    secrets.push(person.jar.get('AUTH_SESSION_ID')?.value);
    const done = await person.submit(wrong, { password: 'person6-pw' });
    const tokens = await person.exchange(TWO_PAGES, done);
    secrets.push('typed-too-early', 'mistyped-password', 'typed-code-123', 'person6-pw');
    secrets.push(person.jar.get('KEYCLOAK_IDENTITY')?.value, person.jar.get('AUTH_SESSION_ID')?.value);
    secrets.push(done.answer.get('code') ?? undefined, tokens.access_token, tokens.refresh_token, tokens.id_token);
    await new BrowserSession(server).login(ONE_PAGE, 'person7');

    await server.restart(); // everything is written
    const stored = await readFile(server.database, 'latin1');
    expect(stored).toContain('person6');
    expect(secrets.length).toBeGreaterThan(12);
    for (const secret of secrets) {
      expect(secret).toBeTruthy();
      expect(stored.includes(secret!), `found: ${secret!}`).toBe(false);
    }
  });
});
