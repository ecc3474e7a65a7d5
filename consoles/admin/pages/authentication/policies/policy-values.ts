import type { PasswordRule } from './password-policy.js';

/** Members of RealmRepresentation that say what people prove who they are with. `otpPolicyPeriod` is in seconds. */
export interface RealmPolicies {
  readonly passwordPolicy?: string;
  readonly otpPolicyType: 'totp' | 'hotp';
  readonly otpPolicyAlgorithm: 'HmacSHA1' | 'HmacSHA256' | 'HmacSHA512';
  readonly otpPolicyDigits: number;
  readonly otpPolicyLookAheadWindow: number;
  readonly otpPolicyPeriod: number;
  readonly otpPolicyInitialCounter: number;
  readonly otpPolicyCodeReusable: boolean;
}

/** The form of both. */
export interface PolicyValues extends Omit<RealmPolicies, 'passwordPolicy' | 'otpPolicyDigits'> {
  readonly rules: readonly PasswordRule[];
  /** Of a list, whose choices are texts. */
  readonly otpPolicyDigits: string;
}
