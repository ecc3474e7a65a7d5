import type { ConfigProperty } from '../../engine/index.js';
import type { GroupLimit } from '../../sessions/session-limit-policy.js';
import { isOn, oneOf } from '../config-field.js';
import { readGroupLimits } from './group-limits.js';

/** Caps that the reference does not have. A config without their keys is one of the reference. */
export interface OwnCaps {
  readonly ssoLogins: boolean;
  readonly groupLimits: readonly GroupLimit[];
  /** Seconds; 0 = never. */
  readonly idleAfter: number;
  readonly countOffline: boolean;
  /** 0 = no limit. */
  readonly clientSeats: number;
}

type Values = Readonly<Record<string, string>>;

const NUMBER = /^\d{1,9}$/;
const isBlank = (text: string): boolean => text.trim() === '';

const checkFlag = (text: string): string | undefined => (isBlank(text) ? undefined : oneOf('true', 'false')(text));
const checkNumber =
  (what: string) =>
  (text: string): string | undefined =>
    isBlank(text) || NUMBER.test(text) ? undefined : `must be ${what} of at most nine digits, or nothing`;

/** By key: the sentence that says what is wrong with a value, or undefined. */
export const OWN_CHECKS: Readonly<Record<keyof OwnCaps, (text: string) => string | undefined>> = {
  ssoLogins: checkFlag,
  groupLimits: (text) => {
    const limits = readGroupLimits(text);
    return 'unreadable' in limits
      ? `must be entries like group:/staff=5 or role:auditor=1,1 with ## between them; this is none: ${limits.unreadable}`
      : undefined;
  },
  idleAfter: checkNumber('a whole number of seconds'),
  countOffline: checkFlag,
  clientSeats: checkNumber('a whole number of people'),
};

export function readOwnCaps(values: Values): OwnCaps {
  const limits = readGroupLimits(values['groupLimits']);
  const number = (text = ''): number => (NUMBER.test(text) ? Number(text) : 0);
  return {
    ssoLogins: isOn(values['ssoLogins']),
    groupLimits: 'unreadable' in limits ? [] : limits,
    idleAfter: number(values['idleAfter']),
    countOffline: isOn(values['countOffline']),
    clientSeats: number(values['clientSeats']),
  };
}

/** The first key whose value cannot be used. */
export const unusableOwnCap = (values: Values): string | undefined =>
  Object.entries(OWN_CHECKS).find(([name, check]) => check(values[name] ?? '') !== undefined)?.[0];

export const OWN_PROPERTIES: readonly ConfigProperty[] = [
  {
    name: 'ssoLogins',
    label: 'Cap of the application also for single sign-on',
    helpText:
      'Whoever joins a session by single sign-on is held to the limit of the application too, if the conditions around this step hold for them. Off: only where the step itself runs.',
    type: 'boolean',
    defaultValue: true,
  },
  {
    name: 'groupLimits',
    label: 'Limits of roles and groups',
    helpText:
      'The first entry that fits a user counts in place of the two limits: group:/staff/night=5, role:auditor=1,1 (realm, application) or role:app.robot=,20 (application only). A group stands for those below it too. 0 is no limit.',
    type: 'MultivaluedString',
  },
  {
    name: 'idleAfter',
    label: 'Unused sessions end after (seconds)',
    helpText:
      'At a login, sessions of the user that were not used for so long end and do not count. Zero or nothing: only the lifetimes of the realm count.',
    type: 'String',
  },
  {
    name: 'countOffline',
    label: 'Count sessions of offline tokens',
    helpText:
      'Sessions of offline tokens count in all limits of this step. One that came of a login counts together with the session of that login.',
    type: 'boolean',
    defaultValue: false,
  },
  {
    name: 'clientSeats',
    label: 'Seats of the application',
    helpText:
      'How many people may have a session with one application at once, however many sessions each of them has. Nobody is signed out for it: the next one is denied, by single sign-on too. Zero or nothing: no limit.',
    type: 'String',
  },
];
