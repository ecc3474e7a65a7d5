import { describe, expect, it } from 'vitest';
import { isTransportAllowed } from './transport-security.js';

describe('isTransportAllowed', () => {
  it.each([
    ['none', 'http', '203.0.113.9', true],
    ['external', 'http', '203.0.113.9', false],
    ['external', 'https', '203.0.113.9', true],
    ['external', 'http', '127.0.0.1', true],
    ['external', 'http', '192.168.4.5', true],
    ['external', 'http', '172.32.0.1', false],
    ['external', 'http', '::1', true],
    ['external', 'http', '::ffff:10.0.0.1', true],
    ['external', 'http', '::ffff:203.0.113.9', false],
    ['external', 'http', 'fe80::1%eth0', true],
    ['external', 'http', '2001:db8::1', false],
    ['external', 'http', 'nonsense', false],
    ['all', 'http', '127.0.0.1', false],
    ['all', 'https', '127.0.0.1', true],
  ] as const)('%s, %s from %s: %s', (sslRequired, protocol, ip, allowed) => {
    expect(isTransportAllowed(sslRequired, { protocol, ip })).toBe(allowed);
  });
});
