import { describe, expect, it } from 'vitest';
import { coarseDevice, deviceOf } from './device.js';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const LINUX_CHROME = `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/120.0.0.0 Safari/537.36`;
const MAC_SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1';
const ANDROID = `Mozilla/5.0 (Linux; Android 13; SM-S918B) ${WEBKIT} Chrome/115.0.0.0 Mobile Safari/537.36`;
const CHROMEBOOK = `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/120.0.0.0 Safari/537.36`;
const WINDOWS_EDGE = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/120.0.0.0 Safari/537.36 Edg/120.0.2210.61`;

describe('the device of a session (rows 77 and 85)', () => {
  it.each([
    ['Linux', LINUX_CHROME, ['Other', 'Chrome/120.0.0', 'Linux', 'Unknown', false]],
    ['macOS', MAC_SAFARI, ['Mac', 'Safari/17.1', 'Mac OS X', '10.15.7', false]],
    ['iOS', IPHONE, ['iPhone', 'Mobile Safari/17.1', 'iOS', '17.1.2', true]],
    ['Android', ANDROID, ['Samsung SM-S918B', 'Chrome Mobile/115.0.0', 'Android', '13', true]],
    ['ChromeOS', CHROMEBOOK, ['Other', 'Chrome/120.0.0', 'Chrome OS', '14541.0.0', false]],
    ['Windows', WINDOWS_EDGE, ['Other', 'Edge/120.0.2210', 'Windows', '10', false]],
    ['a program', 'curl/8.1.2', ['Other', 'curl/8.1.2', 'Other', 'Unknown', false]],
    ['nothing', '', ['Other', 'Other/Unknown', 'Other', 'Unknown', false]],
    ['nonsense', 'Mozilla/5.0', ['Other', 'Other/Unknown', 'Other', 'Unknown', false]],
    ['an overlong header', `${IPHONE} ${'x'.repeat(512)}`, ['Other', 'Other/Unknown', 'Other', 'Unknown', false]],
  ] as const)('is named from the header of %s', (_, userAgent, [device, browser, os, osVersion, mobile]) => {
    expect(deviceOf(userAgent)).toEqual({ device, browser, os, osVersion, mobile });
  });

  it('is told to people without versions', () => {
    expect(coarseDevice(LINUX_CHROME)).toEqual({ browser: 'Chrome', os: 'Linux' });
    expect(coarseDevice('curl/8.1.2')).toEqual({ browser: 'curl' });
    expect(coarseDevice('')).toEqual({});
  });
});
