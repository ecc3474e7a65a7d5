import type { Agent } from 'node:http';
import { askForTokens, CodeLogin, returnedTo, type Application, type Credentials } from './code-login.js';
import { textOf, type HttpAnswer } from './http-request.js';
import type { DoorName } from './proof-plan.js';
import { DENIAL } from './proof-realm.js';

/** A login that waits for the signal. */
export interface ReadyLogin {
  /** The request that is raced. */
  submit(agent: Agent): Promise<HttpAnswer>;
  /** What the answer to it means. */
  read(answer: HttpAnswer): LoginAnswer;
}

export interface AdmittedAnswer {
  readonly kind: 'admitted';
  readonly sessionId: string;
  /** The refresh token; undefined when the login was overtaken before it could fetch one. Ask once: it may use up a code. */
  refreshToken(agent: Agent): Promise<string | undefined>;
}

export type LoginAnswer =
  | AdmittedAnswer
  | { readonly kind: 'denied' }
  /** Neither: what it was, for the report. */
  | { readonly kind: 'other'; readonly what: string };

/** Brings a login to the point where one request is left. */
export type Door = (agent: Agent, application: Application, credentials: Credentials) => Promise<ReadyLogin>;

export const DOORS: Readonly<Record<DoorName, Door>> = {
  direct: (_agent, application, credentials) =>
    Promise.resolve({
      submit: (agent) => askForTokens(agent, application, { grant_type: 'password', scope: 'openid', ...credentials }),
      read: (answer) => {
        if (answer.status !== 200) return isDenial(answer) ? { kind: 'denied' } : other(answer);
        const refreshToken = textOf(answer, 'refresh_token');
        return admitted(textOf(answer, 'session_state'), () => Promise.resolve(refreshToken), answer);
      },
    }),

  browser: async (opened, application, credentials) => {
    const login = await CodeLogin.open(opened, application);
    return {
      submit: (agent) => login.submit(credentials, agent),
      read: (answer) => {
        const returned = returnedTo(application, answer);
        if (!returned?.has('code')) return isDenial(answer) ? { kind: 'denied' } : other(answer);
        const exchanged = async (agent: Agent): Promise<string | undefined> =>
          textOf(await login.exchange(answer, agent), 'refresh_token') || undefined;
        return admitted(returned.get('session_state') ?? '', exchanged, answer);
      },
    };
  },
};

/** JSON of one server names the message elsewhere than a page, or JSON of another: that it is there is what counts. */
const isDenial = ({ status, body }: HttpAnswer): boolean => status === 403 && body.includes(DENIAL);

function admitted(sessionId: string, refreshToken: AdmittedAnswer['refreshToken'], answer: HttpAnswer): LoginAnswer {
  return sessionId === '' ? other(answer) : { kind: 'admitted', sessionId, refreshToken };
}

const other = ({ status, headers, body }: HttpAnswer): LoginAnswer => ({
  kind: 'other',
  what: `${status} ${headers.location ?? body.replaceAll(/\s+/g, ' ').slice(0, 160)}`,
});
