import type { Client } from '../realm/client.js';
import type { Memberships } from '../realm/memberships.js';
import type { Realm } from '../realm/realm.js';
import { counted, sortByLife, type SortedSessions } from './live-sessions.js';
import type { SessionLimitPolicy } from './session-limit-policy.js';
import type { AdmissionRequest, CountedSession } from './session-limiter.js';
import type { SessionStore } from './user-session.js';

/** A login for whose client sessions are counted. */
interface CountingRequest {
  readonly realm: Realm;
  readonly client: Client;
  readonly userId: string;
  readonly policies: readonly SessionLimitPolicy[];
  /** Milliseconds. */
  readonly now: number;
}

/** What there is at this moment, as far as the policies ask. */
export interface LimitedSessions {
  /** The user's own. */
  readonly own: SortedSessions;
  /** Of others at the client, where seats are short: what is over, and still takes some. */
  readonly overOfOthers: Pick<SortedSessions, 'over' | 'overParts'>;
  readonly counted: readonly CountedSession[];
  readonly known: Pick<AdmissionRequest, 'now' | 'belongsTo' | 'others'>;
}

const NOTHING_OVER = { over: [], overParts: [] };

/**
 * Reads what `decide` has to know, for the limiter's early answer, for the binding one, and for who asks what would happen. One statement
 * for a policy as the reference has it; what more a policy asks about costs more.
 */
export class LimitedSessionReader {
  constructor(
    private readonly sessions: Pick<SessionStore, 'openOfUser' | 'openOfClient' | 'countOtherUsers'>,
    private readonly memberships: Memberships,
  ) {}

  async read(request: CountingRequest): Promise<LimitedSessions> {
    const { realm, client, userId, policies, now } = request;
    const online = await this.sessions.openOfUser(realm.id, userId, false);
    const offline = policies.some(({ countOffline }) => countOffline)
      ? await this.sessions.openOfUser(realm.id, userId, true)
      : [];
    const own = sortByLife([...online, ...offline], realm, client, now);
    const named = policies.flatMap(({ groupLimits = [] }) => groupLimits.map(({ who }) => who));
    const { others, overOfOthers } = await this.others(request);
    return {
      own,
      overOfOthers,
      counted: own.live.map(counted),
      known: {
        now,
        ...(named.length > 0 && { belongsTo: await this.memberships.of(realm.id, userId, named) }),
        ...(others && { others }),
      },
    };
  }

  /** How many others are at the client. Only where that seems to be too many, their sessions are looked at one by one. */
  private async others(
    request: CountingRequest,
  ): Promise<{ readonly others?: AdmissionRequest['others'] } & Pick<LimitedSessions, 'overOfOthers'>> {
    const { realm, client, userId, policies } = request;
    const withSeats = policies.filter(({ clientSeats = 0 }) => clientSeats > 0);
    if (withSeats.length === 0) return { overOfOthers: NOTHING_OVER };
    const offlineToo = withSeats.some(({ countOffline }) => countOffline);
    const online = await this.sessions.countOtherUsers(realm.id, client.id, userId, false);
    const all = offlineToo ? await this.sessions.countOtherUsers(realm.id, client.id, userId, true) : online;
    const isShort = withSeats.some(({ clientSeats = 0, countOffline }) => (countOffline ? all : online) >= clientSeats);
    return isShort ? this.othersOneByOne(request, offlineToo) : { others: { online, all }, overOfOthers: NOTHING_OVER };
  }

  private async othersOneByOne(
    { realm, client, userId, now }: CountingRequest,
    offlineToo: boolean,
  ): Promise<{ readonly others: NonNullable<AdmissionRequest['others']> } & Pick<LimitedSessions, 'overOfOthers'>> {
    const every = { first: 0, max: -1 };
    const online = await this.sessions.openOfClient(realm.id, client.id, false, every);
    const offline = offlineToo ? await this.sessions.openOfClient(realm.id, client.id, true, every) : [];
    const ofOthers = [...online, ...offline].filter(({ session }) => session.userId !== userId);
    const { live, ...overOfOthers } = sortByLife(ofOthers, realm, client, now);
    const holding = live.filter(({ clients }) => clients.some((part) => part.clientId === client.id));
    const people = (some: typeof live): number => new Set(some.map(({ session }) => session.userId)).size;
    return {
      others: { online: people(holding.filter(({ session }) => !session.offline)), all: people(holding) },
      overOfOthers,
    };
  }
}
