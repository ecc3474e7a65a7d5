import { describe, expect, it } from 'vitest';
import { isAllowedOrigin, webOrigins } from './web-origins.js';

const BASE = 'https://sso.test';
const client = (origins: string[], redirectUris: string[] = []) => ({ webOrigins: origins, redirectUris });

describe('webOrigins', () => {
  it.each([
    [['http://app.test'], [], ['http://app.test']],
    [['+'], ['http://a.test/*', 'http://a.test/cb', 'https://b.test:8443/x'], ['http://a.test', 'https://b.test:8443']],
    [['+'], ['/realms/acme/account/*'], ['https://sso.test']],
    [['+', 'http://c.test'], ['acme://cb', '*'], ['http://c.test']],
    [[], ['http://a.test/*'], []],
  ])('of %j with redirect URIs %j are %j', (origins, redirectUris, expected) => {
    expect(webOrigins(client(origins, redirectUris), BASE)).toEqual(expected);
  });

  it('takes a star for every origin, and nothing else', () => {
    expect(isAllowedOrigin('http://x.test', client(['*']), BASE)).toBe(true);
    expect(isAllowedOrigin('http://x.test', client(['http://x.test.evil']), BASE)).toBe(false);
  });
});
