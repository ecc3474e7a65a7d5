import type { Client } from '../realm/client.js';
import type { Memberships } from '../realm/memberships.js';
import type { Realm } from '../realm/realm.js';
import { counted, sortByLife, type SortedSessions } from './live-sessions.js';
import { clientCutoffs } from './session-cutoffs.js';
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
  /** Of others at the client, where seats are short: some of what is over, and still takes some. */
  readonly overOfOthers: OverOfOthers;
  readonly counted: readonly CountedSession[];
  readonly known: Pick<AdmissionRequest, 'now' | 'belongsTo' | 'others'>;
}

interface OverOfOthers extends Pick<SortedSessions, 'over' | 'overParts'> {
  /** There may be more of it: end this, and read again. */
  readonly isPart: boolean;
}

const NOTHING_OVER: OverOfOthers = { over: [], overParts: [], isPart: false };

/** What of others is ended at a time: a login must not carry thousands of sessions about while others wait for it. */
export const OVER_AT_A_TIME = 200;

/**
 * Reads what `decide` has to know, for the limiter's early answer, for the binding one, and for who asks what would happen. One statement
 * for a policy as the reference has it; what more a policy asks about costs more.
 */
export class LimitedSessionReader {
  constructor(
    private readonly sessions: Pick<
      SessionStore,
      'openOfUser' | 'countOtherUsers' | 'countLiveOthers' | 'overOfOthers'
    >,
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

  /** How many others are at the client. Only where that seems to be too many, the database looks for those whose time is over. */
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
    return isShort
      ? this.liveOthers(request, { online, all }, offlineToo)
      : { others: { online, all }, overOfOthers: NOTHING_OVER };
  }

  /** @param open how many there are as long as nobody's time is over */
  private async liveOthers(
    { realm, client, userId, now }: CountingRequest,
    open: NonNullable<AdmissionRequest['others']>,
    offlineToo: boolean,
  ): Promise<{ readonly others: NonNullable<AdmissionRequest['others']> } & Pick<LimitedSessions, 'overOfOthers'>> {
    const who = { realmId: realm.id, clientId: client.id, exceptUserId: userId };
    const cutoffs = clientCutoffs(realm, client, now, offlineToo ? undefined : false);
    const found = await this.sessions.overOfOthers(who, cutoffs, OVER_AT_A_TIME);
    if (found.length === 0) return { others: open, overOfOthers: NOTHING_OVER };
    const { over, overParts } = sortByLife(found, realm, client, now);
    const onlineCutoffs = cutoffs.filter(({ offline }) => !offline);
    const online = await this.sessions.countLiveOthers(who, onlineCutoffs);
    const all = offlineToo ? await this.sessions.countLiveOthers(who, cutoffs) : online;
    const isPart = found.length === OVER_AT_A_TIME && over.length + overParts.length > 0;
    return { others: { online, all }, overOfOthers: { over, overParts, isPart } };
  }
}
