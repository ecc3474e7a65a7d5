/**
 * What Keycloak 26.7.4 costs, measured once: production mode on PostgreSQL 15 with default durability, 2 processors (Xeon 2.7 GHz),
 * OpenJDK 17, median of three runs after three minutes of warm-up, 4 connections, scope `openid`. Differences below 25 % are noise.
 */

/** CPU-milliseconds of one request, or of one login. */
export interface KeycloakCost {
  readonly serverMs: number;
  /** Where the runs gave a span, its end; `serverMs` is its begin. */
  readonly serverMsAtMost?: number;
  readonly databaseMs: number;
  /** How many times less this server is to cost (issue 6). */
  readonly aim?: number;
}

/** By name of the workload. */
export const KEYCLOAK = {
  password: { serverMs: 69.2, databaseMs: 1.15, aim: 7 },
  cheapPassword: { serverMs: 5.11, databaseMs: 0.66 },
  evicting: { serverMs: 4.3, serverMsAtMost: 6.4, databaseMs: 1.0, aim: 5 },
  browser: { serverMs: 91.4, databaseMs: 1.9, aim: 8 },
  cheapBrowser: { serverMs: 11.9, databaseMs: 0.99 },
  /** It was not measured with a limiter: this is the login without one. */
  evictingBrowser: { serverMs: 11.9, databaseMs: 0.99, aim: 8 },
  refresh: { serverMs: 3.97, databaseMs: 0.02, aim: 4.5 },
  refreshEs256: { serverMs: 3.97, databaseMs: 0.02, aim: 9 },
  clientCredentials: { serverMs: 2.66, databaseMs: 0.15, aim: 6 },
  introspection: { serverMs: 0.86, databaseMs: 0, aim: 3.5 },
  userinfo: { serverMs: 0.68, databaseMs: 0, aim: 3 },
  /** Of a client with 20,000 sessions. */
  sessionPage: { serverMs: 0.98, databaseMs: 0.4 },
} as const satisfies Readonly<Record<string, KeycloakCost>>;

/** A login through the limiter, cap never reached, almost no hash: by own sessions of the user. */
export const KEYCLOAK_BY_OWN_SESSIONS: Readonly<Record<number, KeycloakCost>> = {
  0: { serverMs: 5.4, databaseMs: 0.9, aim: 5 },
  100: { serverMs: 9.3, databaseMs: 3.1, aim: 5 },
  1000: { serverMs: 32.5, databaseMs: 12.8, aim: 5 },
  5000: { serverMs: 243, databaseMs: 50, aim: 5 },
};

/** Of its process. */
export const KEYCLOAK_PROCESS = {
  startUp: '10.7 to 19.6 s',
  idle: '450 to 530 MB',
  loaded: '945 MB after ten minutes',
} as const;

/** CPU-milliseconds of one password hash by itself on the machine of these figures (`bench/results/2026-11-24-sqlite.md`). */
export const HASH_MS_THERE = 6.37;

/** Server and database. */
export const totalOf = ({ serverMs, serverMsAtMost = serverMs, databaseMs }: KeycloakCost): number =>
  (serverMs + serverMsAtMost) / 2 + databaseMs;
