import { setImmediate as othersFirst } from 'node:timers/promises';
import type { CompiledFlow } from '../engine/index.js';
import type { OverrideKey } from '../flows/flow-uses.js';
import type { JoinedLimits, JoiningLogin } from '../login/joined-limits.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserStore } from '../realm/user.js';
import type { LimitedSessionReader } from '../sessions/limited-sessions.js';
import { countsAs } from '../sessions/live-sessions.js';
import { limitsFor, type SessionLimitPolicy } from '../sessions/session-limit-policy.js';
import { decide, takes, type Admission } from '../sessions/session-limiter.js';
import type { SessionWithClients, UserSession } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import { administrationErrors } from './administration-errors.js';
import { offlineDoor, OTHER_DOORS, policiesAt, type LimitDoors, type LimitedDoor } from './limit-doors.js';

const DOORS: readonly OverrideKey[] = ['browser', 'direct_grant'];

/** Doors of which somebody may ask what a login would meet. */
export type ExplainedDoor = OverrideKey | 'single_sign_on';

/** What a new login of a user at a client would meet now. */
export interface LimitExplanation {
  readonly door: LimitedDoor;
  /** Live sessions that count. */
  readonly counts: { readonly realm: number; readonly client: number; readonly seatsTakenByOthers?: number };
  /** The limits of each limiter as they are for this user; `who` names the role or group whose they are. */
  readonly limits: readonly ({ readonly executionId: string } & ReturnType<typeof limitsFor>)[];
  readonly admission: Admission;
  /** Sessions that would end because nobody used them for too long. */
  readonly unused: readonly SessionWithClients[];
  /** Sessions that would end, in the order in which they would. */
  readonly evicted: readonly SessionWithClients[];
}

/** Whether the caps of a realm hold, and what they would do. It only reads. */
export class LimitAdministration {
  constructor(
    private readonly doors: LimitDoors,
    private readonly clients: ClientStore,
    private readonly users: UserStore,
    private readonly limited: LimitedSessionReader,
    private readonly joinedLimits: JoinedLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * Every door of the realm: its own, those of clients with flows of their own, then what no flow guards. The proof of a flow takes the
   * processor for a while: between two clients whoever logs in comes first.
   */
  async proof(realm: Realm): Promise<readonly LimitedDoor[]> {
    const found: (LimitedDoor | undefined)[] = [];
    for (const door of [...DOORS, 'single_sign_on'] as const) found.push(await this.doors.of(realm, door));
    if (realm.settings.resetPasswordAllowed) found.push(await this.doors.of(realm, 'reset_credentials'));
    for (const client of await this.clients.list(realm.id, {})) {
      if (Object.keys(client.flowOverrides).length > 0) await othersFirst();
      for (const door of DOORS) {
        if (client.flowOverrides[door] !== undefined) found.push(await this.doors.of(realm, door, client));
      }
      if (client.flowOverrides['browser'] !== undefined)
        found.push(await this.doors.of(realm, 'single_sign_on', client));
      if (opensServiceSessions(client)) found.push(await this.doors.of(realm, 'service_account', client));
    }
    const doors = found.filter((door) => door !== undefined);
    return [...doors, offlineDoor(doors), ...OTHER_DOORS];
  }

  /**
   * What a login of the user at the client would meet. At a door with pages every limiter of the flow is taken to be asked: conditions
   * around one are not. For single sign-on, into the session used last, they are.
   * @throws NotFoundError for an unknown user or client, or where no flow is bound
   */
  async explain(realm: Realm, userId: string, clientUuid: string, door: ExplainedDoor): Promise<LimitExplanation> {
    const user = await this.users.byId(realm.id, userId);
    if (!user) throw administrationErrors.userUnknown();
    const client = await this.clients.byId(realm.id, clientUuid);
    if (!client) throw administrationErrors.clientUnknown();
    const limited = await this.doors.of(realm, door, client);
    if (!limited) throw administrationErrors.doorWithoutFlow();
    const now = this.clock.now();
    const joined = door === 'single_sign_on' ? await this.lastUsed(realm, client, user.id, now) : undefined;
    const policies =
      door === 'single_sign_on' ? await this.policiesForJoining(realm, client, user.id, joined) : policiesAt([limited]);
    const { own, counted, known } = await this.limited.readAll({ realm, client, userId: user.id, policies, now });
    const admission = decide(
      { clientId: client.id, ...known, ...(joined && { renews: joined.id }) },
      counted,
      policies,
    );
    const evictions = admission.kind === 'evict' ? admission.evictions : [];
    const ofClient = own.live.filter(({ clients }) => clients.some((part) => part.clientId === client.id));
    const takesSeats = policies.some(({ clientSeats }) => clientSeats !== undefined);
    return {
      door: limited,
      counts: {
        realm: own.live.length,
        client: ofClient.length,
        ...(takesSeats && { seatsTakenByOthers: known.others?.all ?? 0 }),
      },
      limits: policies.map((policy) => ({
        executionId: policy.executionId,
        ...limitsFor(policy, known.belongsTo ?? []),
      })),
      admission,
      unused: own.live.filter(({ session }) => !session.offline && admission.unused?.includes(session.id)),
      evicted: evictions.flatMap((eviction) =>
        own.live.filter(({ session }) => takes(eviction, { id: countsAs(session), offline: session.offline })),
      ),
    };
  }

  private async lastUsed(realm: Realm, client: Client, userId: string, now: number): Promise<UserSession | undefined> {
    const { own } = await this.limited.readAll({ realm, client, userId, policies: [], now });
    return own.live.at(-1)?.session;
  }

  private async policiesForJoining(
    realm: Realm,
    client: Client,
    userId: string,
    joined: UserSession | undefined,
  ): Promise<readonly SessionLimitPolicy[]> {
    const flow = await this.doors.flowAt(realm, 'single_sign_on', client);
    if (!flow) return [];
    const { state, environment } = joiningLogin(flow, realm, client, userId, joined);
    const facts = await this.joinedLimits.facts(realm.id, { flow, state, environment, tookTime: false });
    return facts.map(({ value }) => value as unknown as SessionLimitPolicy);
  }
}

/** Somebody who comes by single sign-on and has shown nothing else. */
const joiningLogin = (
  flow: CompiledFlow,
  { id: realmId }: Realm,
  client: Client,
  userId: string,
  joined: UserSession | undefined,
): Pick<JoiningLogin, 'state' | 'environment'> => ({
  state: {
    hash: flow.hash,
    position: '',
    context: { statuses: {}, walk: {}, errors: [] },
    userId,
    userFixed: false,
    credentialTypes: [],
    facts: [],
    notes: {},
    details: {},
    requiredActions: [],
  },
  environment: {
    realmId,
    clientId: client.id,
    parameters: { scope: 'openid' },
    browserSession: joined && {
      sessionId: joined.id,
      userId,
      authTime: joined.authTime ?? 0,
      mustReauthenticate: false,
    },
    remoteAddress: '',
    channel: 'browser',
  },
});

/** Whether the client's service account gets sessions that are stored. */
const opensServiceSessions = ({ serviceAccountsEnabled, attributes }: Client): boolean =>
  serviceAccountsEnabled &&
  attributes['client_credentials.use_refresh_token'] === 'true' &&
  attributes['use.refresh.tokens'] !== 'false';
