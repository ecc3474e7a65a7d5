import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserSession, type Reply } from '../../support/browser-session.js';
import { CookieJar } from '../../../src/proof/cookie-jar.js';
import { RunningServer } from '../../support/running-server.js';
import { MONOGLOT, pageRealms, POLYGLOT } from './page-realm.js';

let server: RunningServer;

beforeAll(async () => {
  server = await RunningServer.start({ realms: pageRealms() });
});

afterAll(() => server.close());

const TITLES = { en: 'Sign in', de: 'Anmelden', es: 'Iniciar sesión' } as const;

/** A browser whose person prefers a language. */
const speaking = (language: string): BrowserSession => new BrowserSession(server, new CookieJar(), language);

function expectLanguage(reply: Reply, language: keyof typeof TITLES): void {
  expect(reply.page.language).toBe(language);
  expect(reply.page.title).toBe(`${TITLES[language]} · Polyglot & Sons`);
}

describe('the language of a page', () => {
  it.each<[string, keyof typeof TITLES]>([
    ['es', 'es'],
    ['es-MX, de;q=0.5', 'es'],
    ['fr, de;q=0.5, en;q=0.9', 'en'],
    ['fr', 'de'],
    ['*', 'de'],
    ['', 'de'],
    ['en;q=0, es;q=nonsense, ;;,', 'de'],
  ])('follows Accept-Language, or is the default of the realm: "%s"', async (header, language) => {
    expectLanguage(await speaking(header).authorize(POLYGLOT), language);
  });

  it('follows ui_locales before Accept-Language', async () => {
    expectLanguage(await speaking('de').authorize(POLYGLOT, { ui_locales: 'fr es-AR en' }), 'es');
  });

  it('follows kc_locale before ui_locales, and remembers it', async () => {
    const person = speaking('de');
    expectLanguage(await person.authorize(POLYGLOT, { kc_locale: 'en', ui_locales: 'es' }), 'en');
    expect(person.jar.get('KEYCLOAK_LOCALE')?.value).toBe('en');
    expectLanguage(await person.authorize(POLYGLOT), 'en');
    expectLanguage(await person.authorize(POLYGLOT, { ui_locales: 'es' }), 'es');
  });

  it('does not remember a language that is not spoken', async () => {
    const person = speaking('es');
    expectLanguage(await person.authorize(POLYGLOT, { kc_locale: 'fr' }), 'es');
    expectLanguage(await person.authorize(POLYGLOT, { kc_locale: '../../etc' }), 'es');
    expect(person.jar.get('KEYCLOAK_LOCALE')).toBeUndefined();
  });

  it('is that of the links at the foot of the page, for this login and its errors', async () => {
    const person = speaking('de');
    const page = await person.authorize(POLYGLOT);
    const english = await person.get(page.page.link('English'));
    expectLanguage(english, 'en');
    const wrong = await person.submit(english, { username: 'ida', password: 'wrong' });
    expect(wrong.page.text).toContain('The username or the password is not right');
    expect((await person.submit(wrong, { username: 'ida', password: 'ida-pw' })).answer.get('code')).toBeTruthy();
  });

  it('is that of the person once it is known', async () => {
    const person = speaking('de');
    const action = await person.login(POLYGLOT, 'jose');
    expect(action.page.language).toBe('es');
  });

  it('is that of the request on every page of the login', async () => {
    const person = speaking('de');
    const wrong = await person.submit(await person.authorize(POLYGLOT, { ui_locales: 'es' }), {
      username: 'ida',
      password: '',
    });
    expect(wrong.page.language).toBe('es');
    const lost = await person.submit(wrong, { username: 'ida', password: 'wrong' });
    expect(lost.page.language).toBe('es');
  });

  it('is that of the person when signed in', async () => {
    const person = speaking('de');
    const action = await person.login(POLYGLOT, 'jose');
    await person.submit(action, { 'password-new': 'jose-pw', 'password-confirm': 'jose-pw' });
    const again = await person.authorize(POLYGLOT, { prompt: 'login' });
    expect(again.page.language).toBe('es');
  });

  it('is the default where the realm has no internationalization', async () => {
    const person = speaking('de');
    const page = await person.authorize(MONOGLOT, { ui_locales: 'de', kc_locale: 'de' });
    expect(page.page.language).toBe('es');
    expect(person.jar.get('KEYCLOAK_LOCALE')).toBeUndefined();
    expect(page.body).not.toContain('hreflang');
  });
});
