import type { Client } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { sortByLife, type SortedSessions } from './live-sessions.js';
import { clientCutoffs } from './session-cutoffs.js';
import { limitsFor, type SessionLimitPolicy } from './session-limit-policy.js';
import { excess, type AdmissionRequest } from './session-limiter.js';
import type { OwnerAtClient, SessionStore, SessionWithClients } from './user-session.js';

/** A login whose user's sessions are counted. */
export interface OwnSessionsRequest {
  readonly realm: Realm;
  readonly client: Client;
  readonly userId: string;
  readonly policies: readonly SessionLimitPolicy[];
  /** Session that the login may renew or join: it is read in any case. */
  readonly renews?: string | undefined;
  /** Milliseconds. */
  readonly now: number;
}

/** A policy with the limits that hold for the user. */
type HeldLimit = ReturnType<typeof limitsFor> & { readonly policy: SessionLimitPolicy };

/** Sessions of the user: all of them, or those that the policies can touch, and how many more there are. */
export interface OwnSessions extends SortedSessions {
  readonly further?: NonNullable<AdmissionRequest['further']>;
}

/** Somebody with more is not read whole by each login: the database counts. */
export const READ_WHOLE = 20;

/** What is over is ended with the login, so much of it at a time; the sweeper ends the rest. It counts in no case. */
const OVER = { over: 200 };

const distinct = (found: readonly SessionWithClients[]): readonly SessionWithClients[] => [
  ...new Map(found.map((each) => [each.session.id, each])).values(),
];

/** How many there are beside those that are named. */
function beside(
  live: readonly SessionWithClients[],
  client: Client,
  all: { readonly realm: number; readonly client: number },
): NonNullable<OwnSessions['further']> {
  const withClient = live.filter(({ clients }) => clients.some(({ clientId }) => clientId === client.id));
  return { realm: Math.max(0, all.realm - live.length), client: Math.max(0, all.client - withClient.length) };
}

/**
 * Reads a user's sessions for the limiter. Of somebody who has many, the decision needs their number and as many of the oldest as can be
 * evicted, so that a login costs the same however many sessions its user has.
 */
export class OwnSessionReader {
  constructor(
    private readonly sessions: Pick<
      SessionStore,
      | 'openOfUser'
      | 'byId'
      | 'countOpenOfUser'
      | 'countOpenAtClient'
      | 'countOfUser'
      | 'someOfUser'
      | 'countAtClient'
      | 'someAtClient'
    >,
  ) {}

  /** All of them. */
  async all({ realm, client, userId, policies, now }: OwnSessionsRequest): Promise<OwnSessions> {
    const online = await this.sessions.openOfUser(realm.id, userId, false);
    const offline = policies.some(({ countOffline }) => countOffline)
      ? await this.sessions.openOfUser(realm.id, userId, true)
      : [];
    return sortByLife([...online, ...offline], realm, client, now);
  }

  /** What `decide` has to know; what is over is among it where it counts for the answer. @param belongsTo which of the roles and groups in `groupLimits` the user has */
  async toDecide(request: OwnSessionsRequest, belongsTo: readonly string[]): Promise<OwnSessions> {
    const { realm, client, userId, policies, now } = request;
    // They look at each session.
    if (policies.some((policy) => policy.countOffline === true || policy.idleAfter !== undefined))
      return this.all(request);
    const first = await this.sessions.openOfUser(realm.id, userId, false, READ_WHOLE + 1);
    if (first.length <= READ_WHOLE) return sortByLife(first, realm, client, now);
    const limits = policies.map((policy) => ({ ...limitsFor(policy, belongsTo), policy }));
    return (await this.withRoom(request, limits)) ?? this.some(request, limits);
  }

  /**
   * Undefined unless there is room even if everything counts that has not ended, be it over or not: two numbers of an index then are all
   * that is read, and what is over is left to the sweeper.
   */
  private async withRoom(
    { realm, client, userId, renews, now }: OwnSessionsRequest,
    limits: readonly HeldLimit[],
  ): Promise<OwnSessions | undefined> {
    // Who has a seat already is a question of what is not over.
    if (limits.some(({ policy }) => (policy.clientSeats ?? 0) > 0)) return undefined;
    const owner: OwnerAtClient = { realmId: realm.id, userId, clientId: client.id };
    const asks = (cap: 'realmMax' | 'clientMax'): boolean => limits.some((limit) => limit[cap] > 0);
    const ofUser = asks('realmMax') ? await this.sessions.countOpenOfUser(owner) : 0;
    const atClient = asks('clientMax') ? await this.sessions.countOpenAtClient(owner) : 0;
    const isShort = ({ realmMax, clientMax }: HeldLimit): boolean =>
      excess(ofUser, realmMax) > 0 || excess(atClient, clientMax) > 0;
    if (limits.some(isShort)) return undefined;
    const named = renews === undefined ? [] : await this.openOnline(realm.id, renews, userId);
    const sorted = sortByLife(named, realm, client, now);
    return { ...sorted, further: beside(sorted.live, client, { realm: ofUser, client: atClient }) };
  }

  private async some(
    { realm, client, userId, renews, now }: OwnSessionsRequest,
    limits: readonly HeldLimit[],
  ): Promise<OwnSessions> {
    const owner: OwnerAtClient = { realmId: realm.id, userId, clientId: client.id };
    const cutoffs = clientCutoffs(realm, client, now, false);
    const asksOfClient = limits.some(({ clientMax, policy }) => clientMax > 0 || (policy.clientSeats ?? 0) > 0);
    const overOfClient = asksOfClient ? await this.sessions.someAtClient(owner, cutoffs, OVER) : [];
    const over = [...(await this.sessions.someOfUser(owner, cutoffs, OVER)), ...overOfClient];
    const realmCount = await this.sessions.countOfUser(owner, cutoffs);
    const clientCount = asksOfClient ? await this.sessions.countAtClient(owner, cutoffs) : 0;

    const evicting = limits.filter(({ policy }) => policy.whenFull === 'evict-oldest');
    const ofClient = evicting.reduce((sum, { clientMax }) => sum + excess(clientCount, clientMax), 0);
    const most = evicting.reduce((sum, { realmMax }) => sum + excess(realmCount, realmMax), ofClient);
    // One more: the session that is renewed may be among the oldest, and is not evicted.
    const oldest = { oldest: most + 1 };
    const named = [
      ...(most > 0 ? await this.sessions.someOfUser(owner, cutoffs, oldest) : []),
      ...(ofClient > 0 ? await this.sessions.someAtClient(owner, cutoffs, oldest) : []),
      ...(renews === undefined ? [] : await this.openOnline(realm.id, renews, userId)),
    ];
    const { live } = sortByLife(distinct(named), realm, client, now);
    const found = sortByLife(distinct([...over, ...named]), realm, client, now);
    const further = beside(live, client, { realm: realmCount, client: clientCount });
    return { live, over: found.over, overParts: found.overParts, further };
  }

  private async openOnline(realmId: string, id: string, userId: string): Promise<readonly SessionWithClients[]> {
    const found = await this.sessions.byId(realmId, id, false);
    return found?.session.userId === userId && found.session.end === undefined ? [found] : [];
  }
}
