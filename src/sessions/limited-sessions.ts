import type { Memberships } from '../realm/memberships.js';
import { counted, sortByLife, type SortedSessions } from './live-sessions.js';
import type { OwnSessionReader, OwnSessions, OwnSessionsRequest } from './own-sessions.js';
import { clientCutoffs } from './session-cutoffs.js';
import type { AdmissionRequest, CountedSession } from './session-limiter.js';
import type { SessionStore } from './user-session.js';

/** What there is at this moment, as far as the policies ask. */
export interface LimitedSessions {
  /** The user's own, all of them or those that can be touched. */
  readonly own: OwnSessions;
  /** Of others at the client, where seats are short: some of what is over, and still takes some. */
  readonly overOfOthers: OverOfOthers;
  readonly counted: readonly CountedSession[];
  readonly known: Pick<AdmissionRequest, 'now' | 'belongsTo' | 'others' | 'further'>;
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
 * for a policy as the reference has it and somebody with few sessions; what more a policy asks about costs more.
 */
export class LimitedSessionReader {
  constructor(
    private readonly own: Pick<OwnSessionReader, 'all' | 'toDecide'>,
    private readonly sessions: Pick<SessionStore, 'countOtherUsers' | 'countLiveOthers' | 'overOfOthers'>,
    private readonly memberships: Memberships,
  ) {}

  /** For a decision. */
  async read(request: OwnSessionsRequest): Promise<LimitedSessions> {
    const belongsTo = await this.belongsTo(request);
    return this.with(request, belongsTo, await this.own.toDecide(request, belongsTo ?? []));
  }

  /** For whoever shows all that there is. */
  async readAll(request: OwnSessionsRequest): Promise<LimitedSessions> {
    return this.with(request, await this.belongsTo(request), await this.own.all(request));
  }

  private async belongsTo({ realm, userId, policies }: OwnSessionsRequest): Promise<readonly string[] | undefined> {
    const named = policies.flatMap(({ groupLimits = [] }) => groupLimits.map(({ who }) => who));
    return named.length > 0 ? this.memberships.of(realm.id, userId, named) : undefined;
  }

  private async with(
    request: OwnSessionsRequest,
    belongsTo: readonly string[] | undefined,
    own: OwnSessions,
  ): Promise<LimitedSessions> {
    const { others, overOfOthers } = await this.others(request);
    const { further } = own;
    return {
      own,
      overOfOthers,
      counted: own.live.map(counted),
      known: {
        now: request.now,
        ...(belongsTo && { belongsTo }),
        ...(others && { others }),
        ...(further && { further }),
      },
    };
  }

  /** How many others are at the client. Only where that seems to be too many, the database looks for those whose time is over. */
  private async others(
    request: OwnSessionsRequest,
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
    { realm, client, userId, now }: OwnSessionsRequest,
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
