import { APP, CAPPED_APP, CHEAP_HASH, CROWDS, DEFAULT_HASH, ES256_APP, ROOMY_APP } from './bench-realm.js';
import { KEYCLOAK, KEYCLOAK_BY_OWN_SESSIONS } from './keycloak.js';
import {
  A_FEW,
  browserLogin,
  clientCredentials,
  everybodyOf,
  introspection,
  membersOf,
  passwordGrant,
  refresh,
  sessionPage,
  userinfo,
} from './work-requests.js';
import type { Workload } from './workload.js';

/** A password login with almost no hash; it also fills the memory. */
export const CHEAP_LOGIN: Workload = {
  name: 'password grant, almost no hash',
  keycloak: KEYCLOAK.cheapPassword,
  prepare: (ground) => passwordGrant(ground, CHEAP_HASH, APP, everybodyOf(CHEAP_HASH)),
};

/** In the order of Keycloak's table, whose figures stand beside. */
export const WORKLOADS: readonly Workload[] = [
  {
    name: 'password grant, default Argon2id',
    keycloak: KEYCLOAK.password,
    prepare: (ground) => passwordGrant(ground, DEFAULT_HASH, APP, everybodyOf(DEFAULT_HASH)),
  },
  CHEAP_LOGIN,
  {
    name: 'password grant through the limiter, evicts one of three, almost no hash',
    keycloak: KEYCLOAK.evicting,
    prepare: (ground) => passwordGrant(ground, CHEAP_HASH, CAPPED_APP, A_FEW),
  },
  {
    name: 'browser login (page, password, code), default Argon2id',
    keycloak: KEYCLOAK.browser,
    prepare: (ground) => browserLogin(ground, DEFAULT_HASH, APP, everybodyOf(DEFAULT_HASH)),
  },
  {
    name: 'browser login (page, password, code), almost no hash',
    keycloak: KEYCLOAK.cheapBrowser,
    prepare: (ground) => browserLogin(ground, CHEAP_HASH, APP, everybodyOf(CHEAP_HASH)),
  },
  {
    name: 'browser login through the limiter, evicts one of three, almost no hash',
    keycloak: KEYCLOAK.evictingBrowser,
    prepare: (ground) => browserLogin(ground, CHEAP_HASH, CAPPED_APP, A_FEW),
  },
  { name: 'refresh', keycloak: KEYCLOAK.refresh, prepare: refresh(APP) },
  { name: 'refresh, ES256', keycloak: KEYCLOAK.refreshEs256, prepare: refresh(ES256_APP) },
  {
    name: 'client_credentials',
    keycloak: KEYCLOAK.clientCredentials,
    prepare: (ground) => Promise.resolve(clientCredentials(ground)),
  },
  { name: 'introspection', keycloak: KEYCLOAK.introspection, prepare: introspection },
  { name: 'userinfo', keycloak: KEYCLOAK.userinfo, prepare: userinfo },
];

/** What needs the sessions of `CROWDS`. */
export const CROWDED_WORKLOADS: readonly Workload[] = [
  { name: "page of 20 of a client's sessions", keycloak: KEYCLOAK.sessionPage, prepare: sessionPage },
  ...CROWDS.map((crowd): Workload => {
    const { sessions } = crowd;
    const keycloak = KEYCLOAK_BY_OWN_SESSIONS[sessions];
    return {
      name: `password grant through the limiter, ${sessions.toLocaleString('en')} own sessions, almost no hash`,
      ownSessions: sessions,
      ...(keycloak && { keycloak }),
      prepare: (ground) => passwordGrant(ground, CHEAP_HASH, ROOMY_APP, membersOf(crowd)),
    };
  }),
];
