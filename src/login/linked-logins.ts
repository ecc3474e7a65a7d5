import type { FailureCode } from '../engine/index.js';
import { FORCE_LOGIN_FACT } from '../authenticators/reset-credential-email/reset-credential-email.authenticator.js';
import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { User, UserStore } from '../realm/user.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { ActionTokens } from '../tokens/action-tokens/action-tokens.js';
import type { BrowserContext, LoginStep } from './browser-login-types.js';
import type { LoginStore } from './login-store.js';
import type { PassedLogin } from './passed-login.js';

/** Whether a login ends with a page in place of a session: its link was opened in another browser, or the flow says so. */
export const endsWithPage = ({ link, state }: PassedLogin): boolean =>
  link?.endsWithPage === true || state.facts.some(({ type, value }) => type === FORCE_LOGIN_FACT && value === true);

/** What is special about logins that the link of a mail began or took on: the link counts once, and with a page they may end. */
export class LinkedLogins {
  constructor(
    private readonly users: UserStore,
    private readonly tokens: ActionTokens,
    private readonly logins: LoginStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Why a login may change nothing about the account any more; undefined when it may. */
  async problem(
    realm: Realm,
    user: User,
    { link }: PassedLogin,
  ): Promise<{ readonly error: FailureCode; readonly message: string } | undefined> {
    if (!user.enabled) return { error: 'user_disabled', message: 'accountDisabledMessage' };
    if (link?.singleUse && (await this.tokens.isSpent(realm, link))) return SPENT;
    return undefined;
  }

  /** Takes a login out of the way and its link out of use, in the running unit of work; false when either was before. */
  async claim(realm: Realm, login: PassedLogin): Promise<boolean> {
    if (!(await this.logins.claim(realm, login))) return false;
    const { link } = login;
    return !link?.singleUse || this.tokens.spend(realm, link);
  }

  /** The end without a session: the account is as the link wanted it, and the person signs in where they want to. */
  async end(context: BrowserContext, client: Client, login: PassedLogin): Promise<LoginStep> {
    const { realm } = context;
    const user = await this.users.byId(realm.id, login.state.userId);
    if (!user?.enabled) return { kind: 'refused', status: 400, message: { key: 'accountDisabledMessage' }, client };
    if (!(await this.unitOfWork.run(() => this.claim(realm, login))))
      return { kind: 'refused', status: 400, message: { key: SPENT.message }, client };
    const redirectUri = login.link?.redirectUri;
    return {
      kind: 'info',
      message: { key: 'accountUpdatedMessage' },
      client,
      userId: user.id,
      ...(redirectUri === undefined ? {} : { redirectUri }),
    };
  }
}

const SPENT = { error: 'access_denied', message: 'expiredActionTokenNoSessionMessage' } as const;
