import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { SHIPPED_LOCALES } from '../realm/locale.js';
import { Messages } from './messages.js';

const messages = new Messages();
const raw = (locale: string) =>
  JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8')) as Record<string, string>;

/** Names of settings that look like message keys. */
const SETTINGS = new Set(['errorMessage', 'denyErrorMessage']);

/** `TYPE.literal` of the parser, a package of the formatter's own. */
const LITERAL = 0;

/** Names of the values a pattern takes. */
function placeholders(pattern: string): string[] {
  const ast = new IntlMessageFormat(pattern, 'en', undefined, { ignoreTag: true }).getAst();
  return ast.flatMap((part) => ('value' in part && part.type !== LITERAL ? [part.value] : [])).sort();
}

describe.each(SHIPPED_LOCALES)('the words in %s', (locale) => {
  it('have the same keys, in the same order, as in English', () => {
    expect(messages.keys(locale)).toEqual(messages.keys('en'));
  });

  it('are all there, parse, and take the same values as in English', () => {
    const english = raw('en');
    const different = Object.entries(raw(locale)).filter(
      ([key, pattern]) =>
        pattern.trim() === '' || placeholders(pattern).join() !== placeholders(english[key] ?? '').join(),
    );
    expect(different).toEqual([]);
  });
});

describe('the steps of a login', () => {
  it('say nothing that has no words', () => {
    const folders = ['engine', 'authenticators', 'required-actions', 'login'];
    const used = folders.flatMap((folder) => {
      const path = fileURLToPath(new URL(`../${folder}`, import.meta.url));
      return readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
        .flatMap((file) => [...readFileSync(`${path}/${file}`, 'utf8').matchAll(/\bkey: '([\w-]+)'|'(\w+Message)'/g)])
        .map(([, key, named]) => key ?? named ?? '')
        .filter((key) => !SETTINGS.has(key));
    });
    expect(used).toContain('invalidTotpMessage');
    expect(used.filter((key) => !messages.has('en', key))).toEqual([]);
  });
});

describe('the templates', () => {
  it('use no key that has no words', () => {
    const folder = fileURLToPath(new URL('./pages', import.meta.url));
    const used = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.eta'))
      .flatMap((file) => [
        ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/'((?:layout|person|field|button|link|page)\.[\w.-]+)'/g),
      ])
      .map(([, key]) => key ?? '');
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !messages.has('en', key))).toEqual([]);
  });
});

describe('text', () => {
  it.each([
    ['sessionLimitExceeded', 'There are too many sessions'],
    ['invalidTotpMessage', 'Invalid authenticator code.'],
    ['access-denied', 'Access denied'],
  ])('%s is a sentence that clients of the reference know', (key, sentence) => {
    expect(messages.text('en', { key })).toBe(sentence);
  });

  it('fills values in, by the grammar of the language', () => {
    const of = (count: number) => messages.text('es', { key: 'invalidPasswordMinDigitsMessage', values: { 0: count } });
    expect([of(1), of(3)]).toEqual(['Use al menos 1 cifra.', 'Use al menos 3 cifras.']);
  });

  it.each([
    ['a literal', 'One device at a time', 'One device at a time'],
    ['a literal with braces and markup', "Ask {who} <b>now</b> it's '{late}'", "Ask {who} <b>now</b> it's '{late}'"],
    ['a message key', 'sessionLimitExceeded', 'Es gibt zu viele Sitzungen'],
    ['a key in the notation of display names', '${client_account}', 'Konto'],
    ['an unknown key in that notation', '${nowhere}', '${nowhere}'],
    ['a name every object has', 'constructor', 'constructor'],
  ])('the words of an admin win: %s', (_, text, shown) => {
    expect(messages.text('de', { key: 'access-denied', text })).toBe(shown);
  });

  it('an empty text is none', () => {
    expect(messages.text('en', { key: 'access-denied', text: '' })).toBe('Access denied');
  });

  it('never fails: an unknown key, a missing value, an unknown language', () => {
    expect(messages.text('en', { key: 'nowhere' })).toBe('nowhere');
    expect(messages.text('en', { key: 'missingParameterMessage' })).toBe('Missing parameter: {0}');
    expect(messages.text('xx', { key: 'access-denied' })).toBe('Access denied');
  });
});
