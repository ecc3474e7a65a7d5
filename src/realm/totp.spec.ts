import fc from 'fast-check';
import { HOTP, Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { sampleRealm, sampleUser } from '../../test/support/fakes/sample-realm.js';
import { readOtpData, type OtpCredential, type OtpData } from './otp-credential.js';
import { Totp } from './totp.js';

const totp = new Totp();
const WINDOW_1 = { otpPolicyLookAheadWindow: 1 };

/** The row of erin, as Keycloak 26.7.4 exports it. */
const ERIN: OtpCredential = {
  secret: 'TKQHSSZM5QJR3LMBH4XA',
  data: readOtpData('{"subType":"totp","digits":6,"counter":0,"period":30,"algorithm":"HmacSHA1"}'),
};

/** Her code in step 60,000,000, computed with another implementation of RFC 6238. */
const CODE_OF_ERIN = '307569';

describe('time-based codes', () => {
  /** RFC 6238, appendix B: the keys are the ASCII bytes of these texts. */
  it.each([
    ['HmacSHA1', 20, 59, '94287082'],
    ['HmacSHA256', 32, 59, '46119246'],
    ['HmacSHA512', 64, 59, '90693936'],
    ['HmacSHA1', 20, 1111111109, '07081804'],
    ['HmacSHA256', 32, 1234567890, '91819424'],
    ['HmacSHA512', 64, 20000000000, '47863826'],
  ])('%s at %i s', (algorithm, keyLength, seconds, code) => {
    const secret = '1234567890'.repeat(7).slice(0, keyLength);
    const data: OtpData = { ...ERIN.data, algorithm, digits: 8 };
    const step = totp.verify(code, { secret, data }, { otpPolicyLookAheadWindow: 0 }, seconds * 1000);
    expect(step).toBe(Math.floor(seconds / 30));
  });

  it('accepts a device that is off by the window, and gives the step of its code', () => {
    const accepted = (shift: number, window = 1): number | undefined =>
      totp.verify(CODE_OF_ERIN, ERIN, { otpPolicyLookAheadWindow: window }, 1_800_000_015_000 + shift);
    expect(accepted(0)).toBe(60_000_000);
    expect(accepted(30_000)).toBe(60_000_000);
    expect(accepted(-30_000)).toBe(60_000_000);
    expect(accepted(60_000)).toBeUndefined();
    expect(accepted(-60_000)).toBeUndefined();
    expect(accepted(30_000, 0)).toBeUndefined();
  });

  it.each(['', '1', '12345', '1234567', 'abcdef', ' 94287082', '９４２８７０８２'])('refuses %j', (code) => {
    expect(totp.verify(code, ERIN, WINDOW_1, 59_000)).toBeUndefined();
  });

  it('accepts no code for an empty secret', () => {
    const code = HOTP.generate({ secret: new Secret({ buffer: new ArrayBuffer(0) }), counter: 1 });
    expect(totp.verify(code, { ...ERIN, secret: '' }, WINDOW_1, 59_000)).toBeUndefined();
  });

  it('reads a secret that is stored as base32', () => {
    const base32 = { secret: totp.base32(ERIN.secret), data: { ...ERIN.data, secretEncoding: 'BASE32' } };
    expect(totp.verify(CODE_OF_ERIN, base32, WINDOW_1, 1_800_000_015_000)).toBe(60_000_000);
  });
});

describe('numbers that make no sense', () => {
  it.each([
    { digits: 99 },
    { digits: 0 },
    { digits: -1 },
    { period: 0 },
    { period: -30 },
    { counter: -1, subType: 'hotp' as const },
  ])('of a device accept no code: %o', (nonsense) => {
    const data: OtpData = { ...ERIN.data, ...nonsense };
    for (const code of [CODE_OF_ERIN, '', '0'])
      expect(totp.verify(code, { ...ERIN, data }, WINDOW_1, 1_800_000_015_000)).toBeUndefined();
  });

  it('of a window are cut off', () => {
    const verify = (window: number, shift: number): number | undefined =>
      totp.verify(CODE_OF_ERIN, ERIN, { otpPolicyLookAheadWindow: window }, 1_800_000_015_000 + shift);
    expect(verify(-5, 0)).toBe(60_000_000);
    expect(verify(-5, 30_000)).toBeUndefined();
    expect(verify(1_000_000, 100 * 30_000)).toBe(60_000_000);
    expect(verify(1_000_000, 101 * 30_000)).toBeUndefined();
  });

  it('of a policy give way to the usual ones', () => {
    const realm = sampleRealm();
    const settings = { ...realm.settings, otpPolicyDigits: 99, otpPolicyPeriod: 0, otpPolicyInitialCounter: -7 };
    expect(totp.newCredential({ settings }, 'x').data).toMatchObject({ digits: 6, period: 30, counter: 0 });
    expect(totp.uri({ ...realm, settings }, sampleUser(), 'x')).toContain('digits=6&period=30');
  });
});

describe('counter-based codes', () => {
  /** RFC 4226, appendix D. */
  const CODES = ['755224', '287082', '359152', '969429', '338314'];
  const at = (counter: number): OtpCredential => ({
    secret: '12345678901234567890',
    data: { ...ERIN.data, subType: 'hotp', counter },
  });

  it.each(CODES.map((code, counter) => [code, counter] as const))('%s is counter %i', (code, counter) => {
    expect(totp.verify(code, at(counter), { otpPolicyLookAheadWindow: 0 }, 0)).toBe(counter);
  });

  it('looks ahead, never back', () => {
    expect(totp.verify(CODES[3] ?? '', at(1), { otpPolicyLookAheadWindow: 2 }, 0)).toBe(3);
    expect(totp.verify(CODES[4] ?? '', at(1), { otpPolicyLookAheadWindow: 2 }, 0)).toBeUndefined();
    expect(totp.verify(CODES[0] ?? '', at(1), { otpPolicyLookAheadWindow: 2 }, 0)).toBeUndefined();
  });
});

describe('setting up a device', () => {
  it('makes secrets of 20 letters and digits', () => {
    const secrets = new Set(Array.from({ length: 200 }, () => totp.newSecret()));
    expect(secrets.size).toBe(200);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9]{20}$/);
  });

  it('writes base32 of the UTF-8 bytes', () => {
    expect(totp.base32(ERIN.secret)).toBe('KRFVCSCTKNNE2NKRJJJDGTCNIJEDIWCB');
    fc.assert(fc.property(fc.string({ minLength: 1 }), (secret) => /^[A-Z2-7]+$/.test(totp.base32(secret))));
  });

  it('names issuer, account, key and policy in the address of the QR code', () => {
    const realm = sampleRealm({ displayName: 'Acme & Sons', otpPolicyAlgorithm: 'HmacSHA256', otpPolicyDigits: 8 });
    const uri = new URL(totp.uri(realm, sampleUser({ username: 'erin@acme' }), ERIN.secret));
    expect(`${uri.protocol}//${uri.host}${uri.pathname}`).toBe('otpauth://totp/Acme%20%26%20Sons:erin%40acme');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Acme & Sons',
      secret: 'KRFVCSCTKNNE2NKRJJJDGTCNIJEDIWCB',
      algorithm: 'SHA256',
      digits: '8',
      period: '30',
    });
  });

  it('falls back to the name of the realm, and knows counters', () => {
    const uri = totp.uri(sampleRealm({ otpPolicyType: 'hotp', otpPolicyInitialCounter: 7 }), sampleUser(), 'x');
    expect(uri).toMatch(/^otpauth:\/\/hotp\/acme:alice\?.*counter=7/);
  });
});
