import { checkAliasCharacters } from '../flows/flow-alias.js';
import type { FlowBindingService } from '../flows/flow-bindings.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import type { UserRecord } from '../realm/user-records.js';
import { readBody, readTolerantly } from '../representations/read-body.js';
import { RealmBody } from '../representations/realm-body.js';
import { ConflictError, InvalidInputError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { MasterAdministration } from './master-administration.js';
import type { RealmPlan } from './realm-plan.js';
import type { RealmPlanner, RealmSource } from './realm-planner.js';
import type { RealmWriter } from './realm-writer.js';
import { withoutMasks } from './without-masks.js';
import { UserBatch, type UserSource } from './user-batch.js';

/** What became of a realm file. */
export type ImportReport =
  | { readonly kind: 'skipped'; readonly realm: string }
  | {
      /** `planned`: nothing was written. */
      readonly kind: 'imported' | 'planned';
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

export interface ImportOptions {
  /** What to do when the server has a realm of that name: leave it alone, or throw. */
  readonly ifExists: 'skip' | 'fail';
  readonly userFiles?: readonly UserSource[];
  /** True: everything is checked, nothing is written. */
  readonly dryRun?: boolean;
}

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
   * Imports a realm file, with users from files of their own. Ids of the file are kept; members nobody knows are reported, not refused.
   * @throws InvalidInputError naming the JSON path that cannot be used; nothing was changed
   * @throws ConflictError `realm_exists`; nothing was changed
   */
  async import(representation: unknown, { ifExists, userFiles, dryRun }: ImportOptions): Promise<ImportReport> {
    const masked: string[] = [];
    const read = readRealmSource(withoutMasks(representation, (place) => masked.push(`masked secret at ${place}`)));
    const source = { ...read, notUnderstood: [...read.notUnderstood, ...masked] };
    const { name } = source;
    if (ifExists === 'skip' && (await this.realms.byName(name))) return { kind: 'skipped', realm: name };
    const made = await this.make(source, userFiles, dryRun).catch((error: unknown) =>
      this.forgiven(error, ifExists === 'skip' ? name : undefined),
    );
    return made ? reportOf(dryRun ? 'planned' : 'imported', made) : { kind: 'skipped', realm: name };
  }

  /**
   * Makes the realm that `POST /admin/realms` describes.
   * @param text the JSON text of the body, for the place of an unknown member
   * @throws InvalidInputError naming the member; nothing was changed
   * @throws ConflictError `realm_exists`; nothing was changed
   */
  async create(body: unknown, text?: string): Promise<Realm> {
    const { plan } = await this.make(readStrictly(body, text));
    return plan.realm;
  }

  /**
   * What `create` would do with that body; nothing is written.
   * @throws as `create`
   */
  async foresee(body: unknown, text?: string): Promise<ImportReport> {
    const masked: string[] = [];
    const source = readStrictly(body, text, (place) => masked.push(`masked secret at ${place}`));
    return reportOf('planned', await this.make({ ...source, notUnderstood: masked }, [], true));
  }

  /** Users of further files are planned twice, before the transaction to check and to hash, and in it to be written: never all at once. */
  private async make(source: RealmSource, userFiles: readonly UserSource[] = [], dryRun = false): Promise<MadeRealm> {
    await this.refuseTaken(source);
    const plan = await this.planner.plan(source);
    const batches: UserBatch[] = [];
    for (const file of userFiles) batches.push(await UserBatch.prepare(file, plan));
    const owners = new Set([...plan.users, ...batches.flatMap(({ accounts }) => accounts)].map(ownerOf));
    const serviceAccounts = plan.serviceAccounts(owners);
    const users = batches.reduce((sum, { count }) => sum + count, plan.users.length + serviceAccounts.length);
    if (dryRun) return { plan, users, bindings: [] };
    const bindings = await this.unitOfWork.run(async () => {
      await this.refuseTaken(source);
      await this.writer.write(plan);
      for (const batch of batches) await this.writer.writeUsers(plan, await batch.users());
      await this.writer.writeUsers(plan, serviceAccounts);
      await this.masterAdministration.admit(plan.realm);
      return this.bindings.reviewImported(plan.realm, plan.clients, plan.catalog);
    });
    return { plan, users, bindings };
  }

  /** Of several servers that start at once, one makes a realm; the others find it then. Read in a transaction: past what is remembered. */
  private async forgiven(error: unknown, name: string | undefined): Promise<undefined> {
    const isTaken = error instanceof ConflictError && error.code === 'realm_exists';
    if (!isTaken || name === undefined) throw error;
    if (!(await this.unitOfWork.run(() => this.realms.byName(name)))) throw error;
  }

  private async refuseTaken({ name, body }: RealmSource): Promise<void> {
    if (await this.realms.byName(name)) throw new ConflictError('realm_exists', `Realm ${name} already exists`);
    if (body.id !== undefined && (await this.realms.byId(body.id))) {
      throw new ConflictError('realm_exists', `Realm with id ${body.id} already exists`);
    }
  }
}

interface MadeRealm {
  readonly plan: RealmPlan;
  readonly users: number;
  readonly bindings: readonly string[];
}

const reportOf = (kind: 'imported' | 'planned', { plan, users, bindings }: MadeRealm): ImportReport => ({
  kind,
  realm: plan.realm.name,
  realmId: plan.realm.id,
  users,
  clients: plan.clients.length,
  flows: plan.catalog.flows.length,
  notUnderstood: plan.notes(),
  ...(bindings.length > 0 && { bindings }),
});

const ownerOf = ({ user }: UserRecord): string | undefined => user.serviceAccountClientId;

/** Reads the body of `POST /admin/realms`. @throws InvalidInputError naming the member, unknown ones too */
function readStrictly(body: unknown, text?: string, onMask: (place: string) => void = () => undefined): RealmSource {
  const read = readBody(RealmBody, withoutMasks(body, onMask), text);
  return { body: read, name: checkRealmName(read.realm), unknownMembers: {}, notUnderstood: [] };
}

/** Reads a realm file. Members nobody knows are kept by name. @throws InvalidInputError naming what cannot be used */
export function readRealmSource(representation: unknown): RealmSource {
  const { body, unknown } = readTolerantly(RealmBody, representation);
  const topLevel = unknown.filter((path) => !/[.[]/.test(path));
  const unknownMembers = Object.fromEntries(
    Object.entries(body as unknown as JsonObject).filter(([member]) => topLevel.includes(member)),
  );
  return { body, name: checkRealmName(body.realm), unknownMembers, notUnderstood: unknown };
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
