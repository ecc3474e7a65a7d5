import { describe, expect, it } from 'vitest';
import { known, placed, systemText, type LoginSession } from './login-session.js';

const session = (id: string, lastAccess: number, more: Partial<LoginSession> = {}): LoginSession => ({
  id,
  lastAccess,
  ipAddress: '192.0.2.1',
  started: 1,
  expires: 9,
  browser: 'Firefox/121.0',
  clients: [],
  ...more,
});
const device = { os: 'Linux', osVersion: 'Unknown', device: 'Other', mobile: false };

describe('a session in words', () => {
  it.each([
    ['Firefox/121.0', 'Firefox 121'],
    ['Chrome Mobile/120.0.0', 'Chrome Mobile 120'],
    ['curl/Unknown', 'curl'],
    ['Other/Unknown', undefined],
    ['Other', undefined],
    ['iPhone', 'iPhone'],
  ])('%s is %s', (part, text) => expect(known(part)).toBe(text));

  it('names the system with its version, where there is one', () => {
    expect(systemText({ os: 'Mac OS X', osVersion: '10.15.7' })).toBe('Mac OS X 10.15.7');
    expect(systemText(device)).toBe('Linux');
    expect(systemText({ os: 'Other', osVersion: 'Unknown' })).toBeUndefined();
  });

  it('comes after that of this browser, and after those that were used later', () => {
    const devices = [
      { ...device, sessions: [session('old', 5), session('here', 1, { current: true })] },
      { ...device, os: 'iOS', sessions: [session('new', 7)] },
    ];
    expect(placed(devices).map(({ id }) => id)).toEqual(['here', 'new', 'old']);
  });
});
