import { describe, expect, it } from 'vitest';
import { onlyMail } from './certificate-user.js';

describe('the mail address of a certificate', () => {
  it.each([
    ['email:ann@example.test', 'ann@example.test'],
    ['DNS:a.test, email:ann@example.test, IP Address:127.0.0.1', 'ann@example.test'],
    ['', undefined],
    ['DNS:a.test', undefined],
    ['email:ann@example.test, email:ben@example.test', undefined],
    ['URI:"http://x.test/, email:ben@example.test"', undefined],
    ['URI:"http://x.test/, email:ben@example.test, DNS:x", email:ann@example.test', 'ann@example.test'],
    ['URI:"a\\", email:ben@example.test", DNS:b', undefined],
    ['email:"ben@example.test, x"', undefined],
    ['DNS:a.test,email:ben@example.test', undefined],
    ['nothing to read', undefined],
  ])('of %s is %s', (subjectAltName, mail) => {
    expect(onlyMail(subjectAltName)).toBe(mail);
  });
});
