import type { Agent } from 'node:http';
import { askForTokens, CodeLogin, returnedTo, type Application, type Credentials } from '../support/code-login.js';
import { textOf, type HttpAnswer } from '../support/http-request.js';
import type { DoorName } from './proof-plan.js';
import { DENIAL } from './proof-realm.js';

/** A login that waits for the signal. */
export interface ReadyLogin {
  /** The request that is raced. */
  submit(): Promise<HttpAnswer>;
  /** What the answer to it means. */
  read(answer: HttpAnswer): LoginAnswer;
}

export type LoginAnswer =
  | {
      readonly kind: 'admitted';
      readonly sessionId: string;
      /** The refresh token; undefined when the login was overtaken before it could fetch one. */
      refreshToken(): Promise<string | undefined>;
    }
  | { readonly kind: 'denied' }
  /** Neither: what it was, for the report. */
  | { readonly kind: 'other'; readonly what: string };

/** Brings a login to the point where one request is left. */
export type Door = (agent: Agent, application: Application, credentials: Credentials) => Promise<ReadyLogin>;

export const DOORS: Readonly<Record<DoorName, Door>> = {
  direct: (agent, application, credentials) =>
    Promise.resolve({
      submit: () => askForTokens(agent, application, { grant_type: 'password', scope: 'openid', ...credentials }),
      read: (answer) => {
        if (answer.status === 200) {
          const refreshToken = textOf(answer, 'refresh_token');
          return admitted(textOf(answer, 'session_state'), () => Promise.resolve(refreshToken), answer);
        }
        const isDenial =
          answer.status === 403 &&
          textOf(answer, 'error') === 'session_limit_exceeded' &&
          textOf(answer, 'error_description') === DENIAL;
        return isDenial ? { kind: 'denied' } : other(answer);
      },
    }),

  browser: async (agent, application, credentials) => {
    const login = await CodeLogin.open(agent, application);
    return {
      submit: () => login.submit(credentials),
      read: (answer) => {
        const returned = returnedTo(application, answer);
        if (returned?.has('code')) {
          const exchanged = async (): Promise<string | undefined> =>
            textOf(await login.exchange(answer), 'refresh_token') || undefined;
          return admitted(returned.get('session_state') ?? '', exchanged, answer);
        }
        const isDenial =
          answer.status === 403 &&
          (answer.headers['content-type'] ?? '').startsWith('text/html') &&
          answer.body.includes(DENIAL);
        return isDenial ? { kind: 'denied' } : other(answer);
      },
    };
  },
};

function admitted(sessionId: string, refreshToken: () => Promise<string | undefined>, answer: HttpAnswer): LoginAnswer {
  return sessionId === '' ? other(answer) : { kind: 'admitted', sessionId, refreshToken };
}

const other = ({ status, headers, body }: HttpAnswer): LoginAnswer => ({
  kind: 'other',
  what: `${status} ${headers.location ?? body.replaceAll(/\s+/g, ' ').slice(0, 160)}`,
});
