import type { RunEnvironment } from '../engine/index.js';
import { browserSessionOf } from './browser-session.js';
import { actionMaxAge } from './initiated-action.js';
import { loginIdOf } from './login-id.js';
import type { Visit } from './login-pages.js';
import type { PendingLogin } from './pending-login.js';

/** What the steps of a browser login may know of the request. @param now seconds */
export function runEnvironment({ context, client }: Visit, login: PendingLogin, now: number): RunEnvironment {
  const { request } = login;
  return {
    realmId: context.realm.id,
    clientId: client.id,
    remoteAddress: context.remoteAddress,
    channel: 'browser',
    place: { linkBase: context.linkBase, loginId: loginIdOf(login), locale: context.locale },
    browserSession: browserSessionOf(context.session, request, now, actionMaxAge(context.realm, request.kcAction)),
    parameters: {
      scope: request.scope,
      ...(request.prompt.length > 0 ? { prompt: request.prompt.join(' ') } : {}),
      ...(request.loginHint === undefined ? {} : { login_hint: request.loginHint }),
      ...(request.idpHint === undefined ? {} : { kc_idp_hint: request.idpHint }),
      ...(context.rememberedUsername === undefined ? {} : { remembered_username: context.rememberedUsername }),
    },
  };
}
