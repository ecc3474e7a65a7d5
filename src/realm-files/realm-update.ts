import type { FlowStore } from '../flows/stored-flow.js';
import { PasswordPolicy } from '../realm/password-policy.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import type { UserRecord, UserRecords } from '../realm/user-records.js';
import type { UserStore } from '../realm/user.js';
import { definedMembers, isJsonObject, textOf } from '../representations/json-objects.js';
import { readTolerantly } from '../representations/read-body.js';
import { RealmBody } from '../representations/realm-body.js';
import { UserBody } from '../representations/user-body.js';
import { toUserExport } from '../representations/user-export.js';
import type { Clock } from '../shared/clock.js';
import { AppError, InvalidInputError, NotFoundError } from '../shared/errors.js';
import type { Json, JsonObject } from '../shared/json.js';
import type { Sealer } from '../shared/sealer.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { exportRealm } from './export-realm.js';
import { openedSecrets } from './export-secrets.js';
import { mergeRealmFile, type MergeMode } from './merge-realm-file.js';
import type { PasswordPreparation } from './password-preparation.js';
import { changedMembers, differencesOf, type Change } from './realm-differences.js';
import type { RealmExport } from './realm-export.js';
import { readRealmSource } from './realm-import.js';
import { RealmNames } from './realm-names.js';
import type { RealmPlan } from './realm-plan.js';
import type { RealmPlanner } from './realm-planner.js';
import type { RealmUpdater } from './realm-updater.js';
import type { RealmWriter } from './realm-writer.js';
import type { UserSource } from './user-batch.js';
import type { UserUpdates } from './user-updates.js';

export interface UpdateOptions {
  readonly mode: MergeMode;
  readonly userFiles?: readonly UserSource[];
  /** True: everything is checked and nothing is written. */
  readonly dryRun?: boolean;
  /** Asked before anything is written, in the transaction. Throws to refuse. */
  readonly permit?: Permit;
}

/** Says whether somebody may do what an update does. Both throw to refuse. */
export interface Permit {
  /** Everything but users. */
  structure(changes: readonly Change[], plan: RealmPlan): Promise<void>;
  /** @param before absent for a new user */
  user(before: UserRecord | undefined, after: UserRecord, plan: RealmPlan): Promise<void>;
}

/** What an update does, or would do. */
export interface UpdateReport {
  readonly kind: 'updated' | 'planned';
  readonly realm: string;
  readonly changes: readonly Change[];
  /** How many things stay as they are, users of the file among them. */
  readonly kept: number;
  readonly notUnderstood: readonly string[];
}

/** Lays realm files over realms that are there: whole or not at all, and the same file a second time changes nothing. */
export class RealmUpdate {
  constructor(
    private readonly realms: RealmStore,
    private readonly flows: Pick<FlowStore, 'lockForEdit'>,
    private readonly realmExport: RealmExport,
    private readonly planner: RealmPlanner,
    private readonly updater: RealmUpdater,
    private readonly writer: RealmWriter,
    private readonly userUpdates: UserUpdates,
    private readonly users: UserStore,
    private readonly records: UserRecords,
    private readonly passwords: PasswordPreparation,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidInputError naming the place of the merged file that cannot be used; nothing was changed
   * @throws ConflictError when a name or id is taken; nothing was changed
   */
  async update(realm: Realm, file: unknown, options: UpdateOptions): Promise<UpdateReport> {
    const { unknown } = readTolerantly(RealmBody, file);
    const given = definedMembers(file as JsonObject);
    const policy = PasswordPolicy.parse(
      given['passwordPolicy'] === undefined ? realm.settings.passwordPolicy : textOf(given['passwordPolicy']),
    );
    const batches: (() => Promise<readonly JsonObject[]>)[] = [];
    const own = {
      file: 'users',
      read: () => Promise.resolve(Array.isArray(given['users']) ? (given['users'] as Json[]) : []),
    };
    for (const source of [own, ...(options.userFiles ?? [])]) batches.push(await this.batch(realm, source, policy));
    return this.unitOfWork.run(async () => {
      await this.flows.lockForEdit(realm.id);
      const current = await this.realms.byId(realm.id);
      if (!current) throw new NotFoundError('realm_not_found', 'Realm not found.');
      const { plan, changes, kept, before } = await this.structure(current, given, options.mode);
      await options.permit?.structure(changes, plan);
      if (!options.dryRun) await this.updater.write(before, plan, changes);
      const ofUsers: Change[] = [];
      let keptUsers = 0;
      for (const batch of batches) {
        const users = await batch();
        const done = await this.updateUsers(plan, users, options);
        ofUsers.push(...done);
        keptUsers += users.length - done.length;
      }
      if (!options.dryRun) await this.addServiceAccounts(plan);
      return {
        kind: options.dryRun ? 'planned' : 'updated',
        realm: current.name,
        changes: [...changes, ...ofUsers],
        kept: kept + keptUsers,
        notUnderstood: unknown,
      };
    });
  }

  private async structure(realm: Realm, given: JsonObject, mode: MergeMode) {
    const before = await this.realmExport.rows(realm);
    const now = this.clock.now();
    const secrets = openedSecrets(this.sealer);
    const existing = exportRealm(before, secrets, now);
    const merged = { ...mergeRealmFile(existing, given, mode), id: realm.id, realm: realm.name };
    const plan = await this.planner.plan(readRealmSource(merged), { existing: true });
    const { changes, kept } = differencesOf(existing, exportRealm(plan, secrets, now));
    return { before, plan, changes, kept };
  }

  /** The users of a source, checked, with passwords hashed; read anew each time where there was nothing to hash. */
  private async batch(realm: Realm, source: UserSource, policy: PasswordPolicy) {
    const read = async (): Promise<readonly JsonObject[]> =>
      (await source.read()).map((user, at) => {
        if (!isJsonObject(user as Json))
          throw new InvalidInputError('wrong_type', `users[${String(at)}]: must be an object`);
        return definedMembers(user as JsonObject);
      });
    try {
      const users = await read();
      for (const user of users) readTolerantly(UserBody, user);
      const prepared = await this.passwords.prepare(realm.id, users, policy);
      return prepared === users ? read : () => Promise.resolve(prepared);
    } catch (error) {
      if (!(error instanceof AppError) || source.file === 'users') throw error;
      throw new AppError(error.code, `${source.file}: ${error.message}`, { ...error.options, cause: error });
    }
  }

  private async updateUsers(
    plan: RealmPlan,
    users: readonly JsonObject[],
    { mode, dryRun, permit }: UpdateOptions,
  ): Promise<readonly Change[]> {
    if (users.length === 0) return [];
    const nameOf = ({ username }: JsonObject): string => textOf(username).toLowerCase();
    const stored = await this.records.byNames(plan.realm.id, users.map(nameOf));
    const old = new Map(stored.map((record) => [record.user.username, record]));
    const write = this.inWords(plan);
    const bodies = users.map((user) => {
      const record = old.get(nameOf(user));
      if (!record) return user;
      return { ...(mode === 'members' ? write(record) : {}), ...user, id: record.user.id };
    });
    const planned = await plan.planUsers(bodies.map((body) => readTolerantly(UserBody, body).body));
    const changes: Change[] = [];
    const uniqueEmail = !plan.realm.settings.duplicateEmailsAllowed;
    for (const record of planned) {
      const { id, username: name } = record.user;
      const before = old.get(name);
      const members = before ? changedMembers(write(before), write(record)) : [];
      if (before && members.length === 0) continue;
      changes.push({ kind: 'user', id, name, ...(before ? { action: 'changed', members } : { action: 'created' }) });
      await permit?.user(before, record, plan);
      if (dryRun) continue;
      if (before) await this.userUpdates.write(before, record, uniqueEmail);
      else await this.writer.writeUsers(plan, [record]);
    }
    return changes;
  }

  private inWords(plan: RealmPlan): (record: UserRecord) => JsonObject {
    const { clientIdOf, scopeNameOf, groupPathOf, rolesOf } = new RealmNames(plan);
    const open = (sealed: string, context: string): string => this.sealer.open(sealed, context);
    return (record) => toUserExport(record, { clientIdOf, scopeNameOf, groupPathOf, rolesOf, open });
  }

  /** Clients that have come to act for themselves get an account, as when it is switched on. */
  private async addServiceAccounts(plan: RealmPlan): Promise<void> {
    const owners = new Set<string>();
    for (const { id, serviceAccountsEnabled } of plan.clients)
      if (serviceAccountsEnabled && (await this.users.serviceAccountOf(plan.realm.id, id))) owners.add(id);
    await this.writer.writeUsers(plan, plan.serviceAccounts(owners));
  }
}
