import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { CredentialVault } from './credential-vault.js';
import { readOtpData, readOtpSecret, writeOtpSecret, type OtpCredential } from './otp-credential.js';
import type { Realm } from './realm.js';
import type { Totp } from './totp.js';
import type { Credential, UserStore } from './user.js';

/** Credential type of one-time codes. */
const OTP = 'otp';

/** Keycloak's distance between neighbours in the order of a user's credentials. */
const PRIORITY_STEP = 10;

/** The one-time-code devices of users. */
export class UserOtps {
  constructor(
    private readonly users: UserStore,
    private readonly totp: Totp,
    private readonly vault: CredentialVault,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The rows, in the user's order. */
  async list(realmId: string, userId: string): Promise<readonly Credential[]> {
    return (await this.users.credentials(realmId, userId)).filter(({ type }) => type === OTP);
  }

  /** Whether the code is right for the device (the user's first when none is named) and was not used before. */
  async verify(realm: Realm, userId: string, code: string, credentialId: string | undefined): Promise<boolean> {
    const devices = await this.list(realm.id, userId);
    const device = credentialId ? devices.find(({ id }) => id === credentialId) : devices[0];
    if (device === undefined) return false;
    const credential: OtpCredential = {
      secret: readOtpSecret(this.vault.open(device)),
      data: readOtpData(device.data),
    };
    const step = this.totp.verify(code, credential, realm.settings, this.clock.now());
    if (step === undefined) return false;
    // A counter moves on with every code; a policy of reusable codes is about time-based ones.
    if (credential.data.subType === 'totp' && realm.settings.otpPolicyCodeReusable) return true;
    return this.unitOfWork.run(async () => {
      if (!(await this.users.useOtpStep(realm.id, device.id, step))) return false;
      if (credential.data.subType === 'hotp') {
        const data = JSON.stringify({ ...credential.data, counter: step + 1 });
        await this.users.updateCredential({ ...device, data });
      }
      return true;
    });
  }

  /** @param usedStep step of the code that proved the device, which must not log in any more. */
  async add(realm: Realm, userId: string, secret: string, label: string, usedStep: number | undefined): Promise<void> {
    const { data } = this.totp.newCredential(realm, secret);
    const counter = data.subType === 'hotp' && usedStep !== undefined ? usedStep + 1 : data.counter;
    await this.unitOfWork.run(async () => {
      const others = await this.users.credentials(realm.id, userId);
      const device = this.vault.seal({
        realmId: realm.id,
        userId,
        type: OTP,
        ...(label === '' ? {} : { userLabel: label }),
        createdDate: this.clock.now(),
        data: JSON.stringify({ ...data, counter }),
        secret: writeOtpSecret(secret),
        priority: Math.max(0, ...others.map(({ priority }) => priority)) + PRIORITY_STEP,
      });
      await this.users.insertCredential(device);
      if (usedStep !== undefined) await this.users.useOtpStep(realm.id, device.id, usedStep);
    });
  }
}
