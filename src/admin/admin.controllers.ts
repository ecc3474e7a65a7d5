import type { Type } from '@nestjs/common';
import { AdminEventsAdminController } from './admin-events.controller.js';
import { AttachedScopesAdminController } from './attached-scopes.controller.js';
import { AttackDetectionAdminController } from './attack-detection.controller.js';
import { AuthenticatorConfigAdminController } from './authenticator-config.controller.js';
import { AuthenticatorProvidersAdminController } from './authenticator-providers.controller.js';
import { AuthorizationServicesAdminController } from './authorization-services.controller.js';
import { ClientCertificatesAdminController } from './client-certificates.controller.js';
import { ClientInstallationAdminController } from './client-installation.controller.js';
import { EvaluateScopesAdminController } from './evaluate-scopes.controller.js';
import { FederatedIdentitiesAdminController } from './federated-identities.controller.js';
import { ClientScopesAdminController } from './client-scopes.controller.js';
import { ClientNodesAdminController } from './client-nodes.controller.js';
import { ClientSessionsAdminController } from './client-sessions.controller.js';
import { ClientsAdminController } from './clients.controller.js';
import { ComponentsAdminController } from './components.controller.js';
import { CompositeRolesAdminController } from './composite-roles.controller.js';
import { ConsoleFlowsAdminController } from './console-flows.controller.js';
import { ConsoleListsAdminController } from './console-lists.controller.js';
import { ConsoleRolesAdminController } from './console-roles.controller.js';
import { DeliveriesAdminController } from './deliveries.controller.js';
import { EventsAdminController } from './events.controller.js';
import { ExecutionsAdminController } from './executions.controller.js';
import { FlowHistoryAdminController } from './flow-history.controller.js';
import { FlowProofsAdminController } from './flow-proofs.controller.js';
import { FlowSimulationAdminController } from './flow-simulation.controller.js';
import { FlowsAdminController } from './flows.controller.js';
import { GroupByPathAdminController } from './group-by-path.controller.js';
import { GroupsAdminController } from './groups.controller.js';
import { LimitsAdminController } from './limits.controller.js';
import { PendingBindingsAdminController } from './pending-bindings.controller.js';
import { ManagementPermissionsAdminController, UserFeaturesAdminController } from './not-built.controller.js';
import { ProtocolMappersAdminController } from './protocol-mappers.controller.js';
import { RealmDefaultsAdminController } from './realm-defaults.controller.js';
import { RealmAdminController } from './realm.controller.js';
import { RealmFilesAdminController } from './realm-files.controller.js';
import { RealmMailAdminController } from './realm-mail.controller.js';
import { RealmsAdminController } from './realms.controller.js';
import { RequiredActionsAdminController } from './required-actions.controller.js';
import { RoleMappingsAdminController } from './role-mappings.controller.js';
import { RolesByIdAdminController } from './roles-by-id.controller.js';
import { RolesAdminController } from './roles.controller.js';
import { ScopeMappingsAdminController } from './scope-mappings.controller.js';
import { SessionsAdminController } from './sessions.controller.js';
import { TenantSessionsController } from './tenant-sessions.controller.js';
import { CachesAdminController } from './caches.controller.js';
import { IdentityProvidersAdminController } from './identity-providers.controller.js';
import { OrganizationsAdminController } from './organizations.controller.js';
import { WorkflowsAdminController } from './workflows.controller.js';
import { UserStorageAdminController } from './user-storage.controller.js';
import { RealmExtrasAdminController } from './realm-extras.controller.js';
import { LocalizationAdminController } from './localization.controller.js';
import { ServerInfoController } from './server-info.controller.js';
import { WhoAmIController } from './who-am-i.controller.js';
import { ClientPoliciesAdminController } from './client-policies.controller.js';
import { InitialAccessAdminController } from './initial-access.controller.js';
import { UnmatchedAdminController, UnmatchedRealmController } from './unmatched.controller.js';
import { UserConsentsAdminController } from './user-consents.controller.js';
import { UserCredentialsAdminController } from './user-credentials.controller.js';
import { UserGroupsAdminController } from './user-groups.controller.js';
import { UserMailsAdminController } from './user-mails.controller.js';
import { UserProfileAdminController } from './user-profile.controller.js';
import { UsersAdminController } from './users.controller.js';

/** Every controller of the Admin API. */
export const ADMIN_CONTROLLERS: readonly Type[] = [
  RealmsAdminController,
  RealmAdminController,
  RealmFilesAdminController,
  RealmDefaultsAdminController,
  RealmMailAdminController,
  SessionsAdminController,
  FlowsAdminController,
  FlowProofsAdminController,
  FlowSimulationAdminController,
  FlowHistoryAdminController,
  PendingBindingsAdminController,
  LimitsAdminController,
  ExecutionsAdminController,
  AuthenticatorConfigAdminController,
  AuthenticatorProvidersAdminController,
  RequiredActionsAdminController,
  ComponentsAdminController,
  ClientsAdminController,
  ClientSessionsAdminController,
  ClientNodesAdminController,
  ClientCertificatesAdminController,
  ClientInstallationAdminController,
  EvaluateScopesAdminController,
  AuthorizationServicesAdminController,
  ManagementPermissionsAdminController,
  AttachedScopesAdminController,
  ProtocolMappersAdminController,
  ScopeMappingsAdminController,
  ClientScopesAdminController,
  UserProfileAdminController,
  UsersAdminController,
  UserConsentsAdminController,
  FederatedIdentitiesAdminController,
  UserFeaturesAdminController,
  UserCredentialsAdminController,
  UserMailsAdminController,
  UserGroupsAdminController,
  RoleMappingsAdminController,
  RolesAdminController,
  CompositeRolesAdminController,
  RolesByIdAdminController,
  GroupsAdminController,
  GroupByPathAdminController,
  AttackDetectionAdminController,
  DeliveriesAdminController,
  EventsAdminController,
  AdminEventsAdminController,
  TenantSessionsController,
  CachesAdminController,
  IdentityProvidersAdminController,
  OrganizationsAdminController,
  WorkflowsAdminController,
  UserStorageAdminController,
  RealmExtrasAdminController,
  LocalizationAdminController,
  ServerInfoController,
  WhoAmIController,
  ClientPoliciesAdminController,
  InitialAccessAdminController,
  ConsoleFlowsAdminController,
  ConsoleListsAdminController,
  ConsoleRolesAdminController,
  UnmatchedRealmController,
  UnmatchedAdminController,
];
