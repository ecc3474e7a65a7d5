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

const OF_ONE_ACTION: Readonly<Record<string, readonly ConfigProperty[]>> = {
  VERIFY_EMAIL: [
    {
      name: 'emailResendCooldownSeconds',
      label: 'Cooldown Between Email Resends',
      helpText: 'Seconds that have to pass before the mail is sent to the same person again.',
      type: 'String',
      defaultValue: '30',
    },
  ],
};

const WHOLE = /^-?\d{1,9}$/;

/** Has no setting at the reference either. */
const DELETE_ACCOUNT = 'delete_account';

/** What may be set for a required action; nothing for one that is not configurable. Every other can be asked for by an application. */
export const actionProperties = (providerId: string): readonly ConfigProperty[] =>
  providerId === DELETE_ACCOUNT ? [] : [MAX_AUTH_AGE, ...(OF_ONE_ACTION[providerId] ?? [])];

/** The first value that cannot be used, told as wrong members of users are: all of them are seconds. */
export function actionConfigProblem(values: Readonly<Record<string, string>>): ProfileViolation | undefined {
  for (const [field, value] of Object.entries(values)) {
    if (!WHOLE.test(value)) return { field, errorMessage: 'error-invalid-value', params: [field] };
    if (Number(value) < 0) return { field, errorMessage: 'error-number-out-of-range-too-small', params: [field, 0] };
  }
  return undefined;
}
