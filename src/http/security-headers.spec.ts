import { describe, expect, it } from 'vitest';
import { apiHeaders, pageHeaders } from './security-headers.js';

const policyOf = (headers: Readonly<Record<string, string>>) =>
  new Map(
    (headers['content-security-policy'] ?? '')
      .split('; ')
      .map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
  );

describe('pageHeaders', () => {
  it('let a page load its stylesheet and images, and nothing else', () => {
    expect(Object.fromEntries(policyOf(pageHeaders()))).toEqual({
      'default-src': "'none'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'object-src': "'none'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  it('never say form-action: it would stop redirects of the application after the login', () => {
    expect(policyOf(pageHeaders({ scriptNonce: 'n', framable: true })).has('form-action')).toBe(false);
  });

  it('let one script run, by its nonce', () => {
    expect(policyOf(pageHeaders({ scriptNonce: 'abc=' })).get('script-src')).toBe("'nonce-abc='");
  });

  it('let a page into a frame only when asked to', () => {
    expect(pageHeaders()).toMatchObject({ 'x-frame-options': 'DENY' });
    expect(pageHeaders({ framable: true })).not.toHaveProperty('x-frame-options');
    expect(policyOf(pageHeaders({ framable: true })).has('frame-ancestors')).toBe(false);
  });

  it('keep pages out of caches: they carry one-time codes', () => {
    expect(pageHeaders()).toMatchObject({ 'cache-control': 'no-store' });
  });
});

it.each([
  ['pages', pageHeaders(), 'same-origin'],
  ['data', apiHeaders(), 'no-referrer'],
])('%s are not sniffed, indexed or told to other sites', (_, headers, policy) => {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'none',
    'referrer-policy': policy,
  });
});
