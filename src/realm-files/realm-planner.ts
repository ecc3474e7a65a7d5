import type { AuthenticatorRegistry } from '../engine/index.js';
import type { FlowFile } from '../flows/flow-file.js';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import type { PasswordHasher } from '../realm/password-hasher.js';
import { PasswordPolicy } from '../realm/password-policy.js';
import type { RealmData } from '../representations/realm-body.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import { newId } from '../shared/secrets.js';
import type { KeyComponent } from '../tokens/key-maker.js';
import { KEY_PROVIDER_TYPE } from '../tokens/key-providers.js';
import { unknownMapperKinds } from '../tokens/mapped-claims.js';
import type { RealmKeys } from '../tokens/signing-keys.js';
import { requiredText } from './name-index.js';
import { newRealmTemplate, withoutSeeds } from './new-realm.js';
import { membersNotUnderstood, providersNotUnderstood } from './not-understood.js';
import { planClientScopes } from './plan-client-scopes.js';
import { nameClients, planClients } from './plan-clients.js';
import { planFlows } from './plan-flows.js';
import { planGroups } from './plan-groups.js';
import { planRealm } from './plan-realm.js';
import { planRoles } from './plan-roles.js';
import { planScopeMappings } from './plan-scope-mappings.js';
import { missingServiceAccounts, planUsers } from './plan-users.js';
import type { PlanContext, RealmPlan } from './realm-plan.js';
import { asOfNow, impliedRoleNames, withSeeds } from './seeded-realm.js';
import type { SeededRealm } from './seeded-realm.js';

/** What the planner needs to know of a file beside its body. */
export interface RealmSource {
  readonly body: RealmData;
  readonly name: string;
  /** Members of the file that nobody knows, kept with the realm. */
  readonly unknownMembers: JsonObject;
  readonly notUnderstood: readonly string[];
}

export interface PlanOptions {
  readonly existing: boolean;
}

/** Turns a realm body into rows. All slow work (password hashes, keys) is done here, before any transaction. */
export class RealmPlanner {
  constructor(
    private readonly flowFiles: readonly FlowFile[],
    private readonly registry: AuthenticatorRegistry,
    private readonly keys: Pick<RealmKeys, 'generate' | 'fromComponents'>,
    private readonly hasher: Pick<PasswordHasher, 'hash' | 'canVerify'>,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /**
   * @param options.existing the body is the whole of a realm that is there: nothing is added to it
   * @throws InvalidInputError naming the place in the body that cannot be used
   */
  async plan(source: RealmSource, { existing }: PlanOptions = { existing: false }): Promise<RealmPlan> {
    const master = source.name === ADMIN_REALM;
    const template = newRealmTemplate(source.name, { master });
    const seeded = withSeeds(
      existing ? source.body : asOfNow(source.body),
      source.name,
      existing ? withoutSeeds(template) : template,
    );
    const notes = new Set(source.notUnderstood);
    const realmId = source.body.id ?? newId();
    const context: PlanContext = {
      realmId,
      newId,
      now: this.clock.now(),
      seal: (plain, owner) => this.sealer.seal(plain, owner),
      note: (what) => void notes.add(what),
    };
    const policy = PasswordPolicy.parse(source.body.passwordPolicy);
    const { realm, catalog, versions, clientScopes, clients, roles, groups, names } = this.structure(
      seeded,
      source,
      context,
      existing ? [] : this.flowFiles,
    );
    const toUsers: RealmPlan['planUsers'] = (bodies) =>
      planUsers(bodies, { ...names, hasher: this.hasher, policy }, context);
    const [users, keys] = await Promise.all([toUsers(source.body.users ?? []), this.keysOf(source, context, existing)]);

    for (const what of [...membersNotUnderstood(seeded), ...providersNotUnderstood(catalog, this.registry)])
      context.note(what);
    const mappers = [...clientScopes, ...clients].flatMap(({ protocolMappers }) => protocolMappers);
    for (const kind of unknownMapperKinds(mappers)) context.note(`protocol mapper ${kind}`);
    for (const what of policy.unknown) context.note(`password policy ${what}`);
    for (const name of impliedRoleNames(seeded))
      context.note(`role "${name}", made because users or groups of the file have it`);
    return {
      realm,
      catalog,
      versions,
      clientScopes,
      clients,
      roles,
      groups,
      users,
      keys,
      planUsers: toUsers,
      serviceAccounts: (owners) => missingServiceAccounts(clients, owners, realm.defaultRoleId ?? '', context),
      note: context.note,
      notes: () => [...notes],
    };
  }

  /** Everything but users and keys: cheap, so that a flawed file costs no hash and no key. */
  private structure(seeded: SeededRealm, source: RealmSource, context: PlanContext, flowFiles: readonly FlowFile[]) {
    const { body } = source;
    const { catalog, versions, bindings } = planFlows(body, flowFiles, source.name === ADMIN_REALM, context);
    const clientNames = nameClients(seeded, newId);
    const { scopes, names: scopeNames } = planClientScopes(seeded, context);
    const { roles, names: roleNames } = planRoles(seeded, clientNames, context);
    const { groups, paths } = planGroups(body.groups ?? [], roleNames, context);
    const scopeMappings = planScopeMappings(seeded, clientNames, scopeNames, roleNames);
    const clients = planClients(seeded, { clients: clientNames, scopes, scopeNames, scopeMappings, catalog }, context);
    const realm = planRealm(seeded, {
      realmId: context.realmId,
      bindings,
      roles: roleNames,
      scopes: scopeNames,
      groups: paths,
      sealer: this.sealer,
      unknownMembers: source.unknownMembers,
    });
    const clientScopes = scopes.map((scope) => ({ ...scope, scopeMappings: scopeMappings.get(scope.id) ?? [] }));
    return {
      realm,
      catalog,
      versions,
      clientScopes,
      clients,
      roles,
      groups,
      names: { clients: clientNames, roles: roleNames, groups: paths, scopes: scopeNames },
    };
  }

  private async keysOf(
    { body, name }: RealmSource,
    { realmId, note }: PlanContext,
    existing: boolean,
  ): Promise<RealmPlan['keys']> {
    const owner = { id: realmId, name };
    const components = body.components?.get(KEY_PROVIDER_TYPE) ?? [];
    if (components.length === 0) return existing ? [] : this.keys.generate(owner);
    const given = components.map((component, at): KeyComponent => ({
      ...(component.id !== undefined && { id: component.id }),
      ...(component.name !== undefined && { name: component.name }),
      providerId: requiredText(component.providerId, `components.${KEY_PROVIDER_TYPE}[${String(at)}].providerId`),
      ...(component.config && { config: component.config }),
    }));
    const { keys, skipped } = await this.keys.fromComponents(owner, given);
    for (const what of skipped) note(what);
    const ids = new Set(components.map(({ id }) => id));
    return existing ? keys.filter(({ componentId }) => ids.has(componentId)) : keys;
  }
}
