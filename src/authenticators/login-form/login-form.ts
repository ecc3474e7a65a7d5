import type { ChallengeView, FormInput, Message, Outcome, Step } from '../../engine/index.js';
import type { Realm } from '../../realm/realm.js';
import type { LockStatus } from '../../realm/brute-force-guard.js';
import type { User } from '../../realm/user.js';
import type { AuthenticatorPorts } from '../ports.js';

/** What the forms that ask for a name or a password share: the pages, and the checks with their answers (reference 3.3). */
export type LoginPorts = Pick<AuthenticatorPorts, 'realms' | 'users' | 'userService' | 'bruteForce'>;

/** What a form shows filled in. */
export interface Entries {
  readonly username?: string | undefined;
  readonly rememberMe?: boolean;
}

/** The page of a login form as data. */
export function formView(
  page: 'login' | 'login-username' | 'login-password',
  realm: Realm,
  { username, rememberMe = false }: Entries,
  problem?: { readonly message: Message; readonly field?: string },
): ChallengeView {
  return {
    page,
    data:
      page === 'login-password'
        ? { ...(username === undefined ? {} : { attemptedUsername: username }) }
        : {
            ...(username === undefined ? {} : { username }),
            rememberMeAllowed: realm.settings.rememberMe,
            rememberMe,
            loginWithEmailAllowed: realm.settings.loginWithEmailAllowed,
          },
    ...(problem ? { message: problem.message, ...(problem.field === undefined ? {} : { field: problem.field }) } : {}),
  };
}

/** Why a login does not go on, and what the form says about it. */
export type Problem = Omit<Extract<Outcome, { kind: 'challenge' }>, 'kind' | 'view'> & {
  readonly message: Message;
  readonly field: string;
};
export type Checked<T> = { readonly ok: T } | { readonly problem: Problem };

const message = (key: string): Message => ({ key });

/** Finds the user for a typed name; an unknown one costs as much time as a wrong password. */
export async function findUser(ports: LoginPorts, realm: Realm, typed: string | undefined): Promise<Checked<User>> {
  const name = typed?.trim() ?? '';
  const user = name === '' ? undefined : await ports.userService.findForLogin(realm, name);
  if (user) return { ok: user };
  await ports.userService.burnPassword(realm);
  return {
    problem: {
      failed: 'unknown_user',
      message: message('invalidUserMessage'),
      field: 'username',
      details: name === '' ? {} : { username: name },
    },
  };
}

/** Refuses a user who is locked by the brute-force guard; the password is then not looked at, which the time of the answer does not tell. */
export async function checkNotLocked(ports: LoginPorts, realm: Realm, user: User): Promise<Problem | undefined> {
  const status = await ports.bruteForce.status(realm, user);
  if (status === 'open') return undefined;
  await ports.userService.burnPassword(realm);
  return lockedProblem(user, status);
}

function lockedProblem(user: User, status: Exclude<LockStatus, 'open'>): Problem {
  const temporarily = status === 'temporarily_disabled';
  return {
    failed: temporarily ? 'user_temporarily_disabled' : 'user_permanently_disabled',
    counts: false,
    message: message(temporarily ? 'accountTemporarilyDisabledMessage' : 'accountPermanentlyDisabledMessage'),
    field: 'username',
    failedUserId: user.id,
    details: { username: user.username },
  };
}

/**
 * Asks again once a credential was right: of many guesses sent at the same moment, those after the one that locked the account must
 * not learn that they were right.
 */
export async function checkNotLockedMeanwhile(
  ports: LoginPorts,
  realm: Realm,
  { id }: User,
): Promise<Problem | undefined> {
  if (!realm.settings.bruteForceProtected) return undefined;
  const user = await ports.users.byId(realm.id, id);
  const status = user ? await ports.bruteForce.status(realm, user) : 'open';
  return user && status !== 'open' ? lockedProblem(user, status) : undefined;
}

/** Checks a password and that the account may log in, in the reference's order. */
export async function checkPassword(
  ports: LoginPorts,
  realm: Realm,
  user: User,
  typed: string | undefined,
): Promise<Problem | undefined> {
  const details = { username: user.username };
  const wrong = { message: message('invalidUserMessage'), field: 'password', failedUserId: user.id, details };
  const locked = await checkNotLocked(ports, realm, user);
  if (locked) return locked;
  if (typed === undefined || typed === '') {
    await ports.userService.burnPassword(realm);
    return { ...wrong, failed: 'missing_credentials', counts: false };
  }
  if (!(await ports.userService.verifyPassword(realm, user, typed))) return { ...wrong, failed: 'invalid_credentials' };
  const lockedMeanwhile = await checkNotLockedMeanwhile(ports, realm, user);
  if (lockedMeanwhile) return lockedMeanwhile;
  if (!user.enabled) {
    return {
      ...wrong,
      failed: 'user_disabled',
      counts: false,
      message: message('accountDisabledMessage'),
      field: 'username',
    };
  }
  return undefined;
}

/** Whether the person asked to be remembered, as a fact for the end of the login. */
export const rememberMe = (realm: Realm, value: string | undefined): { type: string; value: boolean }[] =>
  realm.settings.rememberMe ? [{ type: 'remember-me', value: value === 'on' }] : [];

/** The answer to a form that the person gave up (field `cancel`); the application is told. */
export const CANCELLED: Outcome = {
  kind: 'refuse',
  code: 'cancelled',
  status: 400,
  counts: false,
  message: { key: 'loginIsOver' },
};

/** What to put into an empty form: the application's hint, or the name remembered on this browser. */
export function suggestedEntries({ parameters }: Step<unknown>): Entries {
  const { login_hint: hint, remembered_username: remembered } = parameters;
  if (hint !== undefined) return { username: hint };
  return remembered === undefined ? {} : { username: remembered, rememberMe: true };
}

/** A typed name as a login in progress keeps it: a row is stored for anybody, and no name is longer. */
export const keptName = (typed: string): string => typed.slice(0, 255);

/** What the person typed, to be shown again with what is wrong about it. */
export const typedEntries = (input: FormInput): Entries => ({
  username: input['username'] && keptName(input['username']),
  rememberMe: input['rememberMe'] === 'on',
});
