import { checkAliasCharacters } from '../flows/flow-alias.js';
import type { FlowBindingService } from '../flows/flow-bindings.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import { readBody, readTolerantly } from '../representations/read-body.js';
import { RealmBody } from '../representations/realm-body.js';
import { ConflictError, InvalidInputError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { MasterAdministration } from './master-administration.js';
import type { RealmPlan } from './realm-plan.js';
import type { RealmPlanner, RealmSource } from './realm-planner.js';
import type { RealmWriter } from './realm-writer.js';

/** What became of a realm file. */
export type ImportReport =
  | { readonly kind: 'skipped'; readonly realm: string }
  | {
      readonly kind: 'imported';
      readonly realm: string;
      readonly realmId: string;
      readonly users: number;
      readonly clients: number;
      readonly flows: number;
      /** What the file holds and the server does not understand yet, by name; kept where it is data. */
      readonly notUnderstood: readonly string[];
      /** What speaks against bindings of the file, which are kept; absent where nothing does. */
      readonly bindings?: readonly string[];
    };

/** Makes realms out of representations: whole or not at all. */
export class RealmImport {
  constructor(
    private readonly realms: RealmStore,
    private readonly planner: RealmPlanner,
    private readonly writer: RealmWriter,
    private readonly masterAdministration: MasterAdministration,
    private readonly bindings: Pick<FlowBindingService, 'reviewImported'>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Imports a realm file. Ids of the file are kept; members nobody knows are reported, not refused.
   * @param options.ifExists what to do when the server has a realm of that name: leave it alone, or throw.
   * @throws InvalidInputError naming the JSON path that cannot be used; nothing was changed
   * @throws ConflictError `realm_exists`; nothing was changed
   */
  async import(representation: unknown, { ifExists }: { readonly ifExists: 'skip' | 'fail' }): Promise<ImportReport> {
    const { body, unknown } = readTolerantly(RealmBody, representation);
    const name = checkRealmName(body.realm);
    if (ifExists === 'skip' && (await this.realms.byName(name))) return { kind: 'skipped', realm: name };
    const topLevel = unknown.filter((path) => !/[.[]/.test(path));
    const unknownMembers = Object.fromEntries(
      Object.entries(body as unknown as JsonObject).filter(([member]) => topLevel.includes(member)),
    );
    const { plan, bindings } = await this.make({ body, name, unknownMembers, notUnderstood: unknown });
    return {
      kind: 'imported',
      realm: name,
      realmId: plan.realm.id,
      users: plan.users.length,
      clients: plan.clients.length,
      flows: plan.catalog.flows.length,
      notUnderstood: plan.notUnderstood,
      ...(bindings.length > 0 && { bindings }),
    };
  }

  /**
   * Makes the realm that `POST /admin/realms` describes.
   * @param text the JSON text of the body, for the place of an unknown member
   * @throws InvalidInputError naming the member; nothing was changed
   * @throws ConflictError `realm_exists`; nothing was changed
   */
  async create(body: unknown, text?: string): Promise<Realm> {
    const read = readBody(RealmBody, body, text);
    const { plan } = await this.make({
      body: read,
      name: checkRealmName(read.realm),
      unknownMembers: {},
      notUnderstood: [],
    });
    return plan.realm;
  }

  private async make(source: RealmSource): Promise<{ readonly plan: RealmPlan; readonly bindings: readonly string[] }> {
    await this.refuseTaken(source);
    const plan = await this.planner.plan(source);
    const bindings = await this.unitOfWork.run(async () => {
      await this.refuseTaken(source);
      await this.writer.write(plan);
      await this.masterAdministration.admit(plan.realm);
      return this.bindings.reviewImported(plan.realm, plan.clients, plan.catalog);
    });
    return { plan, bindings };
  }

  private async refuseTaken({ name, body }: RealmSource): Promise<void> {
    if (await this.realms.byName(name)) throw new ConflictError('realm_exists', `Realm ${name} already exists`);
    if (body.id !== undefined && (await this.realms.byId(body.id))) {
      throw new ConflictError('realm_exists', `Realm with id ${body.id} already exists`);
    }
  }
}

/**
 * The name of a new realm.
 * @throws InvalidInputError `realm_name_empty`, or `character_refused`
 */
function checkRealmName(name: string | undefined): string {
  if (name === undefined || name.trim() === '')
    throw new InvalidInputError('realm_name_empty', 'Realm name cannot be empty', { field: 'realm' });
  checkAliasCharacters(name, 'realm');
  return name;
}
