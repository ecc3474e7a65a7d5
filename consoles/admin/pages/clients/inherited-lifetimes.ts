/** Lifetimes of the realm that clients inherit, in seconds; absent for who may not see them. */
export interface RealmLifetimes {
  readonly accessTokenLifespan?: number;
  readonly ssoSessionIdleTimeout?: number;
  readonly ssoSessionMaxLifespan?: number;
  readonly clientSessionIdleTimeout?: number;
  readonly clientSessionMaxLifespan?: number;
  readonly offlineSessionIdleTimeout?: number;
  readonly offlineSessionMaxLifespanEnabled?: boolean;
  readonly offlineSessionMaxLifespan?: number;
  readonly clientOfflineSessionIdleTimeout?: number;
  readonly clientOfflineSessionMaxLifespan?: number;
}

/** Lifetimes that a client can have of its own, by the attribute that holds them. */
export const LIFETIMES = [
  'access.token.lifespan',
  'client.session.idle.timeout',
  'client.session.max.lifespan',
  'client.offline.session.idle.timeout',
  'client.offline.session.max.lifespan',
] as const;
export type Lifetime = (typeof LIFETIMES)[number];

/** What a client without a value of its own gets: seconds, `none` for no limit, undefined where it is not known. */
export function inherited(realm: RealmLifetimes, lifetime: Lifetime): number | 'none' | undefined {
  switch (lifetime) {
    case 'access.token.lifespan':
      return realm.accessTokenLifespan;
    case 'client.session.idle.timeout':
      return positive(realm.clientSessionIdleTimeout) ?? realm.ssoSessionIdleTimeout;
    case 'client.session.max.lifespan':
      return positive(realm.clientSessionMaxLifespan) ?? realm.ssoSessionMaxLifespan;
    case 'client.offline.session.idle.timeout':
      return positive(realm.clientOfflineSessionIdleTimeout) ?? realm.offlineSessionIdleTimeout;
    case 'client.offline.session.max.lifespan':
      if (realm.offlineSessionMaxLifespanEnabled === undefined) return undefined;
      if (!realm.offlineSessionMaxLifespanEnabled) return 'none';
      return positive(realm.clientOfflineSessionMaxLifespan) ?? realm.offlineSessionMaxLifespan;
  }
}

const positive = (seconds: number | undefined): number | undefined =>
  seconds !== undefined && seconds > 0 ? seconds : undefined;
