import { describe, expect, it } from 'vitest';
import { PublicUrl } from './public-url.js';

const request = (host: string, protocol: 'http' | 'https' = 'http') => ({ host, protocol });

describe('PublicUrl', () => {
  it('believes the Host header when nothing is configured', () => {
    const url = new PublicUrl(undefined);
    expect(url.issuer(request('127.0.0.1:8080'), 'acme')).toBe('http://127.0.0.1:8080/realms/acme');
    expect(url.base(request('LOCALHOST:8080'))).toBe('http://localhost:8080');
    expect(url.pathPrefix).toBe('');
  });

  it('ignores the Host header when an address is configured', () => {
    const url = new PublicUrl('https://sso.test/auth/');
    expect(url.issuer(request('evil.test'), 'a b')).toBe('https://sso.test/auth/realms/a%20b');
    expect(url.pathPrefix).toBe('/auth');
  });

  it.each([
    [undefined, 'http://localhost:8080/auth', '/auth'],
    ['https://sso.test', 'https://sso.test/auth', '/auth'],
    ['https://sso.test/', 'https://sso.test/auth', '/auth'],
    ['https://sso.test/login', 'https://sso.test/login', '/login'],
  ])('stands below its relative path, unless %s has a path of its own', (configured, base, prefix) => {
    const url = new PublicUrl(configured, '/auth');
    expect(url.base(request('localhost:8080'))).toBe(base);
    expect(url.pathPrefix).toBe(prefix);
  });

  it.each(['evil.test/path', 'user@host', 'a b', '', 'host:123456', '[::1'])('refuses the Host header "%s"', (host) => {
    expect(() => new PublicUrl(undefined).base(request(host))).toThrow('Host header');
  });

  it.each([
    ['localhost:8080', true],
    ['127.0.0.1', true],
    ['[::1]:8080', true],
    ['app.localhost', true],
    ['sso.test', false],
    ['127.evil.test', false],
  ])('takes http on %s for a secure context: %s', (host, secure) => {
    expect(new PublicUrl(undefined).isSecureContext(request(host))).toBe(secure);
    expect(new PublicUrl(undefined).isSecureContext(request(host, 'https'))).toBe(true);
  });
});
