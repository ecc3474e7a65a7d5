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
  readonly max: number;
}

/**
 * Caps that count a session: the smallest one of the realm, and of each client the smallest one at its door (its own flow, else the
 * realm's). A maximum of 0 is none.
 */
export function capsOfSession(doors: readonly LimitedDoor[], clients: readonly string[]): readonly Cap[] {
  const smallest = (maxima: readonly (number | undefined)[]): number | undefined => {
    const set = maxima.filter((max) => max !== undefined && max > 0);
    return set.length === 0 ? undefined : Math.min(...(set as number[]));
  };
  const limitersAt = (client: string): LimitedDoor['limiters'] =>
    ['browser', 'direct_grant'].flatMap((door) => {
      const here = doors.filter((each) => each.door === door);
      const own = here.find(({ clientId }) => clientId === client);
      return (own ?? here.find(({ clientId }) => clientId === undefined))?.limiters ?? [];
    });
  const realm = smallest(doors.flatMap(({ limiters }) => limiters.map(({ realmMax }) => realmMax)));
  const perClient = clients.flatMap((client) => {
    const max = smallest(limitersAt(client).map(({ clientMax }) => clientMax));
    return max === undefined ? [] : [{ client, max }];
  });
  return [...(realm === undefined ? [] : [{ max: realm }]), ...perClient];
}
