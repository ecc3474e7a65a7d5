import type { DataSource } from 'typeorm';
import { TypeOrmEventStore } from './auth-events.persistence.js';
import { TypeOrmAuthorizationCodeStore } from './authorization-code.persistence.js';
import { TypeOrmClientScopeStore } from './client-scope.persistence.js';
import { TypeOrmClientStore } from './client.persistence.js';
import { Database } from './database.js';
import { TypeOrmGroupStore } from './group.persistence.js';
import { TypeOrmLoginFailureStore } from './login-failures.persistence.js';
import { TypeOrmPendingLoginStore } from './pending-login.persistence.js';
import { TypeOrmRealmStore } from './realm.persistence.js';
import { TypeOrmRevokedTokenStore } from './revoked-token.persistence.js';
import { TypeOrmRoleStore } from './role.persistence.js';
import { TypeOrmRealmKeyStore } from './signing-key.persistence.js';
import { TypeOrmFlowStore } from './stored-flow.persistence.js';
import { TypeOrmUnitOfWork } from './typeorm-unit-of-work.js';
import { TypeOrmSessionStore } from './user-session.persistence.js';
import { TypeOrmUserStore } from './user.persistence.js';

/** Everything that is stored, on one database. */
export type Stores = ReturnType<typeof createStores>;

/**
 * All stores and their unit of work: the adapters the composition root binds to the ports. They share the transaction of the
 * running unit of work, so stores of two calls must not be mixed.
 *
 * @param dataSource initialized and migrated
 * @param effectFailed is told what an effect after a commit threw
 */
export function createStores(dataSource: DataSource, effectFailed: (error: unknown) => void) {
  const database = new Database(dataSource);
  return {
    unitOfWork: new TypeOrmUnitOfWork(database, effectFailed),
    realms: new TypeOrmRealmStore(database),
    clients: new TypeOrmClientStore(database),
    clientScopes: new TypeOrmClientScopeStore(database),
    roles: new TypeOrmRoleStore(database),
    groups: new TypeOrmGroupStore(database),
    users: new TypeOrmUserStore(database),
    loginFailures: new TypeOrmLoginFailureStore(database),
    events: new TypeOrmEventStore(database),
    sessions: new TypeOrmSessionStore(database),
    flows: new TypeOrmFlowStore(database),
    realmKeys: new TypeOrmRealmKeyStore(database),
    authorizationCodes: new TypeOrmAuthorizationCodeStore(database),
    revokedTokens: new TypeOrmRevokedTokenStore(database),
    pendingLogins: new TypeOrmPendingLoginStore(database),
  };
}
