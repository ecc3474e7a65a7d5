import { describe, expect, it } from 'vitest';
import { sampleRealm } from '../../test/support/fakes/sample-realm.js';
import { SHIPPED_LOCALES } from '../realm/locale.js';
import { MailComposer, type MailContent } from './mail-composer.js';
import { MailWords } from './mail-words.js';

const composer = new MailComposer(new MailWords());
const link = { url: 'https://id.example.test/link?a=1&b=2', lifespan: 43_200 };
const CONTENTS: readonly MailContent[] = [
  { kind: 'reset-credentials', link },
  { kind: 'verify-email', link },
  { kind: 'execute-actions', link, actions: ['UPDATE_PASSWORD', 'no-such-action'] },
  { kind: 'smtp-test' },
];

describe.each(SHIPPED_LOCALES)('mails in %s', (locale) => {
  it.each(CONTENTS)('say $kind as text and as HTML', (content) => {
    const mail = composer.compose(sampleRealm(), { firstName: 'Ann' }, content, locale);
    expect([mail.subject, mail.text].join()).not.toMatch(/undefined|\{\w+\}/);
    expect(mail.text).toContain('Ann');
    if (content.kind === 'smtp-test') return;
    expect(mail.text).toContain(link.url);
    expect(mail.html).toContain('https://id.example.test/link?a=1&amp;b=2');
    expect(mail.text).toMatch(/12 (hours|Stunden|horas)/);
  });
});

describe('what people wrote', () => {
  it('is text in HTML and one line in a header', () => {
    const realm = sampleRealm();
    const named = { ...realm, settings: { ...realm.settings, displayName: 'Shop\r\nBcc: x <b>' } };
    const mail = composer.compose(named, { firstName: '<script>' }, { kind: 'smtp-test' }, 'en');
    expect(mail.subject).toContain('Shop Bcc: x <b>');
    expect(mail.html).toContain('&lt;script&gt;');
    expect(mail.html).not.toContain('<script>');
  });
});
