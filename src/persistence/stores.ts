import type { DataSource } from 'typeorm';
import type { DeliveryStore } from '../deliveries/delivery.js';
import type { AdminEventStore } from '../events/admin-events.js';
import type { EventStore } from '../events/auth-events.js';
import type { PendingBindingStore } from '../flows/pending-binding.js';
import type { FlowStore } from '../flows/stored-flow.js';
import type { LoginRecords } from '../login/login-records.js';
import type { PendingLoginStore } from '../login/pending-login.js';
import type { ClientStore } from '../realm/client.js';
import type { ClientScopeStore } from '../realm/client-scope.js';
import type { GroupStore } from '../realm/group.js';
import type { LoginFailureStore } from '../realm/login-failures.js';
import type { RealmStore } from '../realm/realm.js';
import type { RoleStore } from '../realm/role.js';
import type { UserConsentStore } from '../realm/user-consent.js';
import type { UserRecords } from '../realm/user-records.js';
import type { UserStore } from '../realm/user.js';
import type { EndedSessions } from '../sessions/ended-sessions.js';
import type { SessionLists } from '../sessions/session-lists.js';
import type { SessionStore } from '../sessions/user-session.js';
import type { KnownRows } from '../shared/known-rows.js';
import type { DatabaseHealth } from '../shared/readiness.js';
import type { TransactionObserver } from '../shared/transaction-observer.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { AccessTokenRecords } from '../tokens/access-token-records.js';
import type { AuthorizationCodeStore } from '../tokens/authorization-code.js';
import type { PushedRequestStore } from '../tokens/pushed-request.js';
import type { RevokedTokenStore } from '../tokens/revoked-token.js';
import type { RealmKeyStore } from '../tokens/signing-key.js';
import { TypeOrmAccessTokenRecords } from './access-token-records.persistence.js';
import { TypeOrmAdminEventStore } from './admin-events.persistence.js';
import type { SingleUseStore } from '../tokens/single-use.js';
import { TypeOrmEventStore } from './auth-events.persistence.js';
import { TypeOrmAuthorizationCodeStore } from './authorization-code.persistence.js';
import { TypeOrmClientScopeStore } from './client-scope.persistence.js';
import { TypeOrmClientStore } from './client.persistence.js';
import { QueriedDatabaseHealth } from './database-health.js';
import { Database } from './database.js';
import { TypeOrmDeliveryStore } from './delivery.persistence.js';
import { TypeOrmEndedSessions } from './ended-sessions.persistence.js';
import { TypeOrmGroupStore } from './group.persistence.js';
import { TypeOrmLoginFailureStore } from './login-failures.persistence.js';
import { TypeOrmPendingBindingStore } from './pending-binding.persistence.js';
import { TypeOrmLoginRecords } from './login-records.persistence.js';
import { TypeOrmPendingLoginStore } from './pending-login.persistence.js';
import { TypeOrmPushedRequestStore } from './pushed-request.persistence.js';
import { ReadCaches } from './read-cache.js';
import { TypeOrmRealmStore } from './realm.persistence.js';
import { TypeOrmRevokedTokenStore } from './revoked-token.persistence.js';
import { TypeOrmRoleStore } from './role.persistence.js';
import { TypeOrmSessionLists } from './session-lists.persistence.js';
import { TypeOrmRealmKeyStore } from './signing-key.persistence.js';
import { TypeOrmSingleUseStore } from './single-use.persistence.js';
import { TypeOrmFlowStore } from './stored-flow.persistence.js';
import { TypeOrmUnitOfWork } from './typeorm-unit-of-work.js';
import { TypeOrmUserConsentStore } from './user-consent.persistence.js';
import { TypeOrmUserRecords } from './user-records.persistence.js';
import { TypeOrmSessionStore } from './user-session.persistence.js';
import { TypeOrmUserStore } from './user.persistence.js';

/** The adapters of all ports, on one database. */
export interface Stores {
  readonly unitOfWork: UnitOfWork;
  readonly health: DatabaseHealth;
  readonly knownRows: KnownRows;
  readonly realms: RealmStore;
  readonly clients: ClientStore;
  readonly clientScopes: ClientScopeStore;
  readonly roles: RoleStore;
  readonly groups: GroupStore;
  readonly users: UserStore;
  readonly userConsents: UserConsentStore;
  readonly userRecords: UserRecords;
  readonly loginFailures: LoginFailureStore;
  readonly events: EventStore;
  readonly adminEvents: AdminEventStore;
  readonly deliveries: DeliveryStore;
  readonly sessions: SessionStore;
  readonly sessionLists: SessionLists;
  readonly endedSessions: EndedSessions;
  readonly flows: FlowStore;
  readonly pendingBindings: PendingBindingStore;
  readonly realmKeys: RealmKeyStore;
  readonly authorizationCodes: AuthorizationCodeStore;
  readonly revokedTokens: RevokedTokenStore;
  readonly accessTokenRecords: AccessTokenRecords;
  readonly loginRecords: LoginRecords;
  readonly pendingLogins: PendingLoginStore;
  readonly singleUse: SingleUseStore;
  readonly pushedRequests: PushedRequestStore;
}

/**
 * All stores and their unit of work: the adapters the composition root binds to the ports. They share the transaction of the
 * running unit of work, so stores of two calls must not be mixed.
 *
 * @param dataSource initialized and migrated
 * @param effectFailed is told what an effect after a commit threw
 * @param firstStatement is sent at the beginning of every transaction
 * @param observer watches transactions
 */
export const createStores = (
  dataSource: DataSource,
  effectFailed: (error: unknown) => void,
  firstStatement?: string,
  observer?: TransactionObserver,
): Stores => createStoresOn(new Database(dataSource, observer), effectFailed, firstStatement);

/** The same on a way to the database that its caller watches. */
export function createStoresOn(
  database: Database,
  effectFailed: (error: unknown) => void,
  firstStatement?: string,
): Stores {
  return {
    unitOfWork: new TypeOrmUnitOfWork(database, effectFailed, firstStatement),
    health: new QueriedDatabaseHealth(database),
    knownRows: new ReadCaches([database.cache, database.flowCache]),
    realms: new TypeOrmRealmStore(database),
    clients: new TypeOrmClientStore(database),
    clientScopes: new TypeOrmClientScopeStore(database),
    roles: new TypeOrmRoleStore(database),
    groups: new TypeOrmGroupStore(database),
    users: new TypeOrmUserStore(database),
    userConsents: new TypeOrmUserConsentStore(database),
    userRecords: new TypeOrmUserRecords(database),
    loginFailures: new TypeOrmLoginFailureStore(database),
    events: new TypeOrmEventStore(database),
    adminEvents: new TypeOrmAdminEventStore(database),
    deliveries: new TypeOrmDeliveryStore(database),
    sessions: new TypeOrmSessionStore(database),
    sessionLists: new TypeOrmSessionLists(database),
    endedSessions: new TypeOrmEndedSessions(database),
    flows: new TypeOrmFlowStore(database),
    pendingBindings: new TypeOrmPendingBindingStore(database),
    realmKeys: new TypeOrmRealmKeyStore(database),
    authorizationCodes: new TypeOrmAuthorizationCodeStore(database),
    revokedTokens: new TypeOrmRevokedTokenStore(database),
    accessTokenRecords: new TypeOrmAccessTokenRecords(database),
    loginRecords: new TypeOrmLoginRecords(database),
    pendingLogins: new TypeOrmPendingLoginStore(database),
    singleUse: new TypeOrmSingleUseStore(database),
    pushedRequests: new TypeOrmPushedRequestStore(database),
  };
}
