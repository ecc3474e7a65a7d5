import type { EventType } from '../events/auth-events.js';
import type { EventRecorder } from '../events/event-recorder.js';
import type { UserService } from '../realm/user-service.js';
import type { User } from '../realm/user.js';
import type { Clock } from '../shared/clock.js';
import { newSecret } from '../shared/secrets.js';
import type { AfterFlow } from './after-flow.js';
import type { LoginStep } from './browser-login-types.js';
import { freshRequest } from './fresh-request.js';
import { isSingleUse, type OpenLink } from './link-checks.js';
import { newLogin } from './new-login.js';
import { passedLogin, type PassedLogin } from './passed-login.js';

const VERIFY_EMAIL = 'VERIFY_EMAIL';

/** Opens links to required actions, and those that confirm an address. */
export class LinkedActions {
  constructor(
    private readonly afterFlow: AfterFlow,
    private readonly users: UserService,
    private readonly recorder: EventRecorder,
    private readonly clock: Clock,
  ) {}

  /** The actions of the link, one after the other; the end is a page. */
  async execute(link: OpenLink): Promise<LoginStep> {
    await this.confirmed(link, false);
    await this.record(link, 'EXECUTE_ACTIONS');
    return this.begin(link, link.token.actions ?? []);
  }

  /** Confirms the address; undefined when the person has to be asked first. */
  async verifyEmail(link: OpenLink): Promise<LoginStep | undefined> {
    const { context, token, client, user, row } = link;
    const login = row && passedLogin(row);
    const waiting = login?.state.userId === user.id && login.phase === 'required-action' ? login : undefined;
    if (user.emailVerified && !user.requiredActions.includes(VERIFY_EMAIL) && waiting?.currentAction !== VERIFY_EMAIL) {
      await this.record(link, 'VERIFY_EMAIL_ERROR', 'email_already_verified');
      const message = { key: 'emailVerifiedAlreadyMessage', values: { email: user.email ?? '' } };
      return { kind: 'info', message, client, userId: user.id };
    }
    if (!waiting && !link.confirmed) return undefined;
    await this.confirmed(link, true);
    await this.record(link, 'VERIFY_EMAIL');
    if (waiting)
      return this.afterFlow.advance(context, client, {
        ...waiting,
        actionsDone: [...waiting.actionsDone, VERIFY_EMAIL],
      });
    // The login that sent the mail goes on where it began.
    if (token.originalLoginId)
      return { kind: 'info', message: { key: 'emailVerifiedMessage' }, client, userId: user.id };
    return this.begin(link, []);
  }

  /** A login of no flow: the link stands for it. */
  private begin({ context, token, client, user }: OpenLink, actions: readonly string[]): Promise<LoginStep> {
    const { rootSecret = newSecret() } = context;
    const visitor = { ...context, rootSecret };
    const { redirectUri } = token;
    const now = this.clock.now();
    const login: PassedLogin = {
      ...newLogin(visitor, freshRequest(client, context.base), rootSecret, now),
      provenAt: now,
      provenSince: now,
      link: {
        id: token.id,
        expiresAt: token.expiresAt,
        singleUse: isSingleUse(token),
        endsWithPage: true,
        ...(redirectUri === undefined ? {} : { redirectUri }),
      },
      state: stateFor(user, actions),
    };
    return this.afterFlow.advance(visitor, client, login);
  }

  private async confirmed({ context, user }: OpenLink, isDone: boolean): Promise<void> {
    await this.users.markEmailVerified(context.realm.id, user.id);
    if (isDone) await this.users.removeRequiredAction(context.realm, user, VERIFY_EMAIL);
  }

  private record({ context, token, client, user }: OpenLink, type: EventType, error?: string): Promise<void> {
    return this.recorder.record(
      { id: context.realm.id, ...context.realm.settings },
      {
        type,
        clientId: client.clientId,
        userId: user.id,
        ipAddress: context.remoteAddress,
        details: { token_id: token.id, action: token.type, email: user.email ?? '', username: user.username },
        ...(error === undefined ? {} : { error }),
      },
    );
  }
}

/** What is known of somebody who came by a link: who it is, and what is to be done. */
const stateFor = (user: User, requiredActions: readonly string[]): PassedLogin['state'] => ({
  hash: '',
  position: '',
  context: { statuses: {}, walk: {}, errors: [] },
  userId: user.id,
  userFixed: true,
  credentialTypes: [],
  facts: [],
  notes: {},
  details: { username: user.username },
  requiredActions,
});
