import { DeliveryStore } from '../deliveries/delivery.js';
import { AdminEventStore } from '../events/admin-events.js';
import { EventStore } from '../events/auth-events.js';
import { PendingBindingStore } from '../flows/pending-binding.js';
import { FlowStore } from '../flows/stored-flow.js';
import { LoginRecords } from '../login/login-records.js';
import { PendingLoginStore } from '../login/pending-login.js';
import { ClientScopeStore } from '../realm/client-scope.js';
import { ClientStore } from '../realm/client.js';
import { GroupStore } from '../realm/group.js';
import { LoginFailureStore } from '../realm/login-failures.js';
import { RealmStore } from '../realm/realm.js';
import { RoleStore } from '../realm/role.js';
import { UserConsentStore } from '../realm/user-consent.js';
import { UserRecords } from '../realm/user-records.js';
import { UserStore } from '../realm/user.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { SessionLists } from '../sessions/session-lists.js';
import { SessionStore } from '../sessions/user-session.js';
import { Clock } from '../shared/clock.js';
import { KnownRows } from '../shared/known-rows.js';
import { DatabaseHealth, Readiness } from '../shared/readiness.js';
import { Sealer } from '../shared/sealer.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { AuthorizationCodeStore } from '../tokens/authorization-code.js';
import { PushedRequestStore } from '../tokens/pushed-request.js';
import { AccessTokenRecords } from '../tokens/access-token-records.js';
import { RevokedTokenStore } from '../tokens/revoked-token.js';
import { RealmKeyStore } from '../tokens/signing-key.js';
import { SingleUseStore } from '../tokens/single-use.js';
import type { Provider } from '@nestjs/common';
import type { Ground } from './ground.js';
import { value, wire } from './wire.js';

/** The ports, bound to the stores of one database. */
export const ports = ({ stores, sealer, clock }: Ground): Provider[] => [
  value(Clock, clock),
  value(Sealer, sealer),
  value(UnitOfWork, stores.unitOfWork),
  value(DatabaseHealth, stores.health),
  wire(Readiness, [DatabaseHealth]),
  value(KnownRows, stores.knownRows),
  value(RealmStore, stores.realms),
  value(ClientStore, stores.clients),
  value(ClientScopeStore, stores.clientScopes),
  value(RoleStore, stores.roles),
  value(GroupStore, stores.groups),
  value(UserStore, stores.users),
  value(UserConsentStore, stores.userConsents),
  value(UserRecords, stores.userRecords),
  value(LoginFailureStore, stores.loginFailures),
  value(EventStore, stores.events),
  value(AdminEventStore, stores.adminEvents),
  value(DeliveryStore, stores.deliveries),
  value(SessionStore, stores.sessions),
  value(SessionLists, stores.sessionLists),
  value(EndedSessions, stores.endedSessions),
  value(FlowStore, stores.flows),
  value(PendingBindingStore, stores.pendingBindings),
  value(RealmKeyStore, stores.realmKeys),
  value(AuthorizationCodeStore, stores.authorizationCodes),
  value(RevokedTokenStore, stores.revokedTokens),
  value(AccessTokenRecords, stores.accessTokenRecords),
  value(LoginRecords, stores.loginRecords),
  value(PendingLoginStore, stores.pendingLogins),
  value(SingleUseStore, stores.singleUse),
  value(PushedRequestStore, stores.pushedRequests),
];
