import type { RealmSettings } from './realm.js';

/** What decides how one-time codes of a realm are made and checked. */
export type OtpPolicy = Pick<
  RealmSettings,
  | 'otpPolicyType'
  | 'otpPolicyAlgorithm'
  | 'otpPolicyDigits'
  | 'otpPolicyInitialCounter'
  | 'otpPolicyLookAheadWindow'
  | 'otpPolicyPeriod'
  | 'otpPolicyCodeReusable'
>;

/**
 * What one-time codes can be: RFC 4226 (section 5.3) has six to eight digits, and devices of other servers had less; a longer window is
 * a door for guesses and takes long to compute.
 */
export const OTP_LIMITS = { digits: { least: 4, most: 8 }, period: 86_400, window: 100 } as const;

/** The public part of a stored one-time-code credential (Keycloak's `credentialData`). */
export interface OtpData {
  readonly subType: 'totp' | 'hotp';
  readonly digits: number;
  /** HOTP: the next counter that is accepted. */
  readonly counter: number;
  /** TOTP: seconds of a step. */
  readonly period: number;
  /** `HmacSHA1`, `HmacSHA256` or `HmacSHA512`. */
  readonly algorithm: string;
  /** `BASE32`: the stored secret is the key in base32. Absent: the key is the UTF-8 bytes of the secret. */
  readonly secretEncoding?: string;
}

/** A one-time-code credential with its secret in the open; lives in memory only. */
export interface OtpCredential {
  readonly secret: string;
  readonly data: OtpData;
}

/**
 * The credential data of a device that is set up now: it keeps these values when the realm's policy changes later. Numbers that no device
 * could use, from before they were refused, give way to the usual ones.
 */
export function otpDataOf(policy: OtpPolicy): OtpData {
  const { otpPolicyDigits: digits, otpPolicyInitialCounter: counter, otpPolicyPeriod: period } = policy;
  return {
    subType: policy.otpPolicyType,
    digits: digits >= OTP_LIMITS.digits.least && digits <= OTP_LIMITS.digits.most ? digits : USUAL.digits,
    counter: Math.max(USUAL.counter, counter),
    period: period >= 1 && period <= OTP_LIMITS.period ? period : USUAL.period,
    algorithm: policy.otpPolicyAlgorithm,
  };
}

const USUAL = { digits: 6, counter: 0, period: 30 } as const;

/** Whether any code can be right for a device: numbers of imported credentials are whatever somebody wrote into a file. */
export const isUsableOtp = ({ subType, digits, counter, period }: OtpData): boolean =>
  digits >= 1 &&
  digits <= LONGEST_CODE &&
  (subType === 'totp' ? period >= 1 : Number.isSafeInteger(counter) && counter >= 0);

/** A code is made of 31 bits (RFC 4226, section 5.3). */
const LONGEST_CODE = 10;

/** Reads `credentialData` as Keycloak wrote it. @throws SyntaxError when it is not JSON. */
export function readOtpData(text: string): OtpData {
  const data = JSON.parse(text) as Partial<OtpData>;
  return {
    subType: data.subType === 'hotp' ? 'hotp' : 'totp',
    digits: data.digits ?? USUAL.digits,
    counter: data.counter ?? USUAL.counter,
    period: data.period ?? USUAL.period,
    algorithm: data.algorithm ?? 'HmacSHA1',
    ...(data.secretEncoding ? { secretEncoding: data.secretEncoding } : {}),
  };
}

/** Reads `secretData` as Keycloak wrote it. @throws SyntaxError when it is not JSON. */
export function readOtpSecret(text: string): string {
  return (JSON.parse(text) as { value?: string }).value ?? '';
}

export function writeOtpSecret(secret: string): string {
  return JSON.stringify({ value: secret });
}
