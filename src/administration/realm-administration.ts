import type { FlowBindingService } from '../flows/flow-bindings.js';
import { checkAliasCharacters } from '../flows/flow-alias.js';
import type { FlowStore } from '../flows/stored-flow.js';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import type { ClientStore } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import { PasswordPolicy } from '../realm/password-policy.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import { REALM_ATTRIBUTES } from '../realm-files/defaults/settings.js';
import type { MasterAdministration } from '../realm-files/master-administration.js';
import { groupPaths } from '../realm/group-paths.js';
import type { RealmBody } from '../representations/realm-body.js';
import { bindingsOf, mergeRealm, toRealmRepresentation } from '../representations/realm-representation.js';
import { toRoleRepresentation } from '../representations/role-representation.js';
import { GRACE_ATTRIBUTE, isIdleGrace, LONGEST_GRACE } from '../sessions/lifetime-spans.js';
import type { JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { checkWebhookSettings } from '../webhooks/webhook-settings.js';
import { administrationErrors } from './administration-errors.js';
import type { RealmEditing } from './realm-editing.js';

/** Realms as administrators read, change and delete them. They are made by RealmImport. */
export class RealmAdministration {
  constructor(
    private readonly realms: RealmStore,
    private readonly editing: RealmEditing,
    private readonly flows: FlowStore,
    private readonly bindings: FlowBindingService,
    private readonly roles: RoleStore,
    private readonly groups: GroupStore,
    private readonly clients: ClientStore,
    private readonly masterAdministration: MasterAdministration,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** All realms, by name. */
  list(): Promise<readonly Realm[]> {
    return this.realms.list();
  }

  /** The realm as `GET R` answers it. */
  async represent(realm: Realm): Promise<JsonObject> {
    const { flows } = await this.flows.catalog(realm.id);
    const defaultRole =
      realm.defaultRoleId === undefined ? undefined : await this.roles.byId(realm.id, realm.defaultRoleId);
    const paths =
      realm.defaultGroups.length > 0
        ? groupPaths(await this.groups.withAncestors(realm.id, realm.defaultGroups))
        : new Map<string, string>();
    return toRealmRepresentation(realm, {
      aliasOfFlow: (id) => flows.find((flow) => flow.id === id)?.alias,
      defaultGroups: realm.defaultGroups.flatMap((id) => paths.get(id) ?? []),
      ...(defaultRole && { defaultRole: toRoleRepresentation(defaultRole, false) }),
    });
  }

  /**
   * Changes the members that the body gives. Attributes that every realm has go back to their defaults where the body leaves them out.
   * Bindings are checked where they change; a new name is followed everywhere.
   * @throws InvalidInputError `master_rename`, `lifespan_zero`, `idle_grace`, `webhook_setting`, `character_refused`,
   * `binding_refused`, `password_policy_text`
   * @throws ConflictError `realm_rename_taken`
   */
  async update(realmId: string, given: RealmBody): Promise<void> {
    const body = given.attributes ? { ...given, attributes: { ...REALM_ATTRIBUTES, ...given.attributes } } : given;
    if (body.accessCodeLifespanLogin === 0 || body.accessCodeLifespanUserAction === 0)
      throw administrationErrors.lifespanZero();
    if (!isIdleGrace(body.attributes?.[GRACE_ATTRIBUTE] ?? '0'))
      throw administrationErrors.idleGrace(GRACE_ATTRIBUTE, LONGEST_GRACE);
    await this.editing.change(realmId, async (realm) => {
      if (body.passwordPolicy !== undefined && body.passwordPolicy !== realm.settings.passwordPolicy)
        refuseProblem(PasswordPolicy.parse(body.passwordPolicy));
      if (body.attributes) checkWebhookSettings(body.attributes, realm.attributes);
      const merged = mergeRealm(realm, body, this.sealer);
      const bindings = await this.bindings.changeBindings(realm, Object.fromEntries(bindingsOf(body)));
      const name = await this.newName(realm, body.realm);
      if (name !== realm.name) await this.followRename(realm, name);
      return { ...merged, name, bindings };
    });
  }

  /** Deletes the realm with everything in it. @throws InvalidInputError `master_remove` */
  async delete(realm: Realm): Promise<void> {
    if (realm.name === ADMIN_REALM) throw administrationErrors.masterRemove();
    await this.unitOfWork.run(async () => {
      await this.masterAdministration.withdraw(realm);
      await this.realms.delete(realm.id);
    });
  }

  private async newName(realm: Realm, wanted: string | undefined): Promise<string> {
    if (wanted === undefined || wanted === '' || wanted === realm.name) return realm.name;
    if (realm.name === ADMIN_REALM) throw administrationErrors.masterRename();
    checkAliasCharacters(wanted, 'realm');
    if (await this.realms.byName(wanted)) throw administrationErrors.realmRenameTaken();
    return wanted;
  }

  /** The seeded clients of a realm have its name in their addresses. */
  private async followRename(realm: Realm, name: string): Promise<void> {
    await this.masterAdministration.rename(realm.name, name);
    const moved = (address: string): string =>
      address.replace(`/realms/${realm.name}/`, `/realms/${name}/`).replace(`/admin/${realm.name}/`, `/admin/${name}/`);
    for (const client of await this.clients.list(realm.id, {})) {
      const redirectUris = client.redirectUris.map(moved);
      const baseUrl = client.baseUrl === undefined ? undefined : moved(client.baseUrl);
      if (baseUrl === client.baseUrl && redirectUris.join() === client.redirectUris.join()) continue;
      await this.clients.update({ ...client, redirectUris, ...(baseUrl !== undefined && { baseUrl }) });
    }
  }
}

function refuseProblem({ problem }: PasswordPolicy): void {
  if (problem !== undefined) throw administrationErrors.passwordPolicyText(problem);
}
