import type { Clock } from '../shared/clock.js';
import { newSecret } from '../shared/secrets.js';
import type { LoginStep } from './browser-login-types.js';
import type { FlowAccess } from './flow-access.js';
import type { FlowPhase } from './flow-phase.js';
import { freshRequest } from './fresh-request.js';
import type { OpenLink } from './link-checks.js';
import type { LoginInFlow, Visit } from './login-pages.js';
import { newLogin } from './new-login.js';
import type { OpenedLink, PendingLogin } from './pending-login.js';

/** Opens the link of a mail for forgotten credentials: the flow that sent it goes on behind the step that sent it. */
export class LinkedReset {
  constructor(
    private readonly flows: FlowAccess,
    private readonly flowPhase: FlowPhase,
    private readonly clock: Clock,
  ) {}

  async open({ context, token, client, user, row }: OpenLink): Promise<LoginStep> {
    const { realm, rootSecret = newSecret() } = context;
    const visit: Visit = { context: { ...context, rootSecret }, client, path: 'reset-credentials' };
    // What happened to the account after the mail went out wins over the link. The token knows the second alone.
    const provenSince = token.issuedAt * 1000 + 999;
    const waiting = row && waitingOf(row, user.id);
    const pinned = waiting && (await this.flows.pinned(realm.id, waiting.state.hash));
    if (pinned) {
      const login = { ...waiting, provenSince, link: openedLink(token, false) };
      return this.flowPhase.takeUp(pinned, visit, login, user.id);
    }
    const flow = await this.flows.current(realm, client, 'reset_credentials');
    const login: PendingLogin = {
      ...newLogin({ ...context, rootSecret }, freshRequest(client, context.base), rootSecret, this.clock.now()),
      path: 'reset-credentials',
      provenSince,
      link: openedLink(token, true),
    };
    const result = await this.flowPhase.run(flow, visit, login, user.id);
    await this.flowPhase.writeAttempts(visit, result);
    return this.flowPhase.goOn(visit, login, result);
  }
}

/** The login, if it waits for a link to this user. */
const waitingOf = ({ state, ...login }: PendingLogin, userId: string): LoginInFlow | undefined =>
  login.path !== undefined && state?.waits && state.userId === userId ? { ...login, state } : undefined;

const openedLink = (token: OpenLink['token'], endsWithPage: boolean): OpenedLink => ({
  id: token.id,
  expiresAt: token.expiresAt,
  singleUse: true,
  endsWithPage,
});
