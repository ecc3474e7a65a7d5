import type { Birth } from './session-births.js';

/** A test that goes through a door while a cap holds. */
export interface DoorTest {
  /** File below test/. */
  readonly file: string;
  readonly title: string;
}

/** A way in which a session, or a client's part of one, may be born. */
interface SessionDoor extends Birth {
  /** What a person or an application does there. */
  readonly way: string;
  readonly tests: readonly DoorTest[];
}

/** A way that opens none, or that is not there. */
interface ClosedDoor {
  readonly way: string;
  readonly tests: readonly DoorTest[];
}

const slots = (title: string): DoorTest => ({ file: 'e2e/limiter/slots.spec.ts', title });
const doors = (title: string): DoorTest => ({ file: 'e2e/limiter/doors.spec.ts', title });
const reset = (title: string): DoorTest => ({ file: 'e2e/mail/reset.spec.ts', title });
const meanwhile = (title: string): DoorTest => ({ file: 'e2e/limiter/meanwhile.spec.ts', title });

const BROWSER = 'login/browser-completion.ts';
const page = (method: string): string => `web/login-actions.controller.ts LoginActionsController.${method}`;

/**
 * Every way in which a session can be born. `session-doors.spec.ts` finds them in the code and fails where one has no row here: a new
 * door needs a test that shows what a cap does there.
 */
export const SESSION_DOORS: readonly SessionDoor[] = [
  {
    way: 'single sign-on, prompt=none, implicit and hybrid answers',
    door: 'oidc/authorize.controller.ts AuthorizeController.answer',
    through: BROWSER,
    tests: [
      slots('to a second application costs no slot of the realm'),
      doors('implicit and hybrid logins are held to the cap'),
    ],
  },
  {
    way: 'login with pages, re-authentication',
    door: page('authenticate'),
    through: BROWSER,
    tests: [
      slots('of one person leave as many sessions as the cap allows, and admit only those: deny'),
      slots('never costs a slot: %s'),
      slots("with prompt=login at a second application is held to that client's cap"),
    ],
  },
  {
    way: 'required action, also in two browsers at once',
    door: page('requiredAction'),
    through: BROWSER,
    tests: [
      meanwhile('opens no gap: of two logins past the limiter one is denied'),
      meanwhile('opens no gap for parallel submits either'),
    ],
  },
  {
    way: 'consent',
    door: page('consent'),
    through: BROWSER,
    tests: [doors('of two logins that wait for consent one is denied')],
  },
  {
    way: 'forgotten password: the form',
    door: page('resetCredentials'),
    through: BROWSER,
    tests: [reset('which denies it'), reset('which makes room for it')],
  },
  {
    way: 'forgotten password: the way there',
    door: page('reset'),
    through: BROWSER,
    tests: [reset('which denies it')],
  },
  {
    way: 'link of a mail: new password, confirmed address, required actions',
    door: page('link'),
    through: BROWSER,
    tests: [
      reset('again at its very end, when the cap was reached meanwhile'),
      doors('a link to required actions opens no session beside the one there may be'),
    ],
  },
  {
    way: 'a page looked at again, whose login is over: it begins anew',
    door: page('view'),
    through: BROWSER,
    tests: [doors('a login that begins anew beside a session costs no slot')],
  },
  {
    way: 'a login given up: it begins anew',
    door: page('restart'),
    through: BROWSER,
    tests: [doors('a login that begins anew beside a session costs no slot')],
  },
  {
    way: 'password grant, with offline access too',
    door: 'oidc/grants/password.grant.ts PasswordGrant.handle',
    through: 'login/direct-grant.ts',
    tests: [
      { file: 'e2e/limiter/denial.spec.ts', title: 'counts sessions of all applications of the realm' },
      doors('the password grant asks the limiter for offline access too'),
    ],
  },
  {
    way: 'service account with refresh tokens',
    door: 'oidc/grants/client-credentials.grant.ts ClientCredentialsGrant.stored',
    through: 'login/service-account-login.ts',
    tests: [{ file: 'e2e/oidc/service-accounts.spec.ts', title: 'denies a service account its second session' }],
  },
  {
    way: 'offline access with a code',
    door: 'oidc/grants/authorization-code.grant.ts AuthorizationCodeGrant.handle',
    through: 'tokens/offline-sessions.ts',
    tests: [doors('offline access with a code adds nothing that a cap of the reference counts')],
  },
];

/** Ways in at the reference, or in the mind of somebody who reads the list above, through which no session comes. */
export const CLOSED_DOORS: readonly ClosedDoor[] = [
  {
    way: 'import of realms and users',
    tests: [doors('an import opens no session, and its caps hold from the first login')],
  },
  { way: 'device flow', tests: [doors('is not there: %s')] },
  { way: 'CIBA', tests: [doors('is not there: %s')] },
  { way: 'token exchange', tests: [doors('is not there: %s')] },
  { way: 'impersonation', tests: [doors('impersonation is refused, and opens nothing')] },
];
