import { AuthenticatorRegistry } from '../engine/index.js';
import { FlowBindingService } from '../flows/flow-bindings.js';
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
import { wire } from './wire.js';

/** Reads and checks the flow files, so that a server with a broken one does not start. */
async function planner(
  { settings, logger }: Ground,
  ...[registry, keys, hasher, sealer, clock]: readonly [AuthenticatorRegistry, RealmKeys, PasswordHasher, Sealer, Clock]
): Promise<RealmPlanner> {
  const { files, warnings } = await loadFlowFiles(settings.flows ?? projectFile('flows'), registry);
  if (warnings.length > 0)
    logger.warn(
      { warnings: [...new Set(warnings.map(({ message }) => message))] },
      'The flow files can be used; this is worth knowing of them',
    );
  return new RealmPlanner(files, registry, keys, hasher, sealer, clock);
}

/** New realms and realm files. */
export const realmFiles = (ground: Ground): Provider[] => [
  {
    provide: RealmPlanner,
    useFactory: (...parts: [AuthenticatorRegistry, RealmKeys, PasswordHasher, Sealer, Clock]) =>
      planner(ground, ...parts),
    inject: [AuthenticatorRegistry, RealmKeys, PasswordHasher, Sealer, Clock],
  },
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
  wire(Bootstrap, [RealmStore, RealmImport]),
];
