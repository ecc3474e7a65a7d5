import type { LimitInput } from './limit-form.js';

/** Settings of the limiter, as they are stored. */
export type LimiterValues = Readonly<Record<string, string>>;

/** What the limiter is set to. */
export type Caps = Pick<LimitInput, 'realmMax' | 'clientMax' | 'whenFull' | 'message'>;

/** @param knowsJoins the server's limiter can be asked at single sign-on too, where a session gets one more application */
export const valuesOf = (caps: Caps, knowsJoins: boolean): LimiterValues => ({
  userRealmLimit: caps.realmMax.trim() || '0',
  userClientLimit: caps.clientMax.trim() || '0',
  behavior: caps.whenFull,
  errorMessage: caps.message,
  ...(knowsJoins && { ssoLogins: 'true' }),
});

/** The caps of settings as they are stored: a number that is not set is none. */
export const capsOf = (values: LimiterValues): Caps => ({
  realmMax: values['userRealmLimit']?.trim() || '0',
  clientMax: values['userClientLimit']?.trim() || '0',
  whenFull: values['behavior'] === 'Terminate oldest session' ? 'Terminate oldest session' : 'Deny new session',
  message: values['errorMessage'] ?? '',
});

export const areSame = (one: Caps, other: Caps): boolean =>
  one.realmMax === other.realmMax &&
  one.clientMax === other.clientMax &&
  one.whenFull === other.whenFull &&
  one.message === other.message;
