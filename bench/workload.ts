import type { Agent } from 'node:http';
import type { KeycloakCost } from './keycloak.js';

/** Where a workload runs. */
export interface BenchGround {
  readonly agent: Agent;
  /** `http://127.0.0.1:<port>` */
  readonly server: string;
}

/** Something to be done over and over. */
export interface Workload {
  readonly name: string;
  /** What Keycloak 26.7.4 costs for the same, where it was measured. */
  readonly keycloak?: KeycloakCost;
  /** It is a login of somebody who has so many sessions. */
  readonly ownSessions?: number;
  /** Gives one connection's part: a function that does it once. */
  prepare(ground: BenchGround, connection: number): Promise<() => Promise<void>>;
}
