import type { Client } from '../realm/client.js';
import type { AnswerParameter } from './authorization-request.js';

/** Client attributes that leave a parameter out of authorization responses, as Keycloak names them. */
const SWITCHES: Readonly<Record<AnswerParameter, string>> = {
  iss: 'exclude.issuer.from.auth.response',
  session_state: 'exclude.session.state.from.auth.response',
};

/** Parameters that the client's attributes leave out of its answers; older applications stumble over those they do not know. */
export const omittedParameters = ({ attributes }: Pick<Client, 'attributes'>): readonly AnswerParameter[] =>
  (Object.keys(SWITCHES) as AnswerParameter[]).filter((name) => attributes[SWITCHES[name]] === 'true');
