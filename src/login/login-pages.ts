import type { FlowState } from '../engine/index.js';
import type { Client } from '../realm/client.js';
import type { Clock } from '../shared/clock.js';
import type { Sealer } from '../shared/sealer.js';
import type { BrowserContext, LoginPage, LoginStep } from './browser-login-types.js';
import { sealFirstPage, sealRestart } from './first-page.js';
import type { PendingLogin } from './pending-login.js';
import type { SessionCodes } from './session-code.js';

/** Where a request belongs: the browser it came from, and the client its login is for. */
export interface Visit {
  readonly context: BrowserContext;
  readonly client: Client;
  /** Present when the flow is the one for forgotten credentials. */
  readonly path?: 'reset-credentials' | undefined;
}

/** A login that is in its flow. */
export type LoginInFlow = PendingLogin & { readonly state: FlowState };

/** Makes the pages of a login in its flow out of its state; runs nothing and stores nothing. */
export class LoginPages {
  constructor(
    private readonly sessionCodes: SessionCodes,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** The first page: it carries the login, sealed, because nothing is stored yet. */
  first(visit: Visit, login: LoginInFlow, notice: LoginPage['notice']): LoginPage {
    const { request, state, tabId, rootHash, path } = login;
    const { session } = visit.context;
    const sessionCode = sealFirstPage(this.sealer, {
      request,
      tabId,
      rootHash,
      flowHash: state.hash,
      issuedAt: this.clock.now(),
      ...(path === undefined ? {} : { path }),
      ...(session ? { browserSessionId: session.session.id } : {}),
    });
    return {
      ...pageOf(visit, login, sessionCode),
      restart: sealRestart(this.sealer, request),
      ...(notice ? { notice } : {}),
    };
  }

  /** The page a login is at. */
  current(visit: Visit, row: PendingLogin, notice?: LoginPage['notice']): LoginStep {
    if (!row.state?.view) return expired(visit.client, row);
    const page = pageOf(visit, { ...row, state: row.state }, this.sessionCodes.of(row));
    return notice ? { ...page, notice } : page;
  }
}

/** The answer to a page that is not the one the login is at: the person may go on with that one, or start over. */
export function expired(client: Client, login: PendingLogin): LoginStep {
  const { request, tabId, phase, state, currentAction } = login;
  const inFlow = phase === 'flow' || phase === 'done';
  return {
    kind: 'page-expired',
    request,
    client,
    tabId,
    path: inFlow ? (login.path ?? 'authenticate') : phase,
    execution: (inFlow ? state?.currentExecution : currentAction) ?? '',
  };
}

function pageOf({ context, client }: Visit, login: LoginInFlow, sessionCode: string): LoginPage {
  const { state, request, tabId, path = 'authenticate' } = login;
  if (!state.view) throw new Error('A login in its flow always has a page');
  return {
    kind: 'page',
    request,
    client,
    tabId,
    path,
    execution: state.currentExecution ?? '',
    view: state.view,
    sessionCode,
    canTryAnotherWay: state.options !== undefined && state.choosing !== true,
    rootSecret: context.rootSecret ?? '',
    ...(state.userId === undefined ? {} : { userId: state.userId }),
  };
}
