import { saveChanges } from '../flows/catalog-changes.js';
import type { FlowBindingService } from '../flows/flow-bindings.js';
import { flowById } from '../flows/flow-catalog.js';
import type { FlowPublishing } from '../flows/flow-publishing.js';
import { BINDING_FIELDS } from '../flows/flow-uses.js';
import type { FlowCatalog, FlowStore } from '../flows/stored-flow.js';
import type { ClientScopeStore } from '../realm/client-scope.js';
import type { ClientStore } from '../realm/client.js';
import type { GroupStore } from '../realm/group.js';
import type { RealmStore } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import { withClientMarks, withSessionMarks } from '../sessions/lifetime-changes.js';
import type { Clock } from '../shared/clock.js';
import type { RealmKeyStore } from '../tokens/signing-key.js';
import type { RealmKeys } from '../tokens/signing-keys.js';
import type { Change, ThingKind } from './realm-differences.js';
import type { RealmRows } from './realm-plan.js';

/**
 * Writes what differs between a realm as it is and as it shall be, each row after what it points at. Call it in the unit of work in which
 * the first was read, under the edit lock of the realm.
 */
export class RealmUpdater {
  constructor(
    private readonly realms: RealmStore,
    private readonly flows: FlowStore,
    private readonly publishing: FlowPublishing,
    private readonly bindings: FlowBindingService,
    private readonly clientScopes: ClientScopeStore,
    private readonly clients: ClientStore,
    private readonly roles: RoleStore,
    private readonly groups: GroupStore,
    private readonly keyStore: RealmKeyStore,
    private readonly keys: Pick<RealmKeys, 'changing'>,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ConflictError when a name or an id is taken
   * @throws InvalidInputError `binding_refused` when a flow cannot be bound where the realm shall name it
   */
  async write(before: RealmRows, after: RealmRows, changes: readonly Change[]): Promise<void> {
    const touched = (kind: ThingKind, action: Change['action']): ReadonlySet<string> =>
      new Set(changes.filter((change) => change.kind === kind && change.action === action).map(({ id }) => id));
    const catalog = catalogAfter(before.catalog, after.catalog, new Set(changes.map(({ id }) => id)));
    await saveChanges(this.flows, before.realm.id, before.catalog, catalog);
    await this.publishing.publishChanges(before.realm.id, before.catalog, catalog);
    await this.writeKeys(before, after, touched);
    await this.writeRolesAndClients(before, after, touched);
    await this.writeGroups(before, after, touched);
    if (touched('realm', 'changed').size > 0) await this.writeRealm(before, after, catalog);
  }

  private async writeKeys(before: RealmRows, after: RealmRows, touched: Touched): Promise<void> {
    const [created, changed] = [touched('key', 'created'), touched('key', 'changed')];
    if (created.size + changed.size === 0) return;
    const { id: realmId } = before.realm;
    await this.keys.changing([realmId], async () => {
      for (const key of after.keys) {
        const old = before.keys.find(({ componentId }) => componentId === key.componentId);
        if (created.has(key.componentId)) await this.keyStore.insert(key);
        else if (old && changed.has(key.componentId)) {
          if (old.id === key.id) await this.keyStore.update({ ...key, createdAt: old.createdAt });
          else {
            await this.keyStore.delete(realmId, old.id);
            await this.keyStore.insert(key);
          }
        }
      }
    });
  }

  /** Roles belong to clients, and clients and scopes name roles: first all without what they name, then what they name. */
  private async writeRolesAndClients(before: RealmRows, after: RealmRows, touched: Touched): Promise<void> {
    const [newScopes, newClients] = [touched('client scope', 'created'), touched('client', 'created')];
    for (const scope of after.clientScopes)
      if (newScopes.has(scope.id)) await this.clientScopes.insert({ ...scope, scopeMappings: [] });
    for (const client of after.clients)
      if (newClients.has(client.id)) await this.clients.insert({ ...client, scopeMappings: [], flowOverrides: {} });
    await this.writeRoles(before, after, touched);
    const scopes = new Set([...newScopes, ...touched('client scope', 'changed')]);
    for (const scope of after.clientScopes) if (scopes.has(scope.id)) await this.clientScopes.update(scope);
    const clients = new Set([...newClients, ...touched('client', 'changed')]);
    for (const client of after.clients) {
      if (!clients.has(client.id)) continue;
      const old = before.clients.find(({ id }) => id === client.id);
      const flowOverrides = await this.bindings.validateOverrides(
        client.realmId,
        old ?? { ...client, flowOverrides: {} },
        {
          ...nulls(old?.flowOverrides),
          ...client.flowOverrides,
        },
      );
      const next = { ...client, flowOverrides };
      await this.clients.update(old ? withClientMarks(old, next, before.realm, this.clock.now()) : next);
    }
  }

  private async writeRoles(before: RealmRows, after: RealmRows, touched: Touched): Promise<void> {
    const created = new Set([...touched('realm role', 'created'), ...touched('client role', 'created')]);
    const changed = new Set([...touched('realm role', 'changed'), ...touched('client role', 'changed')]);
    for (const role of after.roles) if (created.has(role.id)) await this.roles.insert({ ...role, composites: [] });
    for (const role of after.roles) {
      const { realmId, id, composites } = role;
      if (!created.has(id) && !changed.has(id)) continue;
      if (changed.has(id)) await this.roles.update(role);
      const old = before.roles.find((each) => each.id === id)?.composites ?? [];
      await this.roles.removeComposites(
        realmId,
        id,
        old.filter((child) => !composites.includes(child)),
      );
      await this.roles.addComposites(
        realmId,
        id,
        composites.filter((child) => !old.includes(child)),
      );
    }
  }

  private async writeGroups(before: RealmRows, after: RealmRows, touched: Touched): Promise<void> {
    const [created, changed] = [touched('group', 'created'), touched('group', 'changed')];
    for (const { group, roleIds } of after.groups) {
      if (created.has(group.id)) await this.groups.insert(group);
      else if (changed.has(group.id)) await this.groups.update(group);
      else continue;
      const old = before.groups.find((each) => each.group.id === group.id)?.roleIds ?? [];
      await this.roles.unmapFromGroup(
        group.realmId,
        group.id,
        old.filter((id) => !roleIds.includes(id)),
      );
      await this.roles.mapToGroup(
        group.realmId,
        group.id,
        roleIds.filter((id) => !old.includes(id)),
      );
    }
  }

  private async writeRealm(before: RealmRows, after: RealmRows, catalog: FlowCatalog): Promise<void> {
    const wanted = after.realm.bindings;
    const aliases = BINDING_FIELDS.map((field) => [field, flowById(catalog, wanted[field])?.alias] as const);
    const bindings = await this.bindings.changeBindings(before.realm, Object.fromEntries(aliases));
    const { sessionMarks, clientSessionMarks } = before.realm;
    const next = {
      ...after.realm,
      bindings,
      ...(sessionMarks && { sessionMarks }),
      ...(clientSessionMarks && { clientSessionMarks }),
    };
    await this.realms.update(withSessionMarks(before.realm, next, this.clock.now()));
  }
}

type Touched = (kind: ThingKind, action: Change['action']) => ReadonlySet<string>;

/** Every key of the overrides that were there, to be taken away unless it is given again. */
const nulls = (overrides: Readonly<Record<string, string>> = {}): Readonly<Record<string, null>> =>
  Object.fromEntries(Object.keys(overrides).map((key) => [key, null]));

/** The flows after the change: rows of flows that stay as they are stay the same objects, so that nothing of them is written. */
function catalogAfter(before: FlowCatalog, after: FlowCatalog, touched: ReadonlySet<string>): FlowCatalog {
  const keep = <T extends { readonly id: string }>(old: readonly T[], rows: readonly T[]): readonly T[] =>
    rows.map((row) => (touched.has(row.id) ? row : (old.find(({ id }) => id === row.id) ?? row)));
  const flows = keep(before.flows, after.flows).map((flow) => {
    const old = flowById(before, flow.id);
    const { runningHash: _planned, ...row } = flow;
    if (!old || old === flow) return old ?? row;
    return { ...row, position: old.position, ...(old.runningHash !== undefined && { runningHash: old.runningHash }) };
  });
  const isChanged = (flowId: string): boolean => touched.has(flowId);
  return {
    flows,
    configs: keep(before.configs, after.configs),
    executions: [
      ...before.executions.filter(({ parentFlowId }) => !isChanged(parentFlowId)),
      ...after.executions.filter(({ parentFlowId }) => isChanged(parentFlowId)),
    ],
  };
}
