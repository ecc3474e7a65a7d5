import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Messages } from './messages.js';
import type { PageModel } from './page-model.js';
import { PageRenderer } from './page-renderer.js';
import { readTheme } from './theme.js';

const page = (name: string, more: Partial<PageModel> = {}): PageModel => ({
  page: name,
  locale: 'en',
  realmName: 'acme',
  realmTitle: 'Acme',
  links: {},
  canTryAnotherWay: false,
  data: {},
  ...more,
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'theme-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function put(file: string, text: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const themed = (): PageRenderer => {
  const theme = readTheme(folder);
  return new PageRenderer(new Messages(theme.messages), theme, '/auth');
};
const plain = new PageRenderer(new Messages(), undefined, '/auth');

describe('a theme', () => {
  it('replaces the pages it has and leaves the others', () => {
    put('info.eta', '<p><%= it.page.model.realmTitle %> says hello</p>');
    put('README.md', 'What this folder is.');
    put('.git/config', '');
    const renderer = themed();
    expect(renderer.render(page('info', { realmTitle: 'A & B' }))).toBe('<p>A &amp; B says hello</p>');
    expect(renderer.render(page('login'))).toBe(plain.render(page('login')));
  });

  it('adds to the stylesheet, or replaces it, under another path', () => {
    put('theme.css', ':root { --accent: rebeccapurple }');
    const [more] = themed().assets;
    expect(more?.body).toBe(`${String(plain.stylesheet.body)}\n:root { --accent: rebeccapurple }`);
    put('pages.css', 'body { color: green }');
    const { stylesheet } = themed();
    expect(stylesheet.body).toBe('body { color: green }\n:root { --accent: rebeccapurple }');
    expect(stylesheet.path).toMatch(/^\/resources\/[0-9a-f]{12}\/pages\.css$/);
    expect(stylesheet.path).not.toBe(more?.path);
  });

  it('has a logo, below the path of the server', () => {
    put('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const renderer = themed();
    const [, logo] = renderer.assets;
    expect(logo?.contentType).toBe('image/svg+xml');
    expect(renderer.render(page('login'))).toContain(`<img class="brand-mark" src="/auth${logo?.path ?? ''}" alt="">`);
    expect(renderer.render(page('login'))).not.toContain('<svg class="brand-mark"');
  });

  it('has words of its own, in the languages it names', () => {
    put('messages/de.json', '{ "page.login.title": "Moin", "theme.hello": "Hallo" }');
    const messages = new Messages(readTheme(folder).messages);
    expect(messages.text('de', { key: 'page.login.title' })).toBe('Moin');
    expect(messages.text('de', { key: 'theme.hello' })).toBe('Hallo');
    expect(messages.text('en', { key: 'page.login.title' })).toBe('Sign in');
  });
});

describe('a theme that is broken stops the start:', () => {
  it.each([
    ['login.eta', '<% if ( %>', /login\.eta: .*Bad template syntax/s],
    ['login.eta', '<% layout("@partials/frame") %>', /login\.eta: there is no template @partials\/frame/],
    ['signin.eta', '', /signin\.eta: there is no such page/],
    ['page.css', '', /page\.css: a theme has no file of this name/],
    ['messages/fr.json', '{}', /messages\/fr\.json: a theme has no file/],
    ['messages/en.json', '{', /messages\/en\.json: /],
    ['messages/en.json', '[]', /has to be an object/],
    ['messages/en.json', '{"page.login.titel": "x"}', /there is no message page\.login\.titel/],
    ['messages/en.json', '{"page.login.title": 1}', /page\.login\.title has to be a text/],
    ['messages/en.json', '{"page.login.title": "{a"}', /page\.login\.title is not in ICU message format/],
    ['theme.css', 'x'.repeat(1_000_001), /larger than/],
  ])('%s: %.30s', (file, text, why) => {
    put(file, text);
    expect(themed).toThrow(why);
    expect(themed).toThrow(/^SLUICE_THEME: /);
  });

  it('a missing folder, a file in its place, two logos', () => {
    expect(() => readTheme(join(folder, 'nowhere'))).toThrow('does not exist');
    put('logo.svg', '');
    expect(() => readTheme(join(folder, 'logo.svg'))).toThrow('it is no folder');
    put('logo.png', '');
    expect(themed).toThrow('there is more than one');
  });

  it('a link that leads out of the folder; one that stays is fine', () => {
    put('.data/theme.css', 'body { color: green }');
    symlinkSync(join(folder, '.data/theme.css'), join(folder, 'theme.css'));
    expect(readTheme(folder).moreStyles).toBe('body { color: green }');
    symlinkSync('/etc/hostname', join(folder, 'pages.css'));
    expect(themed).toThrow('pages.css: it leads out of the folder');
  });
});

describe('the tokens', () => {
  it('of the pages are those of the consoles', async () => {
    const { readFile } = await import('node:fs/promises');
    const [ours, theirs] = await Promise.all(
      ['pages/tokens.css', '../../consoles/kit/style/tokens.css'].map((file) =>
        readFile(new URL(file, import.meta.url), 'utf8'),
      ),
    );
    expect(ours, 'copy consoles/kit/style/tokens.css to src/http/pages').toBe(theirs);
  });
});
