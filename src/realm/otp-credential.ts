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

/** The credential data of a device that is set up now: it keeps these values when the realm's policy changes later. */
export function otpDataOf(policy: OtpPolicy): OtpData {
  return {
    subType: policy.otpPolicyType,
    digits: policy.otpPolicyDigits,
    counter: policy.otpPolicyInitialCounter,
    period: policy.otpPolicyPeriod,
    algorithm: policy.otpPolicyAlgorithm,
  };
}

/** Reads `credentialData` as Keycloak wrote it. @throws SyntaxError when it is not JSON. */
export function readOtpData(text: string): OtpData {
  const data = JSON.parse(text) as Partial<OtpData>;
  return {
    subType: data.subType === 'hotp' ? 'hotp' : 'totp',
    digits: data.digits ?? 6,
    counter: data.counter ?? 0,
    period: data.period ?? 30,
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
