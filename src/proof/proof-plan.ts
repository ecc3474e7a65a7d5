export const DOOR_NAMES = ['direct', 'browser'] as const;
export type DoorName = (typeof DOOR_NAMES)[number];
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

/** What narrows or widens the plan. */
export interface PlanOptions {
  readonly rounds: number;
  readonly parallel: number;
  readonly caps: readonly number[];
  readonly doors: readonly DoorName[];
  /** Rounds of the row whose passwords are hashed as they are by default. */
  readonly defaultHashRounds: number;
}

const BEHAVIOURS = ['Deny new session', 'Terminate oldest session'] as const satisfies readonly Behaviour[];

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
  const slow: ProofRow = { door, behaviour: BEHAVIOURS[0], cap, hash: 'default', rounds: defaultHashRounds, parallel };
  return [...rows, slow];
}
