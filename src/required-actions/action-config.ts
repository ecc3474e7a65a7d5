import type { ConfigProblem, ConfigProperty } from '../engine/index.js';

/** For how long after a login an application may ask for the action (`kc_action`) without a new proof. */
const MAX_AUTH_AGE: ConfigProperty = {
  name: 'max_auth_age',
  label: 'Maximum Age of Authentication',
  helpText:
    'Seconds since the login after which an application that asks for this action makes the person sign in again.',
  type: 'String',
  defaultValue: '300',
};

const OF_ONE_ACTION: Readonly<Record<string, readonly ConfigProperty[]>> = {
  VERIFY_EMAIL: [
    {
      name: 'emailResendCooldown',
      label: 'Cooldown Between Email Resends',
      helpText: 'Seconds that have to pass before the mail is sent to the same person again.',
      type: 'String',
      defaultValue: '30',
    },
  ],
};

const WHOLE = /^\d{1,9}$/;

/** What may be set for a required action. Every action can be asked for by an application. */
export const actionProperties = (providerId: string): readonly ConfigProperty[] => [
  MAX_AUTH_AGE,
  ...(OF_ONE_ACTION[providerId] ?? []),
];

/** The first value that cannot be used: all of them are seconds. */
export function actionConfigProblem(values: Readonly<Record<string, string>>): ConfigProblem | undefined {
  const wrong = Object.entries(values).find(([, value]) => !WHOLE.test(value));
  return wrong && { field: wrong[0], message: `${wrong[0]} is a number of seconds` };
}
