/** A way in, as `GET limits/proof` tells of it. */
export interface LimitedDoor {
  /** Public id of the client that overrides the realm's flow; absent for the realm's own. */
  readonly clientId?: string;
  readonly door: string;
  /** One that cannot be used has no numbers. */
  readonly limiters: readonly { readonly realmMax?: number; readonly clientMax?: number }[];
}

/** A cap that a session counts against. */
export interface Cap {
  /** Public id; absent for the cap of the realm. */
  readonly client?: string;
  /** Absent where the caps of both ways in are the same, or there is one. */
  readonly door?: CappedDoor;
  readonly max: number;
}

const DOORS = ['browser', 'direct_grant'] as const;
/** The ways in at which caps are asked for. A session does not say at which it was opened. */
export type CappedDoor = (typeof DOORS)[number];

/**
 * Caps that count a session, of the realm and of each of its clients: those of the client's own flow at a way in, else of the realm's flow
 * there. A maximum of 0 is none; of several for the realm the smallest counts.
 */
export function capsOfSession(doors: readonly LimitedDoor[], clients: readonly string[]): readonly Cap[] {
  const limitersAt = (door: CappedDoor, client?: string): LimitedDoor['limiters'] => {
    const here = doors.filter((each) => each.door === door);
    const own = here.find(({ clientId }) => clientId === client);
    return (own ?? here.find(({ clientId }) => clientId === undefined))?.limiters ?? [];
  };
  const ofRealm = byDoor((door) =>
    // A session whose applications are gone counts for the realm all the same.
    smallest(
      (clients.length > 0 ? clients : [undefined]).flatMap((client) =>
        limitersAt(door, client).map(({ realmMax }) => realmMax),
      ),
    ),
  );
  const ofClients = clients.flatMap((client) =>
    byDoor((door) => smallest(limitersAt(door, client).map(({ clientMax }) => clientMax))).map((cap) => ({
      client,
      ...cap,
    })),
  );
  return [...ofRealm, ...ofClients];
}

const smallest = (maxima: readonly (number | undefined)[]): number | undefined => {
  const set = maxima.filter((max) => max !== undefined && max > 0);
  return set.length === 0 ? undefined : Math.min(...(set as number[]));
};

/** The caps at the ways in, or one where they do not differ. */
function byDoor(maxAt: (door: CappedDoor) => number | undefined): readonly Cap[] {
  const caps = DOORS.flatMap((door) => {
    const max = maxAt(door);
    return max === undefined ? [] : [{ door, max }];
  });
  const [first] = caps;
  if (first && caps.every(({ max }) => max === first.max)) return [{ max: first.max }];
  return caps;
}
