import { randomUUID } from 'node:crypto';

export type DoorName = 'direct' | 'browser';
export type Behaviour = 'Deny new session' | 'Terminate oldest session';

/** One row of the table: what is tried, and how often. */
export interface ProofRow {
  readonly door: DoorName;
  readonly behaviour: Behaviour;
  readonly cap: number;
  readonly hash: 'cheap' | 'default';
  readonly rounds: number;
  /** Logins released at once. */
  readonly parallel: number;
}

/** A row with the realm in which it runs and one fresh user for each round. */
export interface ProofRealm {
  readonly row: ProofRow;
  readonly id: string;
  readonly name: string;
  readonly users: readonly ProofUser[];
}

export interface ProofUser {
  readonly id: string;
  readonly username: string;
}

/** What narrows or widens the plan. */
export interface PlanOptions {
  readonly rounds: number;
  readonly parallel: number;
  readonly caps: readonly number[];
  readonly doors: readonly DoorName[];
  /** Rounds of the row whose passwords are hashed as they are by default. */
  readonly defaultHashRounds: number;
}

const BEHAVIOURS: readonly Behaviour[] = ['Deny new session', 'Terminate oldest session'];

/** Both doors, both behaviours, every cap, with a hash so cheap that the race is real; then one row with the default hash. */
export function planRows({ rounds, parallel, caps, doors, defaultHashRounds }: PlanOptions): readonly ProofRow[] {
  const rows = doors.flatMap((door) =>
    BEHAVIOURS.flatMap((behaviour) =>
      caps.map((cap): ProofRow => ({ door, behaviour, cap, hash: 'cheap', rounds, parallel })),
    ),
  );
  const [door] = doors;
  const [cap] = caps;
  if (defaultHashRounds === 0 || door === undefined || cap === undefined) return rows;
  const slow: ProofRow = { door, behaviour: BEHAVIOURS[0]!, cap, hash: 'default', rounds: defaultHashRounds, parallel };
  return [...rows, slow];
}

/** Gives a row its realm and its users, with ids that the checks can rely on. */
export const realmFor = (row: ProofRow): ProofRealm => ({
  row,
  id: randomUUID(),
  name: `${row.door}-${row.behaviour.split(' ')[0]!.toLowerCase()}-${row.cap}-${row.hash}`,
  users: Array.from({ length: row.rounds }, (_, round) => ({ id: randomUUID(), username: `user-${round + 1}` })),
});
