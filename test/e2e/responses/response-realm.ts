import type { App } from '../../support/browser-session.js';
import { testRealm } from '../../support/test-realm.js';

const app = (clientId: string): App => ({ realm: 'responses', clientId, redirectUri: `http://${clientId}.test/cb` });

/** Code flow only, as every new client. */
export const CODE_ONLY = app('code-only');
/** Both flows: hybrid. */
export const HYBRID = app('hybrid');
/** Implicit flow only. */
export const IMPLICIT = app('implicit');
/** Wants neither `iss` nor `session_state`. */
export const TERSE = app('terse');

export const responseRealm = (): object =>
  testRealm({
    realm: 'responses',
    people: ['ria'],
    apps: [CODE_ONLY, HYBRID, IMPLICIT, TERSE],
    clients: {
      [HYBRID.clientId]: { implicitFlowEnabled: true, attributes: { 'acr.loa.map': '{"password":1}' } },
      [IMPLICIT.clientId]: {
        implicitFlowEnabled: true,
        standardFlowEnabled: false,
        attributes: { 'access.token.lifespan': '77' },
      },
      [TERSE.clientId]: {
        attributes: {
          'exclude.issuer.from.auth.response': 'true',
          'exclude.session.state.from.auth.response': 'true',
        },
      },
    },
    settings: { accessTokenLifespan: 300, accessTokenLifespanForImplicitFlow: 901 },
  });
