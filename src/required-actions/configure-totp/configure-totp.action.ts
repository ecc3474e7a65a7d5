import type { ChallengeView, FormInput, Message } from '../../engine/index.js';
import { otpDataOf } from '../../realm/otp-credential.js';
import type { ActionContext, ActionOutcome, RequiredAction, RequiredActionPorts } from '../required-action.js';

/** A key as this server makes it: 20 letters and digits. What a page sends back must look like one. */
const KEY = /^[A-Za-z0-9]{20,64}$/;
const LABEL_LIMIT = 255;

/**
 * Sets up an authenticator app: shows a key as QR code and text, and takes it over once a code of it was right. If wanted, the user's
 * other sessions end (OWASP ASVS 5.0 7.4.3).
 */
export const configureTotp = (ports: RequiredActionPorts): RequiredAction => {
  function view(
    { realm, user }: ActionContext,
    secret: string,
    problem?: { message: Message; field: string },
  ): ChallengeView {
    return {
      page: 'otp-setup',
      data: {
        totpSecret: secret,
        manualKey: ports.totp.base32(secret),
        otpauthUri: ports.totp.uri(realm, user, secret),
        digits: realm.settings.otpPolicyDigits,
        period: realm.settings.otpPolicyPeriod,
        algorithm: realm.settings.otpPolicyAlgorithm,
        type: realm.settings.otpPolicyType,
        logoutSessions: true,
      },
      ...(problem ?? {}),
    };
  }

  return {
    id: 'CONFIGURE_TOTP',
    title: 'Configure OTP',
    start: (context) => Promise.resolve(view(context, ports.totp.newSecret())),

    async submit(context: ActionContext, input: FormInput): Promise<ActionOutcome> {
      const secret = input['totpSecret'] ?? '';
      if (!KEY.test(secret)) return { kind: 'challenge', view: await this.start(context) };
      const ask = (message: Message): ActionOutcome => ({
        kind: 'challenge',
        view: view(context, secret, { message, field: 'totp' }),
      });
      const code = (input['totp'] ?? '').replaceAll(/\s/g, '');
      if (code === '') return ask({ key: 'missingTotpMessage' });
      const { realm, user } = context;
      const step = ports.totp.verify(
        code,
        { secret, data: otpDataOf(realm.settings) },
        realm.settings,
        ports.clock.now(),
      );
      if (step === undefined) return ask({ key: 'invalidTotpMessage' });
      await ports.userService.addOtp(
        realm,
        user,
        secret,
        (input['userLabel'] ?? '').trim().slice(0, LABEL_LIMIT),
        step,
      );
      await ports.userService.removeRequiredAction(realm, user, 'CONFIGURE_TOTP');
      if (input['logout-sessions'] === 'on') {
        await ports.sessions.endAllOfUser(realm.id, user.id, 'password_change', context.browserSessionId);
      }
      return { kind: 'done', event: 'UPDATE_TOTP', details: { credential_type: 'otp' } };
    },
  };
};
