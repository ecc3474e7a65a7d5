import type { ConfigReader } from '../../engine/index.js';
import { defineConfig, oneOf } from '../config-field.js';
import { OWN_CHECKS, OWN_PROPERTIES, readOwnCaps, unusableOwnCap, type OwnCaps } from './own-caps.js';

const DENY_NEW_SESSION = 'Deny new session';
const TERMINATE_OLDEST_SESSION = 'Terminate oldest session';

/** A limiter's settings. `unusable` names what cannot be understood in a config that came in without a check (an import). */
export interface SessionLimitsConfig extends OwnCaps {
  /** 0 = no limit. */
  readonly realmMax: number;
  readonly clientMax: number;
  /** Undefined: not chosen; the login is denied with a clear error once a limit is hit. */
  readonly whenFull: 'deny' | 'evict-oldest' | undefined;
  readonly message: string | undefined;
  readonly unusable: string | undefined;
}

const WHOLE_NUMBER = /^-?\d{1,9}$/;
const LIMITS = ['userRealmLimit', 'userClientLimit'] as const;

/** Absent, blank, zero and negative mean "no limit"; undefined means the text is not a number. */
function limitOf(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return 0;
  return WHOLE_NUMBER.test(text) ? Math.max(0, Number(text)) : undefined;
}

const checkLimit = (text: string): string | undefined =>
  limitOf(text) === undefined
    ? 'must be a whole number of at most nine digits; zero, a negative number or nothing means no limit'
    : undefined;

function behaviourOf(text: string | undefined): 'deny' | 'evict-oldest' | undefined {
  if (text === DENY_NEW_SESSION) return 'deny';
  return text === TERMINATE_OLDEST_SESSION ? 'evict-oldest' : undefined;
}

function read(values: Readonly<Record<string, string>>): SessionLimitsConfig {
  const behaviour = values['behavior'];
  const unusable =
    LIMITS.find((field) => limitOf(values[field]) === undefined) ??
    (behaviour !== undefined && behaviour.trim() !== '' && behaviourOf(behaviour) === undefined
      ? 'behavior'
      : undefined) ??
    unusableOwnCap(values);
  const message = values['errorMessage'];
  return {
    ...readOwnCaps(values),
    realmMax: limitOf(values['userRealmLimit']) ?? 0,
    clientMax: limitOf(values['userClientLimit']) ?? 0,
    whenFull: behaviourOf(behaviour),
    message: message === undefined || message === '' ? undefined : message,
    unusable,
  };
}

/** Keys, labels and defaults of the limiter (Keycloak engine reference 4.1); what it refuses at save are values that could never work. */
export const sessionLimitsConfig: ConfigReader<SessionLimitsConfig> = {
  ...defineConfig(
    [
      {
        name: 'userRealmLimit',
        label: 'Maximum concurrent sessions for each user within this realm.',
        helpText: 'How many sessions a user may have in the whole realm. Zero, a negative number or nothing: no limit.',
        type: 'String',
        defaultValue: '3',
      },
      {
        name: 'userClientLimit',
        label: 'Maximum concurrent sessions for each user per keycloak client.',
        helpText:
          'How many sessions a user may have with one application; keep it below the limit of the realm. Zero, a negative number or nothing: no limit.',
        type: 'String',
        defaultValue: '0',
      },
      {
        name: 'behavior',
        label: 'Behavior when user session limit is exceeded',
        type: 'List',
        defaultValue: DENY_NEW_SESSION,
        options: [DENY_NEW_SESSION, TERMINATE_OLDEST_SESSION],
      },
      {
        name: 'errorMessage',
        label: 'Optional custom error message',
        helpText:
          'What a person reads whose login is denied: a text, or the key of a message. Nothing: the default message.',
        type: 'String',
      },
    ],
    read,
    {
      userRealmLimit: checkLimit,
      userClientLimit: checkLimit,
      behavior: (value) => (value.trim() === '' ? undefined : oneOf(DENY_NEW_SESSION, TERMINATE_OLDEST_SESSION)(value)),
      ...OWN_CHECKS,
    },
  ),
  extended: OWN_PROPERTIES,
};
