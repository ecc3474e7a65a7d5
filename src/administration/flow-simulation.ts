import { userSessionLimits } from '../authenticators/user-session-limits/user-session-limits.authenticator.js';
import type {
  Authenticator,
  CompiledFlow,
  FailureCode,
  Fact,
  Rehearsal,
  Rehearsed,
  RunEnvironment,
  ScriptedAnswer,
} from '../engine/index.js';
import type { Channel, FlowProofs } from '../flows/flow-proofs.js';
import { browserSessionOf } from '../login/browser-session.js';
import { firstKnowledge } from '../login/first-knowledge.js';
import { pendingActions, scheduledActions } from '../login/pending-actions.js';
import type { BruteForceGuard } from '../realm/brute-force-guard.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import type { User, UserStore } from '../realm/user.js';
import type { JoinedLimits } from '../login/joined-limits.js';
import type { Memberships } from '../realm/memberships.js';
import { LimitedSessionReader } from '../sessions/limited-sessions.js';
import { countsAs, sortByLife } from '../sessions/live-sessions.js';
import { OwnSessionReader, type OwnSessions, type OwnSessionsRequest } from '../sessions/own-sessions.js';
import { SESSION_LIMIT_FACT, type SessionLimitPolicy } from '../sessions/session-limit-policy.js';
import { decide, takes, type Admission } from '../sessions/session-limiter.js';
import type { SessionStore, SessionWithClients } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { RequiredActions } from '../required-actions/index.js';
import type { Consents } from '../tokens/consents.js';
import { administrationErrors } from './administration-errors.js';
import { imaginedSessions, type SessionNumbers } from './imagined-sessions.js';

/** What is to be played. */
export interface SimulationRequest {
  readonly userId: string;
  /** Internal id of the client. */
  readonly clientUuid: string;
  /** Unless told, the one over which the realm uses the flow. */
  readonly channel?: Channel | undefined;
  /** `head`: the flow as it is edited; `running`: the version with which logins begin now. */
  readonly version: 'head' | 'running';
  readonly scope: string;
  readonly prompt: readonly string[];
  /** Seconds. */
  readonly maxAge?: number | undefined;
  /** The browser is signed in as the user: in the session used last. */
  readonly signedIn: boolean;
  /** Sessions the user is taken to have; absent: those there are. */
  readonly sessions?: SessionNumbers | undefined;
  readonly answers: readonly ScriptedAnswer[];
}

/** What would happen. */
export interface Simulation {
  readonly flow: CompiledFlow;
  readonly channel: Channel;
  readonly rehearsed: Rehearsed;
  /** Where it ends: `page` where the person stopped, or where a page cannot be shown. */
  readonly end:
    | { readonly kind: 'passed' | 'page' }
    | { readonly kind: 'refused'; readonly code: FailureCode | 'required_actions' };
  /** Required actions between the flow and the session, in order. */
  readonly requiredActions: readonly string[];
  /** Names of the client scopes that a consent page would ask about. */
  readonly consent: readonly string[];
  /** What becomes of sessions; absent for a login that does not come so far. */
  readonly sessions?: {
    readonly opens: 'new' | 'offline' | 'joins' | 'renews';
    readonly counts: { readonly realm: number; readonly client: number };
    readonly admission: Admission;
    readonly ended: readonly SessionWithClients[];
  };
}

/** Plays logins through flows that are being edited. Nothing is written, and no password is needed: see `Rehearsal`. */
export class FlowSimulation {
  constructor(
    private readonly proofs: FlowProofs,
    private readonly rehearsal: Rehearsal,
    private readonly realms: RealmStore,
    private readonly clients: ClientStore,
    private readonly users: UserStore,
    private readonly requiredActions: RequiredActions,
    private readonly bruteForce: BruteForceGuard,
    private readonly sessions: SessionStore,
    private readonly consents: Consents,
    private readonly memberships: Memberships,
    private readonly joinedLimits: JoinedLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFoundError for an unknown flow, user or client
   * @throws InvalidInputError `execution_not_allowed` when an answer chooses a way that is not offered
   */
  async play(realm: Realm, alias: string, request: SimulationRequest): Promise<Simulation> {
    const { compiled: flow, channel } = await this.proofs.ofAlias(realm, alias, request.channel, request.version);
    const user = await this.users.byId(realm.id, request.userId);
    if (!user) throw administrationErrors.userUnknown();
    const client = await this.clients.byId(realm.id, request.clientUuid);
    if (!client) throw administrationErrors.clientUnknown();
    const now = this.clock.now();
    const open = request.sessions
      ? imaginedSessions(user, client, request.sessions, now)
      : await this.sessions.openOfUser(realm.id, user.id, false);
    const { live } = sortByLife(open, realm, client, now);
    const environment = this.environment(realm, client, channel, request, live);
    const barred = await this.barred(realm, user);
    const rehearsed = await this.rehearsal.play(
      flow,
      environment,
      { userId: user.id, ...(barred !== undefined && { barred }) },
      request.answers,
      firstKnowledge(flow, environment.browserSession),
      request.sessions && { [userSessionLimits.id]: this.limiterOver(open) },
    );
    const { result } = rehearsed;
    const base = { flow, channel, rehearsed, requiredActions: [], consent: [] };
    if (result.kind === 'page') return { ...base, end: { kind: 'page' } };
    if (result.kind === 'refused') return { ...base, end: { kind: 'refused', code: result.code } };
    if (barred !== undefined) return { ...base, end: { kind: 'refused', code: barred } };

    const scheduled = await scheduledActions(this.requiredActions, realm, user, result.state.requiredActions);
    const requiredActions = pendingActions(realm, user, scheduled, channel === 'direct' ? 'any' : 'enabled');
    if (channel === 'direct' && requiredActions.length > 0)
      return { ...base, requiredActions, end: { kind: 'refused', code: 'required_actions' } };
    const asked = channel === 'direct' ? [] : await this.consents.toAsk(client, user.id, request);
    const sessions = await this.sessionsAfter(
      { realm, client, userId: user.id },
      request,
      { live, reader: this.readerOver(request.sessions && open) },
      environment,
      [...result.facts, ...(await this.joinedFacts(flow, result, environment))],
    );
    const { admission } = sessions;
    return {
      ...base,
      requiredActions,
      consent: asked.map(({ name }) => name),
      end: admission.kind === 'deny' ? { kind: 'refused', code: 'session_limit_exceeded' } : { kind: 'passed' },
      sessions,
    };
  }

  private environment(
    realm: Realm,
    client: Client,
    channel: Channel,
    { scope, prompt, maxAge, signedIn }: SimulationRequest,
    live: readonly SessionWithClients[],
  ): RunEnvironment {
    const last = [...live].sort((a, b) => b.session.lastAccess - a.session.lastAccess)[0];
    const session = signedIn && channel === 'browser' ? last : undefined;
    return {
      realmId: realm.id,
      clientId: client.id,
      channel,
      remoteAddress: '',
      browserSession: browserSessionOf(
        session,
        { prompt, ...(maxAge !== undefined && { maxAge }) },
        this.clock.seconds(),
      ),
      parameters: { scope, ...(prompt.length > 0 && { prompt: prompt.join(' ') }) },
    };
  }

  private async barred(realm: Realm, user: User): Promise<FailureCode | undefined> {
    if (user.serviceAccountClientId !== undefined) return 'service_account';
    if (!user.enabled) return 'user_disabled';
    const status = await this.bruteForce.status(realm, user);
    return status === 'open' ? undefined : `user_${status}`;
  }

  /** The limiter itself, over sessions that are only imagined. */
  private limiterOver(open: readonly SessionWithClients[]): Authenticator {
    const { realms, clients, clock } = this;
    return userSessionLimits.create({
      realms,
      clients,
      clock,
      limitedSessions: this.readerOver(open),
    }) as Authenticator;
  }

  /** @param imagined sessions that the user is taken to have online; absent: those there are */
  private readerOver(imagined: readonly SessionWithClients[] | undefined): LimitedSessionReader {
    const { sessions, memberships } = this;
    if (!imagined) return new LimitedSessionReader(new OwnSessionReader(sessions), sessions, memberships);
    const all = ({ realm, client, now }: OwnSessionsRequest): Promise<OwnSessions> =>
      Promise.resolve(sortByLife(imagined, realm, client, now));
    return new LimitedSessionReader({ all, toDecide: all }, sessions, memberships);
  }

  /** What of limiters counts for a single sign-on that passed by them. */
  private async joinedFacts(
    flow: CompiledFlow,
    { state, facts }: Extract<Rehearsed['result'], { kind: 'passed' }>,
    environment: RunEnvironment,
  ): Promise<readonly Fact[]> {
    const joins = facts.some(({ type }) => type === 'single-sign-on');
    return joins ? this.joinedLimits.facts(environment.realmId, { flow, state, environment, tookTime: false }) : [];
  }

  /** What the end of the login would decide under the lock, with the policies that its limiters left. */
  private async sessionsAfter(
    who: { readonly realm: Realm; readonly client: Client; readonly userId: string },
    { scope }: SimulationRequest,
    { live, reader }: { readonly live: readonly SessionWithClients[]; readonly reader: LimitedSessionReader },
    { browserSession, channel }: RunEnvironment,
    facts: readonly Fact[],
  ): Promise<NonNullable<Simulation['sessions']>> {
    const { client } = who;
    // In a browser the offline session begins when the code is exchanged, beside the one of the login.
    const offline = channel === 'direct' && scope.split(' ').includes('offline_access');
    const renewed = offline ? undefined : live.find(({ session }) => session.id === browserSession?.sessionId);
    const policies = facts
      .filter(({ type }) => type === SESSION_LIMIT_FACT)
      .map(({ value }) => value as unknown as SessionLimitPolicy);
    const { own, counted, known } = await reader.readAll({ ...who, policies, now: this.clock.now() });
    const admission = decide(
      { clientId: client.id, ...known, ...(renewed && { renews: renewed.session.id }) },
      counted,
      policies,
    );
    const evictions = admission.kind === 'evict' ? admission.evictions : [];
    const joins = facts.some(({ type }) => type === 'single-sign-on');
    return {
      opens: offline ? 'offline' : renewed === undefined ? 'new' : joins ? 'joins' : 'renews',
      counts: {
        realm: own.live.length,
        client: own.live.filter(({ clients }) => clients.some((part) => part.clientId === client.id)).length,
      },
      admission,
      ended: [
        ...own.live.filter(({ session }) => !session.offline && admission.unused?.includes(session.id)),
        ...evictions.flatMap((eviction) =>
          own.live.filter(({ session }) => takes(eviction, { id: countsAs(session), offline: session.offline })),
        ),
      ],
    };
  }
}
