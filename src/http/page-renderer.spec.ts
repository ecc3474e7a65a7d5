import { describe, expect, it } from 'vitest';
import { Messages } from './messages.js';
import type { PageModel } from './page-model.js';
import { PageRenderer } from './page-renderer.js';

const messages = new Messages();
const renderer = new PageRenderer(messages);

function page(name: string, more: Partial<PageModel> = {}): PageModel {
  return {
    page: name,
    locale: 'en',
    realmName: 'acme',
    realmTitle: 'Acme',
    action: '/post',
    links: {},
    canTryAnotherWay: false,
    data: {},
    ...more,
  };
}

/** Names of all fields and buttons, in order. */
const names = (html: string) =>
  [...html.matchAll(/<(?:input|button|select|textarea)\b[^>]*?\bname="([^"]+)"/g)].map(([, name]) => name);

describe('the fields of each page', () => {
  it.each<[string, PageModel['data'], string[]]>([
    ['login', {}, ['username', 'password']],
    ['login', { rememberMeAllowed: true }, ['username', 'password', 'rememberMe']],
    ['login-username', { rememberMeAllowed: true }, ['username', 'rememberMe']],
    ['login-password', {}, ['password']],
    ['login-otp', { credentials: [{ id: 'a', label: 'A' }] }, ['otp']],
    [
      'login-otp',
      {
        credentials: [
          { id: 'a', label: 'A' },
          { id: 'b', label: 'B' },
        ],
      },
      ['selectedCredentialId', 'selectedCredentialId', 'otp'],
    ],
    [
      'select-authenticator',
      { options: [{ executionId: 'x' }, { executionId: 'y' }] },
      ['authenticationExecution', 'authenticationExecution'],
    ],
    ['update-password', { username: 'dave' }, ['username', 'password-new', 'password-confirm', 'logout-sessions']],
    ['update-password', { cancellable: true }, ['password-new', 'password-confirm', 'logout-sessions', 'cancel-aia']],
    ['otp-setup', { otpauthUri: 'otpauth://totp/a' }, ['totpSecret', 'totp', 'userLabel']],
    [
      'otp-setup',
      { otpauthUri: 'otpauth://totp/a', logoutSessions: false },
      ['totpSecret', 'totp', 'userLabel', 'logout-sessions'],
    ],
    ['update-profile', {}, ['email', 'firstName', 'lastName']],
    ['update-profile', { usernameEditable: true }, ['username', 'email', 'firstName', 'lastName']],
    [
      'update-profile',
      {
        fields: ['email'],
        attributes: [
          { name: 'desk', label: 'Desk', value: '7', required: true, options: [], multivalued: false },
          { name: 'size', label: 'Size', value: 'M', required: false, options: ['S', 'M'], multivalued: false },
          { name: 'teams', label: 'Teams', value: 'a\nb', required: false, options: [], multivalued: true },
        ],
      },
      ['email', 'desk', 'size', 'teams'],
    ],
    ['terms', {}, ['accept', 'cancel']],
    ['consent', { clientName: 'App', scopes: ['email'] }, ['accept', 'cancel']],
    ['logout-confirm', { hidden: { session_code: 'c' } }, ['session_code', 'confirmLogout']],
    ['logged-out', {}, []],
    ['info', {}, []],
    ['error', {}, []],
    ['page-expired', { continueUrl: '/go-on' }, []],
    ['form-post', { parameters: { code: 'c', state: 's' }, nonce: 'n' }, ['code', 'state']],
  ])('%s with %j', (name, data, expected) => {
    expect(names(renderer.render(page(name, { data })))).toEqual(expected);
  });
});

describe('a page', () => {
  it('escapes whatever it is given', () => {
    const evil = `"><img src=x onerror=alert(1)>'`;
    const html = renderer.render(
      page('login', {
        realmTitle: evil,
        action: evil,
        message: { key: 'access-denied', text: evil, kind: 'error' },
        data: { username: evil, hidden: { [evil]: evil } },
      }),
    );
    expect(html).not.toContain('<img');
    expect(html.match(/&lt;img src=x/g)?.length).toBeGreaterThanOrEqual(5);
  });

  it('offers another way only where there is one', () => {
    expect(names(renderer.render(page('login-otp', { canTryAnotherWay: true })))).toContain('tryAnotherWay');
    expect(names(renderer.render(page('login-otp')))).not.toContain('tryAnotherWay');
  });

  it('shows an error once: at its field', () => {
    const html = renderer.render(
      page('login-otp', { field: 'otp', message: { key: 'invalidTotpMessage', kind: 'error' } }),
    );
    expect(html.match(/Invalid authenticator code/g)).toHaveLength(1);
    expect(html).toContain('aria-invalid="true"');
    expect(html).not.toContain('role="alert"');
  });

  it('shows an error at the top when its field is not on the page', () => {
    const html = renderer.render(
      page('login-otp', { field: 'elsewhere', message: { key: 'invalidTotpMessage', kind: 'error' } }),
    );
    expect(html).toMatch(/class="alert alert-error"[^>]*role="alert">Invalid authenticator code/);
    expect(html).not.toContain('aria-invalid');
  });

  it('does not tell which of name and password is wrong', () => {
    const html = renderer.render(
      page('login', { field: 'username', message: { key: 'invalidUserMessage', kind: 'error' } }),
    );
    expect(html.match(/aria-invalid="true"/g)).toHaveLength(2);
    expect(html.match(/role="alert"/g)).toHaveLength(1);
  });

  it.each(['info', 'warning', 'success'] as const)('does not let a message of kind %s look like an error', (kind) => {
    const html = renderer.render(page('login', { field: 'username', message: { key: 'loginTimeout', kind } }));
    expect(html).toContain(`class="alert alert-${kind}" id="notice" role="status"`);
    expect(html).not.toMatch(/aria-invalid|role="alert"|<title>Error/);
  });

  it.each<[string, PageModel['data'], string | undefined, string | undefined]>([
    ['login', {}, undefined, 'username'],
    ['login', { username: 'alice' }, undefined, 'password'],
    ['update-profile', { email: 'a@b.c', firstName: 'A' }, undefined, 'lastName'],
    ['update-profile', { email: 'a@', firstName: '' }, 'email', 'email'],
    ['update-profile', { email: 'a@b.c', firstName: 'A', lastName: 'B' }, undefined, undefined],
    ['otp-setup', { otpauthUri: 'otpauth://totp/a' }, undefined, undefined],
    ['otp-setup', { otpauthUri: 'otpauth://totp/a' }, 'totp', 'totp'],
  ])('%s with %j, wrong: %s, puts the focus on %s', (name, data, field, focused) => {
    const wrong: Partial<PageModel> =
      field === undefined ? {} : { field, message: { key: 'access-denied', kind: 'error' } };
    const html = renderer.render(page(name, { data, ...wrong }));
    const inputs = [...html.matchAll(/<input id="([^"]+)"[^>]*\bautofocus>/g)].map(([, id]) => id);
    expect(inputs).toEqual(focused === undefined ? [] : [focused]);
  });

  it('lists the languages when there is a choice', () => {
    const locale = (tag: string) => ({ locale: tag, label: tag, url: `?kc_locale=${tag}` });
    const html = renderer.render(page('login', { locale: 'de', links: { locales: [locale('en'), locale('de')] } }));
    expect(html).toContain('<html lang="de">');
    expect(html).toMatch(/lang="de" hreflang="de" aria-current="true"/);
    expect(renderer.render(page('login', { links: { locales: [locale('en')] } }))).not.toContain('<nav');
  });

  it('holds no style and no script of its own, but for the one with a nonce', () => {
    expect(renderer.render(page('login'))).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
    expect(renderer.render(page('form-post', { data: { parameters: {}, nonce: 'n1' } }))).toContain(
      '<script nonce="n1">',
    );
  });

  it('must exist, and parts of pages are none', () => {
    expect(() => renderer.render(page('nowhere'))).toThrow('There is no page template "nowhere"');
    expect(() => renderer.render(page('partials/layout'))).toThrow('There is no page template');
  });
});
