import type { CompiledFlow, Rehearsal } from '../engine/index.js';
import { ADMIN_REALM, masterClientId, REALM_MANAGEMENT } from '../realm/admin-realm.js';
import type { ClientStore } from '../realm/client.js';
import type { RealmStore } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import type { BindingPlace } from './flow-uses.js';

/** The client with which the consoles of administrators log in, and the one of their command lines. */
const CONSOLE = 'security-admin-console';
const COMMAND_LINE = 'admin-cli';
/** Who has this role can bind another flow again. */
const REPAIRS = 'manage-realm';
/** So many administrators are tried; what none of these can finish is taken to be closed to all. */
const MOST_TRIED = 500;

/** Keeps the doors open through which the administrators of a realm come in. */
export class AdminDoors {
  constructor(
    private readonly realms: Pick<RealmStore, 'byId'>,
    private readonly clients: Pick<ClientStore, 'byClientId'>,
    private readonly roles: Pick<RoleStore, 'byName' | 'enabledHolders'>,
    private readonly rehearsal: Rehearsal,
  ) {}

  /**
   * Says that none of the realm's enabled administrators (those who may manage the realm) could finish the flow, with the credentials
   * that are stored or with such as the flow lets them set up; undefined when one could, where the realm has none, and for places that
   * are no door of theirs. Caps on sessions are left out: they pass.
   */
  async lockedOut(place: BindingPlace, compile: () => CompiledFlow): Promise<string | undefined> {
    if (!isAdminDoor(place)) return undefined;
    const admins = await this.admins(place.realmId);
    if (admins.length === 0) return undefined;
    const flow = compile();
    const { realmId, field, clientId = CONSOLE } = place;
    const client = await this.clients.byClientId(realmId, clientId);
    for (const userId of admins) {
      const finishes = await this.rehearsal.canFinish(
        flow,
        {
          realmId,
          clientId: client?.id ?? '',
          parameters: { scope: 'openid' },
          browserSession: undefined,
          remoteAddress: '',
          channel: field === 'direct_grant' ? 'direct' : 'browser',
          opensSession: false,
        },
        userId,
      );
      if (finishes) return undefined;
    }
    const who = admins.length === 1 ? 'The administrator' : `None of the ${String(admins.length)} administrators`;
    return `${who} of the realm could ${admins.length === 1 ? 'not ' : ''}finish it with the credentials they have, or may set up on the way`;
  }

  private async admins(realmId: string): Promise<readonly string[]> {
    const realm = await this.realms.byId(realmId);
    const holder = realm?.name === ADMIN_REALM ? masterClientId(ADMIN_REALM) : REALM_MANAGEMENT;
    const client = await this.clients.byClientId(realmId, holder);
    const role = client && (await this.roles.byName(realmId, client.id, REPAIRS));
    return role ? this.roles.enabledHolders(realmId, role.id, MOST_TRIED) : [];
  }
}

const isAdminDoor = ({ field, clientId }: BindingPlace): boolean =>
  clientId === undefined ? field === 'browserFlow' : clientId === CONSOLE || clientId === COMMAND_LINE;
