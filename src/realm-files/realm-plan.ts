import type { FlowCatalog, FlowVersion } from '../flows/stored-flow.js';
import type { ClientScope } from '../realm/client-scope.js';
import type { Client } from '../realm/client.js';
import type { Group } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import type { Role } from '../realm/role.js';
import type { UserRecord } from '../realm/user-records.js';
import type { UserData } from '../representations/user-body.js';
import type { RealmKey } from '../tokens/signing-key.js';

export interface PlannedGroup {
  readonly group: Group;
  readonly roleIds: readonly string[];
}

/** A realm as rows, without its users: as it is stored, or as a file asks for it. */
export interface RealmRows {
  readonly realm: Realm;
  readonly catalog: FlowCatalog;
  readonly clientScopes: readonly ClientScope[];
  readonly clients: readonly Client[];
  readonly roles: readonly Role[];
  /** Parents before children. */
  readonly groups: readonly PlannedGroup[];
  readonly keys: readonly RealmKey[];
}

/** Every row of a new realm: what is left to do is to write it. */
export interface RealmPlan extends RealmRows {
  readonly versions: readonly FlowVersion[];
  readonly users: readonly UserRecord[];
  /** Plans further users of the realm. @throws InvalidInputError, UnavailableError `hash_queue_full` */
  readonly planUsers: (bodies: readonly UserData[]) => Promise<readonly UserRecord[]>;
  /** Accounts that clients need and lack. @param owners internal ids of the clients that have one */
  readonly serviceAccounts: (owners: ReadonlySet<string | undefined>) => readonly UserRecord[];
  readonly note: PlanContext['note'];
  /** What the file holds and the server does not understand yet, by name. */
  readonly notes: () => readonly string[];
}

/** What every part of a plan needs. */
export interface PlanContext {
  readonly realmId: string;
  readonly newId: () => string;
  /** Milliseconds. */
  readonly now: number;
  readonly seal: (plain: string, context: string) => string;
  /** Notes something that is not understood. */
  readonly note: (what: string) => void;
}
