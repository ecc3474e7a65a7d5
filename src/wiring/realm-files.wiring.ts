import { FlowBindingService } from '../flows/flow-bindings.js';
import { FlowPublishing } from '../flows/flow-publishing.js';
import { PartialImport } from '../realm-files/partial-import.js';
import { PasswordPreparation } from '../realm-files/password-preparation.js';
import { RealmUpdate } from '../realm-files/realm-update.js';
import { RealmUpdater } from '../realm-files/realm-updater.js';
import { UserUpdates } from '../realm-files/user-updates.js';
import { AuthenticatorRegistry } from '../engine/index.js';
import { FlowFiles } from '../flows/flow-files.js';
import { loadFlowFiles } from '../flows/flow-loader.js';
import { FlowStore } from '../flows/stored-flow.js';
import { projectFile } from '../infrastructure/project-files.js';
import { Bootstrap } from '../realm-files/bootstrap.js';
import { MasterAdministration } from '../realm-files/master-administration.js';
import { RealmExport } from '../realm-files/realm-export.js';
import { RealmImport } from '../realm-files/realm-import.js';
import { RealmPlanner } from '../realm-files/realm-planner.js';
import { RealmWriter } from '../realm-files/realm-writer.js';
import { ClientScopeStore } from '../realm/client-scope.js';
import { ClientStore } from '../realm/client.js';
import { GroupStore } from '../realm/group.js';
import { PasswordHasher } from '../realm/password-hasher.js';
import { RealmStore } from '../realm/realm.js';
import { RoleStore } from '../realm/role.js';
import { UserConsentStore } from '../realm/user-consent.js';
import { UserRecords } from '../realm/user-records.js';
import { UserStore } from '../realm/user.js';
import { Clock } from '../shared/clock.js';
import { Sealer } from '../shared/sealer.js';
import { UnitOfWork } from '../shared/unit-of-work.js';
import { RealmKeyStore } from '../tokens/signing-key.js';
import { RealmKeys } from '../tokens/signing-keys.js';
import type { Provider } from '@nestjs/common';
import type { Ground } from './ground.js';
import { make, wire } from './wire.js';

/** Reads and checks the flow files, so that a server with a broken one does not start. */
async function flowFiles({ settings, logger }: Ground, registry: AuthenticatorRegistry): Promise<FlowFiles> {
  const { files, warnings } = await loadFlowFiles(settings.flows ?? projectFile('flows'), registry);
  if (warnings.length > 0)
    logger.warn(
      { warnings: [...new Set(warnings.map(({ message }) => message))] },
      'The flow files can be used; this is worth knowing of them',
    );
  return new FlowFiles(files);
}

/** New realms and realm files. */
export const realmFiles = (ground: Ground): Provider[] => [
  {
    provide: FlowFiles,
    useFactory: (registry: AuthenticatorRegistry) => flowFiles(ground, registry),
    inject: [AuthenticatorRegistry],
  },
  make(
    RealmPlanner,
    [FlowFiles, AuthenticatorRegistry, RealmKeys, PasswordHasher, Sealer, Clock],
    ({ files }, ...parts) => new RealmPlanner(files, ...parts),
  ),
  wire(RealmWriter, [
    RealmStore,
    FlowStore,
    ClientScopeStore,
    ClientStore,
    RoleStore,
    GroupStore,
    UserStore,
    UserConsentStore,
    RealmKeys,
  ]),
  wire(RealmExport, [
    FlowStore,
    ClientScopeStore,
    ClientStore,
    RoleStore,
    GroupStore,
    UserStore,
    UserRecords,
    RealmKeyStore,
    Sealer,
    Clock,
  ]),
  wire(MasterAdministration, [RealmStore, ClientStore, RoleStore]),
  wire(RealmImport, [RealmStore, RealmPlanner, RealmWriter, MasterAdministration, FlowBindingService, UnitOfWork]),
  wire(RealmUpdater, [
    RealmStore,
    FlowStore,
    FlowPublishing,
    FlowBindingService,
    ClientScopeStore,
    ClientStore,
    RoleStore,
    GroupStore,
    RealmKeyStore,
    RealmKeys,
    Clock,
  ]),
  wire(UserUpdates, [UserStore, RoleStore, GroupStore, UserConsentStore]),
  wire(PasswordPreparation, [UserRecords, PasswordHasher, Sealer]),
  wire(RealmUpdate, [
    RealmStore,
    FlowStore,
    RealmExport,
    RealmPlanner,
    RealmUpdater,
    RealmWriter,
    UserUpdates,
    UserStore,
    UserRecords,
    PasswordPreparation,
    UnitOfWork,
    Sealer,
    Clock,
  ]),
  wire(PartialImport, [RealmUpdate, RealmExport, UserRecords]),
  wire(Bootstrap, [RealmStore, RealmImport]),
];
