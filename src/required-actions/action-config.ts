import type { ConfigProperty } from '../engine/index.js';
import type { ProfileViolation } from '../realm/user-profile/user-profile.js';

/** For how long after a login an application may ask for the action (`kc_action`) without a new proof. */
const MAX_AUTH_AGE: ConfigProperty = {
  name: 'max_auth_age',
  label: 'Maximum Age of Authentication',
  helpText:
    'Seconds since the login after which an application that asks for this action makes the person sign in again.',
  type: 'String',
  defaultValue: 300,
};

const COOLDOWN: ConfigProperty = {
  name: 'emailResendCooldownSeconds',
  label: 'Cooldown Between Email Resends',
  helpText: 'Seconds that have to pass before the mail is sent to the same person again.',
  type: 'String',
  defaultValue: '30',
};

/** Of actions that are not built, they are kept and have no effect. */
const OF_ONE_ACTION: Readonly<Record<string, readonly ConfigProperty[]>> = {
  CONFIGURE_TOTP: [
    MAX_AUTH_AGE,
    {
      name: 'add-recovery-codes',
      label: 'Add Recovery Codes',
      helpText: 'Lets recovery codes be set up next to the device. Without effect until recovery codes are built.',
      type: 'boolean',
      defaultValue: false,
    },
  ],
  CONFIGURE_RECOVERY_AUTHN_CODES: [
    {
      name: 'warning_threshold',
      label: 'Warning Threshold',
      helpText: 'With fewer codes left than this the person is asked to make new ones.',
      type: 'Integer',
      defaultValue: 4,
    },
    MAX_AUTH_AGE,
  ],
  UPDATE_EMAIL: [
    MAX_AUTH_AGE,
    {
      name: 'verifyEmail',
      label: 'Force Email Verification',
      helpText: 'The new address has to be confirmed even where the realm does not ask for it.',
      type: 'boolean',
      defaultValue: false,
    },
    COOLDOWN,
  ],
  VERIFY_EMAIL: [MAX_AUTH_AGE, COOLDOWN],
};

/** Settings that are a number of at least 0; others are kept as they are, as at the reference. */
const NUMBERS: ReadonlySet<string> = new Set([MAX_AUTH_AGE.name, 'warning_threshold', COOLDOWN.name]);
const WHOLE = /^-?\d{1,9}$/;

/** Has no setting at the reference either. */
const DELETE_ACCOUNT = 'delete_account';

/** What may be set for a required action; nothing for one that is not configurable. Every other can be asked for by an application. */
export const actionProperties = (providerId: string): readonly ConfigProperty[] =>
  providerId === DELETE_ACCOUNT ? [] : (OF_ONE_ACTION[providerId] ?? [MAX_AUTH_AGE]);

/** The first value that cannot be used, told as wrong members of users are. */
export function actionConfigProblem(values: Readonly<Record<string, string>>): ProfileViolation | undefined {
  for (const [field, value] of Object.entries(values)) {
    if (!NUMBERS.has(field)) continue;
    if (!WHOLE.test(value)) return { field, errorMessage: 'error-invalid-value', params: [field] };
    if (Number(value) < 0) return { field, errorMessage: 'error-number-out-of-range-too-small', params: [field, 0] };
  }
  return undefined;
}
