import type { FlowStore } from '../flows/stored-flow.js';
import type { ClientScopeStore } from '../realm/client-scope.js';
import type { ClientStore } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import type { UserRecord, UserRecords } from '../realm/user-records.js';
import type { UserStore } from '../realm/user.js';
import { toUserExport } from '../representations/user-export.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import type { RealmKeyStore } from '../tokens/signing-key.js';
import { exportRealm, type ExportParts } from './export-realm.js';
import { MASKED_SECRETS, openedSecrets } from './export-secrets.js';
import { RealmNames } from './realm-names.js';
import type { RealmRows } from './realm-plan.js';

/** Users read at once: an export holds no more of them, however many there are. */
const PAGE = 500;

/** A realm on its way into a file, with its secrets. */
export interface RealmExportContent {
  /** Everything but users. */
  readonly realm: JsonObject;
  readonly userCount: number;
  /** Users by username, page by page. May be read once. */
  users(): AsyncGenerator<readonly JsonObject[]>;
}

/** Reads realms as the files of Keycloak have them. */
export class RealmExport {
  constructor(
    private readonly flows: FlowStore,
    private readonly clientScopes: ClientScopeStore,
    private readonly clients: ClientStore,
    private readonly roles: RoleStore,
    private readonly groups: GroupStore,
    private readonly users: UserStore,
    private readonly records: UserRecords,
    private readonly keys: RealmKeyStore,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /** The whole realm with every secret, for whoever owns the server. What is made while it is read may be missing. */
  async full(realm: Realm): Promise<RealmExportContent> {
    const rows = await this.rows(realm);
    return {
      realm: exportRealm(rows, openedSecrets(this.sealer), this.clock.now()),
      userCount: await this.records.count(realm.id),
      users: () => this.pages(realm, new RealmNames(rows)),
    };
  }

  /**
   * The realm for an administrator (`POST partial-export`): secrets masked, and of the users only the accounts of its clients,
   * when clients are asked for.
   */
  async partial(realm: Realm, parts: ExportParts): Promise<JsonObject> {
    const rows = await this.rows(realm);
    const exported = exportRealm(rows, MASKED_SECRETS, this.clock.now(), parts);
    if (!parts.clients) return exported;
    const accounts = await this.serviceAccounts(rows);
    return accounts.length === 0 ? exported : { ...exported, users: this.written(accounts, new RealmNames(rows)) };
  }

  /** The realm as rows, without users. */
  async rows(realm: Realm): Promise<RealmRows> {
    const groups = await this.groups.all(realm.id);
    const withRoles = [];
    for (const group of groups) {
      const roles = await this.roles.ofGroup(realm.id, group.id);
      withRoles.push({ group, roleIds: roles.map(({ id }) => id) });
    }
    return {
      realm,
      catalog: await this.flows.catalog(realm.id),
      clientScopes: await this.clientScopes.list(realm.id),
      clients: await this.clients.list(realm.id, {}),
      roles: await this.roles.all(realm.id),
      groups: withRoles,
      keys: await this.keys.list(realm.id),
    };
  }

  private async *pages(realm: Realm, names: RealmNames): AsyncGenerator<readonly JsonObject[]> {
    let after: string | undefined;
    do {
      const page = await this.records.page(realm.id, after, PAGE);
      if (page.length > 0) yield this.written(page, names);
      after = page.length < PAGE ? undefined : page.at(-1)?.user.username;
    } while (after !== undefined);
  }

  private async serviceAccounts({ realm, clients }: RealmRows): Promise<readonly UserRecord[]> {
    const usernames: string[] = [];
    for (const client of clients) {
      if (!client.serviceAccountsEnabled) continue;
      const account = await this.users.serviceAccountOf(realm.id, client.id);
      if (account) usernames.push(account.username);
    }
    return this.records.byNames(realm.id, usernames);
  }

  private written(records: readonly UserRecord[], names: RealmNames): readonly JsonObject[] {
    const { clientIdOf, scopeNameOf, groupPathOf, rolesOf } = names;
    const around = { clientIdOf, scopeNameOf, groupPathOf, rolesOf };
    const open = (sealed: string, context: string): string => this.sealer.open(sealed, context);
    return records.map((record) => toUserExport(record, { ...around, open }));
  }
}
