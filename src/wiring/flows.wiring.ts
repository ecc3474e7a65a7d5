import { createAuthenticatorRegistry } from '../authenticators/index.js';
import { AuthenticatorRegistry, FlowRunner, Rehearsal, type UserFacts } from '../engine/index.js';
import { AdminEventRecorder } from '../events/admin-event-recorder.js';
import { AdminDoors } from '../flows/admin-doors.js';
import { BindCheck } from '../flows/bind-check.js';
import { BoundFlows } from '../flows/bound-flows.js';
import { CompiledFlows } from '../flows/compiled-flows.js';
import { ConfigService } from '../flows/config-service.js';
import { EditOrigins } from '../flows/edit-origin.js';
import { ExecutionService } from '../flows/execution-service.js';
import { FlowBindingService } from '../flows/flow-bindings.js';
import { FlowCompiler } from '../flows/flow-compiler.js';
import { FlowEditing } from '../flows/flow-editing.js';
import { FlowHistory } from '../flows/flow-history.js';
import { FlowProofs } from '../flows/flow-proofs.js';
import { FlowPublishing } from '../flows/flow-publishing.js';
import { FlowResolution } from '../flows/flow-resolution.js';
import { FlowService } from '../flows/flow-service.js';
import { HeldHeads } from '../flows/held-heads.js';
import { PendingBindingStore } from '../flows/pending-binding.js';
import { PendingBindings } from '../flows/pending-bindings.js';
import { FlowStore } from '../flows/stored-flow.js';
import { BruteForceGuard } from '../realm/brute-force-guard.js';
import { ClientScopeStore } from '../realm/client-scope.js';
import { ClientStore } from '../realm/client.js';
import { GroupStore } from '../realm/group.js';
import { RealmStore } from '../realm/realm.js';
import { RoleStore } from '../realm/role.js';
import { RoleService } from '../realm/role-service.js';
import { UserService } from '../realm/user-service.js';
import { UserStore } from '../realm/user.js';
import { LimitedSessionReader } from '../sessions/limited-sessions.js';
import { Clock } from '../shared/clock.js';
import { ActionMails } from '../tokens/action-tokens/action-mails.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import type { Provider } from '@nestjs/common';
import type { Ground } from './ground.js';
import { make, wire } from './wire.js';

/** What the engine asks about users. */
const userFacts = (users: UserService, realms: RealmStore): UserFacts => ({
  credentialTypes: (realmId, userId) => users.credentialTypes(realmId, userId),
  isActionEnabled: async (realmId, action) =>
    (await realms.byId(realmId))?.requiredActions.some(({ alias, enabled }) => alias === action && enabled) ?? false,
});

/** Authenticators, the engine, flows and their versions. */
export const flows = ({ logger, settings, instruments }: Ground): Provider[] => [
  make(
    AuthenticatorRegistry,
    [
      RealmStore,
      ClientStore,
      ClientScopeStore,
      UserStore,
      UserService,
      RoleService,
      GroupStore,
      BruteForceGuard,
      LimitedSessionReader,
      Clock,
      ActionMails,
    ],
    (
      realms,
      clients,
      clientScopes,
      users,
      userService,
      roles,
      groups,
      bruteForce,
      limitedSessions,
      clock,
      actionMails,
    ) =>
      createAuthenticatorRegistry({
        realms,
        clients,
        clientScopes,
        users,
        userService,
        roles,
        groups,
        bruteForce,
        limitedSessions,
        clock,
        actionMails,
      }),
  ),
  make(
    FlowRunner,
    [AuthenticatorRegistry, UserService, RealmStore],
    (registry, users, realms) => new FlowRunner(registry, userFacts(users, realms), instruments.steps),
  ),
  make(
    Rehearsal,
    [AuthenticatorRegistry, UserService, RealmStore],
    (registry, users, realms) => new Rehearsal(registry, userFacts(users, realms)),
  ),
  make(
    FlowResolution,
    [FlowStore],
    (store) =>
      new FlowResolution(store, (override) =>
        logger.warn(override, 'A client overrides its flow with one that is gone; the flow of the realm runs'),
      ),
  ),
  wire(FlowCompiler, [AuthenticatorRegistry]),
  wire(FlowProofs, [FlowStore, AuthenticatorRegistry, FlowCompiler]),
  wire(CompiledFlows, [FlowStore, FlowCompiler, UnitOfWork, Clock]),
  wire(EditOrigins, []),
  wire(AdminDoors, [RealmStore, ClientStore, RoleStore, Rehearsal]),
  make(
    BindCheck,
    [AuthenticatorRegistry, FlowCompiler, FlowProofs, AdminDoors],
    (registry, compiler, proofs, doors) => new BindCheck(registry, compiler, proofs, doors, settings.flowGuard),
  ),
  wire(BoundFlows, [RealmStore, ClientStore, PendingBindingStore]),
  wire(FlowPublishing, [FlowStore, BoundFlows, BindCheck, EditOrigins, Clock]),
  wire(HeldHeads, [FlowStore, BoundFlows, FlowProofs, BindCheck, FlowCompiler]),
  wire(FlowEditing, [FlowStore, UnitOfWork, FlowPublishing]),
  wire(FlowService, [FlowStore, BoundFlows, FlowEditing]),
  wire(FlowHistory, [FlowStore, FlowEditing]),
  wire(ExecutionService, [FlowStore, FlowEditing, AuthenticatorRegistry]),
  wire(ConfigService, [FlowStore, FlowEditing, AuthenticatorRegistry]),
  wire(PendingBindings, [
    PendingBindingStore,
    FlowStore,
    RealmStore,
    ClientStore,
    EditOrigins,
    AdminEventRecorder,
    UnitOfWork,
    Clock,
  ]),
  wire(FlowBindingService, [FlowStore, UnitOfWork, FlowPublishing, BindCheck, EditOrigins, PendingBindings]),
];
