import type { OverrideKey } from '../flows/flow-uses.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserStore } from '../realm/user.js';
import { counted, sortByLife } from '../sessions/live-sessions.js';
import { decide, type Admission } from '../sessions/session-limiter.js';
import type { SessionStore, SessionWithClients } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import { administrationErrors } from './administration-errors.js';
import { OTHER_DOORS, type LimitDoors, type LimitedDoor } from './limit-doors.js';

const DOORS: readonly OverrideKey[] = ['browser', 'direct_grant'];

/** What a new login of a user at a client would meet now. */
export interface LimitExplanation {
  readonly door: LimitedDoor;
  /** Live sessions that count. */
  readonly counts: { readonly realm: number; readonly client: number };
  readonly admission: Admission;
  /** Sessions that would end, in the order in which they would. */
  readonly evicted: readonly SessionWithClients[];
}

/** Whether the caps of a realm hold, and what they would do. It only reads. */
export class LimitAdministration {
  constructor(
    private readonly doors: LimitDoors,
    private readonly clients: ClientStore,
    private readonly users: UserStore,
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  /** Every door of the realm: its own, those of clients with flows of their own, then what no flow guards. */
  async proof(realm: Realm): Promise<readonly LimitedDoor[]> {
    const found: (LimitedDoor | undefined)[] = [];
    for (const door of [...DOORS, 'single_sign_on'] as const) found.push(await this.doors.of(realm, door));
    if (realm.settings.resetPasswordAllowed) found.push(await this.doors.of(realm, 'reset_credentials'));
    for (const client of await this.clients.list(realm.id, {})) {
      for (const door of DOORS) {
        if (client.flowOverrides[door] !== undefined) found.push(await this.doors.of(realm, door, client));
      }
      if (client.flowOverrides['browser'] !== undefined)
        found.push(await this.doors.of(realm, 'single_sign_on', client));
      if (opensServiceSessions(client)) found.push(await this.doors.of(realm, 'service_account', client));
    }
    return [...found.filter((door) => door !== undefined), ...OTHER_DOORS];
  }

  /**
   * What a login of the user at the client would meet. Every limiter of the flow is taken to be asked: conditions around one are not.
   * @throws NotFoundError for an unknown user or client, or where no flow is bound
   */
  async explain(realm: Realm, userId: string, clientUuid: string, door: OverrideKey): Promise<LimitExplanation> {
    const user = await this.users.byId(realm.id, userId);
    if (!user) throw administrationErrors.userUnknown();
    const client = await this.clients.byId(realm.id, clientUuid);
    if (!client) throw administrationErrors.clientUnknown();
    const limited = await this.doors.of(realm, door, client);
    if (!limited) throw administrationErrors.doorWithoutFlow();
    const open = await this.sessions.openOfUser(realm.id, user.id, false);
    const { live } = sortByLife(open, realm, client, this.clock.now());
    const policies = limited.limiters.flatMap((limiter) => ('policy' in limiter ? [limiter.policy] : []));
    const admission = decide({ clientId: client.id }, live.map(counted), policies);
    const evictions = admission.kind === 'evict' ? admission.evictions : [];
    return {
      door: limited,
      counts: {
        realm: live.length,
        client: live.filter(({ clients }) => clients.some((part) => part.clientId === client.id)).length,
      },
      admission,
      evicted: evictions.flatMap(({ id }) => live.find(({ session }) => session.id === id) ?? []),
    };
  }
}

/** Whether the client's service account gets sessions that are stored. */
const opensServiceSessions = ({ serviceAccountsEnabled, attributes }: Client): boolean =>
  serviceAccountsEnabled &&
  attributes['client_credentials.use_refresh_token'] === 'true' &&
  attributes['use.refresh.tokens'] !== 'false';
