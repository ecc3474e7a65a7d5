import { randomInt } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';
import { isUsableOtp, OTP_LIMITS, otpDataOf, type OtpCredential, type OtpPolicy } from './otp-credential.js';
import type { Realm } from './realm.js';
import type { User } from './user.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 20 characters of this alphabet hold 119 bits (RFC 4226, section 4, asks for 128 bits of key: 20 bytes are 160). */
const SECRET_LENGTH = 20;

/**
 * One-time codes: by time (RFC 6238) and by counter (RFC 4226). A secret is the text that Keycloak stores; its UTF-8 bytes
 * are the key, so that devices of an imported realm go on working.
 */
export class Totp {
  /**
   * The step the code belongs to (TOTP: the number of the period, HOTP: the counter), or undefined when it is wrong.
   * TOTP accepts `otpPolicyLookAheadWindow` steps on both sides of now, HOTP as many counters ahead. Whether the step was
   * used before is for the caller to ask (`UserStore.useOtpStep`).
   */
  verify(
    code: string,
    { secret, data }: OtpCredential,
    policy: Pick<OtpPolicy, 'otpPolicyLookAheadWindow'>,
    nowMs: number,
  ): number | undefined {
    // With an empty key the codes of the day are public knowledge.
    if (secret === '' || !isUsableOtp(data)) return undefined;
    const common = {
      token: code,
      secret: keyOf(secret, data.secretEncoding),
      algorithm: hashName(data.algorithm),
      digits: data.digits,
    };
    const window = Math.min(Math.max(0, policy.otpPolicyLookAheadWindow), OTP_LIMITS.window);
    if (data.subType === 'totp') {
      const delta = TOTP.validate({ ...common, period: data.period, timestamp: nowMs, window });
      return delta === null ? undefined : TOTP.counter({ period: data.period, timestamp: nowMs }) + delta;
    }
    // The window of the library reaches to both sides; a counter that has passed must never come back (RFC 4226, 7.2).
    const delta = HOTP.validate({ ...common, counter: data.counter, window });
    return delta === null || delta < 0 ? undefined : data.counter + delta;
  }

  /** A new secret of 20 letters and digits. */
  newSecret(): string {
    return Array.from({ length: SECRET_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  }

  /** The credential that a device with this secret will be, by the realm's policy of today. */
  newCredential(realm: Pick<Realm, 'settings'>, secret: string): OtpCredential {
    return { secret, data: otpDataOf(realm.settings) };
  }

  /** The key of a secret as people type it into a device: base32 without padding. */
  base32(secret: string): string {
    return Secret.fromUTF8(secret).base32;
  }

  /** What the QR code says (Key URI format): the realm's display name as issuer, the user name as account. */
  uri(realm: Pick<Realm, 'name' | 'settings'>, user: Pick<User, 'username'>, secret: string): string {
    const data = otpDataOf(realm.settings);
    const common = {
      issuer: realm.settings.displayName || realm.name,
      label: user.username,
      secret: Secret.fromUTF8(secret),
      algorithm: hashName(data.algorithm),
      digits: data.digits,
    };
    const otp =
      data.subType === 'totp'
        ? new TOTP({ ...common, period: data.period })
        : new HOTP({ ...common, counter: data.counter });
    return otp.toString();
  }
}

function keyOf(secret: string, encoding: string | undefined): Secret {
  return encoding === 'BASE32' ? Secret.fromBase32(secret) : Secret.fromUTF8(secret);
}

/** `HmacSHA256` -> `SHA256`. */
function hashName(algorithm: string): string {
  return algorithm.replace(/^Hmac/, '');
}
