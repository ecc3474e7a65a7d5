import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRedirectUri, onlyRedirectUri, resolveRootUrl } from './redirect-uris.js';

const BASE = 'https://sso.test';
const match = (requested: string, registered: string[], rootUrl?: string) =>
  matchRedirectUri(requested, registered, rootUrl === undefined ? {} : { rootUrl }, BASE);

describe('matchRedirectUri', () => {
  it.each([
    ['https://app.test/cb', ['https://app.test/cb']],
    ['https://app.test/cb?a=b', ['https://app.test/cb?a=b']],
    ['https://app.test/cb', ['https://app.test/*']],
    ['https://app.test/cb?a=b', ['https://app.test/*']],
    ['https://app.test/a/b', ['https://other.test/', 'https://app.test/a/*']],
    ['acme://cb', ['acme://cb']],
    ['acme://cb/x', ['acme://cb/*']],
    ['https://sso.test/realms/acme/account/x', ['/realms/acme/account/*']],
    ['http://localhost:5555/cb', ['http://localhost/cb']],
    ['http://127.0.0.1:5555/cb', ['http://127.0.0.1/*']],
    ['https://anything.test/x', ['*']],
  ])('accepts %s for %j', (requested, registered) => {
    expect(match(requested, registered)).toBe(requested);
  });

  it.each([
    ['https://app.test/cb/', ['https://app.test/cb']],
    ['https://app.test/cb?a=b', ['https://app.test/cb']],
    ['http://app.test/cb', ['https://app.test/cb']],
    ['https://app.test.evil.test/cb', ['https://app.test*']],
    ['https://app.test/admin', ['https://app.test/a/*']],
    ['https://app.test/a/../b', ['https://app.test/a/*']],
    ['https://app.test/a/%2e%2e/b', ['https://app.test/a/*']],
    ['https://app.test/a/..%2fb', ['https://app.test/a/*']],
    ['https://app.test/a/x%5cy', ['https://app.test/a/*']],
    ['https://app.test/cb#x', ['https://app.test/cb#x', 'https://app.test/*']],
    ['https://user@app.test/cb', ['https://app.test/*']],
    ['https://app.test\\@evil.test/cb', ['https://app.test/*']],
    ['https://app.test/\tcb', ['https://app.test/*']],
    ['javascript:alert(1)', ['javascript:*', 'javascript:alert(1)', '*']],
    ['acme://cb', ['*']],
    ['https://localhost:5555/cb', ['https://localhost/cb']],
    ['http://app.test:5555/cb', ['http://app.test/cb']],
    ['http://localhost:5555/cb', ['http://localhost:4444/cb']],
    ['/cb', ['https://app.test/cb']],
    ['https://app.test/*', ['https://app.test/x*']],
    ['', ['*']],
  ])('refuses %s for %j', (requested, registered) => {
    expect(match(requested, registered)).toBeUndefined();
  });

  it('resolves relative patterns against the root URL', () => {
    expect(match('https://root.test/app/cb', ['/cb'], 'https://root.test/app/')).toBe('https://root.test/app/cb');
    expect(resolveRootUrl('${authBaseUrl}', BASE)).toBe(BASE);
  });

  it('never accepts another origin than that of a registered prefix', () => {
    const text = fc.string({ unit: fc.constantFrom('.', '/', '\\', '@', ':', '?', '%', 'a', 'e', '2', 'f', '-') });
    fc.assert(
      fc.property(
        fc.constantFrom('https://app.test', 'https://', 'https:/', '//app.test', 'https://app.test@'),
        text,
        (head, rest) => {
          const accepted = match(head + rest, ['https://app.test/a/*']);
          if (accepted === undefined) return;
          expect(new URL(accepted).origin).toBe('https://app.test');
          expect(new URL(accepted).pathname.startsWith('/a/')).toBe(true);
        },
      ),
    );
  });

  it('accepts a URI without a wildcard only as it is written', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true }),
        fc.webUrl({ withQueryParameters: true }),
        (registered, requested) => {
          fc.pre(!registered.endsWith('*'));
          expect(match(requested, [registered])).toBe(requested === registered ? requested : undefined);
        },
      ),
    );
  });
});

describe('onlyRedirectUri', () => {
  it('is the one registered URI, unless it is a pattern', () => {
    expect(onlyRedirectUri({ redirectUris: ['https://app.test/cb'] }, BASE)).toBe('https://app.test/cb');
    expect(onlyRedirectUri({ redirectUris: ['/cb'] }, BASE)).toBe('https://sso.test/cb');
    expect(onlyRedirectUri({ redirectUris: ['https://app.test/*'] }, BASE)).toBeUndefined();
    expect(onlyRedirectUri({ redirectUris: ['https://a.test/', 'https://b.test/'] }, BASE)).toBeUndefined();
  });
});
