import { adminEventTable } from './admin-events.persistence.js';
import { authEventTable } from './auth-events.persistence.js';
import { authorizationCodeTable } from './authorization-code.persistence.js';
import { clientScopeTable } from './client-scope.persistence.js';
import { clientSessionCountTable } from './session-lists.tables.js';
import { clientTable } from './client.persistence.js';
import { deliveryTable } from './delivery.persistence.js';
import { groupMemberTable, groupTable } from './group.persistence.js';
import { loginFailureTable } from './login-failures.persistence.js';
import { pendingBindingTable } from './pending-binding.persistence.js';
import { pendingLoginTable } from './pending-login.persistence.js';
import { pushedRequestTable } from './pushed-request.persistence.js';
import { realmTable } from './realm.persistence.js';
import { revokedTokenTable } from './revoked-token.persistence.js';
import { groupRoleTable, roleCompositeTable, roleTable, userRoleTable } from './role.persistence.js';
import { realmKeyTable } from './signing-key.persistence.js';
import { singleUseTable } from './single-use.persistence.js';
import {
  configTable,
  executionTable,
  flowCatalogTable,
  flowRevisionTable,
  flowTable,
  flowVersionTable,
} from './stored-flow.persistence.js';
import { userConsentTable } from './user-consent.persistence.js';
import { clientSeatTable, clientSessionTable, sessionOwnerTable, userSessionTable } from './user-session.tables.js';
import { credentialTable, userAttributeTable, userTable } from './user.persistence.js';

/** Every table. A table that is missing here would outlive its realm; a test compares this list with the database. */
export const entities = [
  adminEventTable,
  authEventTable,
  authorizationCodeTable,
  clientScopeTable,
  clientSeatTable,
  clientSessionTable,
  clientSessionCountTable, // after the table whose deletions it counts
  clientTable,
  configTable,
  credentialTable,
  deliveryTable,
  executionTable,
  flowCatalogTable,
  flowRevisionTable,
  flowTable,
  flowVersionTable,
  groupMemberTable,
  groupRoleTable,
  groupTable,
  loginFailureTable,
  pendingBindingTable,
  pendingLoginTable,
  pushedRequestTable,
  realmKeyTable,
  realmTable,
  revokedTokenTable,
  roleCompositeTable,
  roleTable,
  sessionOwnerTable,
  singleUseTable,
  userAttributeTable,
  userConsentTable,
  userRoleTable,
  userSessionTable,
  userTable,
];
