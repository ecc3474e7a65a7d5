import { LoginFailureStore } from '../realm/login-failures.js';
import { AdminRecovery } from '../administration/admin-recovery.js';
import { FlowFileAdministration } from '../administration/flow-file-administration.js';
import { FlowRecovery } from '../administration/flow-recovery.js';
import { FlowEditing } from '../flows/flow-editing.js';
import { FlowFiles } from '../flows/flow-files.js';
import { ConsentAdministration } from '../administration/consent-administration.js';
import { UserConsentStore } from '../realm/user-consent.js';
import { ConsentRevocation } from '../tokens/consent-revocation.js';
import type { Provider } from '@nestjs/common';
import { ClientAdministration } from '../administration/client-administration.js';
import { ClientCertificates } from '../administration/client-certificates.js';
import { ClientInstallation } from '../administration/client-installation.js';
import { ClientRoleLists } from '../administration/client-role-lists.js';
import { ClientRegistrationTokens } from '../administration/client-registration-tokens.js';
import { ClientScopeAdministration } from '../administration/client-scope-administration.js';
import { ComponentAdministration } from '../administration/component-administration.js';
import { CredentialAdministration } from '../administration/credential-administration.js';
import { EndedSessionAdministration } from '../administration/ended-session-administration.js';
import { DeliveryAdministration } from '../administration/delivery-administration.js';
import { EventAdministration } from '../administration/event-administration.js';
import { FlowUseLists } from '../administration/flow-use-lists.js';
import { RequiredActions } from '../required-actions/index.js';
import { FlowSimulation } from '../administration/flow-simulation.js';
import { GroupAdministration } from '../administration/group-administration.js';
import { KeptComponents } from '../administration/kept-components.js';
import { KeyComponents } from '../administration/key-components.js';
import { LimitAdministration } from '../administration/limit-administration.js';
import { LimitDoors } from '../administration/limit-doors.js';
import { KeyRotation } from '../administration/key-rotation.js';
import { ProtocolMapperAdministration } from '../administration/protocol-mapper-administration.js';
import { PushAdministration } from '../administration/push-administration.js';
import { RealmAdministration } from '../administration/realm-administration.js';
import { RealmDefaults } from '../administration/realm-defaults.js';
import { PersonalTraces } from '../administration/personal-traces.js';
import { RealmEditing } from '../administration/realm-editing.js';
import { RequiredActionAdministration } from '../administration/required-action-administration.js';
import { RequiredActionConfigs } from '../administration/required-action-configs.js';
import { Localization } from '../administration/localization.js';
import { ClientPolicies } from '../administration/client-policies.js';
import { ServerInfo } from '../administration/server-info.js';
import { RoleAdministration } from '../administration/role-administration.js';
import { RoleMappings } from '../administration/role-mappings.js';
import { ScopeEvaluation } from '../administration/scope-evaluation.js';
import { ScopeMappings } from '../administration/scope-mappings.js';
import { ServiceAccounts } from '../administration/service-accounts.js';
import { SessionAdministration } from '../administration/session-administration.js';
import { SessionKindLists } from '../administration/session-kind-lists.js';
import { UserAdministration } from '../administration/user-administration.js';
import { DeliveryQueue, DeliveryStore } from '../deliveries/delivery.js';
import { AdminPushes } from '../logout/admin-pushes.js';
import { UserProfileAdministration } from '../administration/user-profile-administration.js';
import { AdminEventRecorder } from '../events/admin-event-recorder.js';
import { EventListener } from '../events/event-listener.js';
import { AdminEventStore } from '../events/admin-events.js';
import { UserMails } from '../administration/user-mails.js';
import { EventStore } from '../events/auth-events.js';
import { AuthenticatorRegistry, Rehearsal } from '../engine/index.js';
import { CompiledFlows } from '../flows/compiled-flows.js';
import { FlowBindingService } from '../flows/flow-bindings.js';
import { FlowProofs } from '../flows/flow-proofs.js';
import { FlowResolution } from '../flows/flow-resolution.js';
import { FlowService } from '../flows/flow-service.js';
import { FlowStore } from '../flows/stored-flow.js';
import { Mailer } from '../mail/mailer.js';
import { BruteForceGuard } from '../realm/brute-force-guard.js';
import { ClientScopeStore } from '../realm/client-scope.js';
import { ClientStore } from '../realm/client.js';
import { GroupStore } from '../realm/group.js';
import { PasswordHasher } from '../realm/password-hasher.js';
import { JoinedLimits } from '../login/joined-limits.js';
import { Memberships } from '../realm/memberships.js';
import { RealmStore } from '../realm/realm.js';
import { RoleStore } from '../realm/role.js';
import { UserService } from '../realm/user-service.js';
import { UserStore } from '../realm/user.js';
import { MasterAdministration } from '../realm-files/master-administration.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { SessionLists } from '../sessions/session-lists.js';
import { SessionService } from '../sessions/session-service.js';
import { LimitedSessionReader } from '../sessions/limited-sessions.js';
import { SessionStore } from '../sessions/user-session.js';
import { Clock } from '../shared/clock.js';
import { Sealer } from '../shared/sealer.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { ActionMails } from '../tokens/action-tokens/action-mails.js';
import { Consents } from '../tokens/consents.js';
import { ClaimsSource } from '../tokens/claims-source.js';
import { ExampleTokens } from '../tokens/example-tokens.js';
import { RealmJwt } from '../tokens/jwt.js';
import { RealmKeyStore } from '../tokens/signing-key.js';
import { RealmKeys } from '../tokens/signing-keys.js';
import { wire } from './wire.js';

/** The use cases of administrators. */
export const administration: readonly Provider[] = [
  wire(RealmEditing, [RealmStore, FlowStore, UnitOfWork, Clock]),
  wire(RealmAdministration, [
    RealmStore,
    RealmEditing,
    FlowStore,
    FlowBindingService,
    RoleStore,
    GroupStore,
    ClientStore,
    MasterAdministration,
    Sealer,
    UnitOfWork,
  ]),
  wire(KeyComponents, [RealmKeys, RealmKeyStore, Clock]),
  wire(KeyRotation, [RealmKeys, RealmKeyStore, ClientStore, Clock]),
  wire(KeptComponents, [RealmEditing, Sealer]),
  wire(ComponentAdministration, [KeyComponents, KeptComponents, Clock]),
  wire(RealmDefaults, [RealmEditing, GroupStore, ClientScopeStore]),
  wire(RequiredActionAdministration, [RealmEditing]),
  wire(AdminEventRecorder, [AdminEventStore, Clock, UnitOfWork, EventListener]),
  wire(DeliveryAdministration, [DeliveryStore, ClientStore]),
  wire(RequiredActionConfigs, [RealmEditing]),
  wire(Localization, [RealmEditing]),
  wire(ClientPolicies, [RealmEditing]),
  wire(ServerInfo, [AuthenticatorRegistry, Clock]),
  wire(EventAdministration, [EventStore, AdminEventStore, RealmEditing, UnitOfWork]),
  wire(EndedSessionAdministration, [EndedSessions, UserStore, ClientStore]),
  wire(SessionAdministration, [
    SessionService,
    SessionStore,
    SessionLists,
    ClientStore,
    UserStore,
    RealmEditing,
    DeliveryQueue,
    UnitOfWork,
    Clock,
  ]),
  wire(SessionKindLists, [SessionLists, SessionAdministration, UserStore, ClientStore, Clock]),
  wire(ServiceAccounts, [UserStore, RoleStore, Clock]),
  wire(ClientAdministration, [
    ClientStore,
    ClientScopeStore,
    FlowBindingService,
    ServiceAccounts,
    SessionAdministration,
    Sealer,
    UnitOfWork,
    Clock,
  ]),
  wire(PushAdministration, [ClientAdministration, ClientStore, AdminPushes, Clock]),
  wire(ClientCertificates, [ClientAdministration, Clock]),
  wire(ClientInstallation, [ClientAdministration, ClientScopeStore, RoleStore]),
  wire(ClientRegistrationTokens, [ClientAdministration, RealmJwt, Clock]),
  wire(ExampleTokens, [ClaimsSource, Clock]),
  wire(ScopeEvaluation, [
    ClientAdministration,
    ClientStore,
    ClientScopeStore,
    RoleStore,
    RoleAdministration,
    UserStore,
    ExampleTokens,
  ]),
  wire(ClientScopeAdministration, [ClientScopeStore, UnitOfWork]),
  wire(ProtocolMapperAdministration, [ClientAdministration, ClientScopeAdministration]),
  wire(PersonalTraces, [EventStore, AdminEventStore, DeliveryStore]),
  wire(UserAdministration, [
    UserStore,
    UserService,
    RoleStore,
    GroupStore,
    PasswordHasher,
    BruteForceGuard,
    SessionAdministration,
    PersonalTraces,
    Sealer,
    UnitOfWork,
    Clock,
  ]),
  wire(UserProfileAdministration, [RealmEditing]),
  wire(UserMails, [ClientStore, ActionMails, Mailer]),
  wire(ConsentAdministration, [UserConsentStore, SessionService, ClientStore, ClientScopeStore, ConsentRevocation]),
  wire(CredentialAdministration, [UserStore, UnitOfWork]),
  wire(RoleAdministration, [RoleStore, ClientStore, UnitOfWork]),
  wire(RoleMappings, [RoleStore, RoleAdministration, ClientStore, UserStore, GroupStore, UnitOfWork]),
  wire(ScopeMappings, [RoleStore, RoleAdministration, ClientStore, ClientAdministration, ClientScopeAdministration]),
  wire(ClientRoleLists, [RoleStore, ClientStore, RoleAdministration, RoleMappings, ScopeMappings]),
  wire(GroupAdministration, [GroupStore, RoleStore, ClientStore, UnitOfWork]),
  wire(FlowSimulation, [
    FlowProofs,
    Rehearsal,
    RealmStore,
    ClientStore,
    UserStore,
    RequiredActions,
    BruteForceGuard,
    SessionStore,
    Consents,
    Memberships,
    JoinedLimits,
    Clock,
  ]),
  wire(FlowUseLists, [FlowService, ClientStore]),
  wire(FlowFileAdministration, [FlowStore, FlowEditing, AuthenticatorRegistry]),
  wire(FlowRecovery, [FlowFiles, FlowEditing, FlowBindingService, RealmEditing, ClientStore, UnitOfWork]),
  wire(AdminRecovery, [
    UserStore,
    UserService,
    RoleStore,
    ClientStore,
    LoginFailureStore,
    RealmEditing,
    FlowRecovery,
    UnitOfWork,
    Clock,
  ]),
  wire(LimitDoors, [FlowResolution, CompiledFlows, FlowProofs, AuthenticatorRegistry]),
  wire(LimitAdministration, [LimitDoors, ClientStore, UserStore, LimitedSessionReader, JoinedLimits, Clock]),
];
