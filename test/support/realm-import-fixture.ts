import { createAuthenticatorRegistry } from '../../src/authenticators/index.js';
import type { AuthenticatorPorts } from '../../src/authenticators/ports.js';
import type { AuthenticatorRegistry } from '../../src/engine/index.js';
import { loadFlowFiles } from '../../src/flows/flow-loader.js';
import type { Stores } from '../../src/persistence/stores.js';
import { Bootstrap } from '../../src/realm-files/bootstrap.js';
import { MasterAdministration } from '../../src/realm-files/master-administration.js';
import { RealmExport } from '../../src/realm-files/realm-export.js';
import { RealmImport } from '../../src/realm-files/realm-import.js';
import { RealmPlanner } from '../../src/realm-files/realm-planner.js';
import { RealmWriter } from '../../src/realm-files/realm-writer.js';
import { PasswordHasher } from '../../src/realm/password-hasher.js';
import { AesSealer } from '../../src/shared/aes-sealer.js';
import { SystemClock } from '../../src/shared/clock.js';
import { RealmKeys } from '../../src/tokens/signing-keys.js';

export interface RealmImportParts {
  readonly realmImport: RealmImport;
  readonly realmExport: RealmExport;
  readonly masterAdministration: MasterAdministration;
  readonly bootstrap: Bootstrap;
  readonly sealer: AesSealer;
  readonly hasher: PasswordHasher;
  readonly registry: AuthenticatorRegistry;
}

/** No step is run here, so nobody can say who could finish a flow; test/e2e/flow-safety does. */
const NO_REVIEW = { reviewImported: () => Promise.resolve([]) };

/** The import with everything behind it real, on the given stores. */
export async function realmImportOn(stores: Stores): Promise<RealmImportParts> {
  const clock = new SystemClock();
  const sealer = new AesSealer('11'.repeat(32));
  const hasher = new PasswordHasher();
  // Nothing is run here: the authenticators are only described.
  const registry = createAuthenticatorRegistry({} as Omit<AuthenticatorPorts, 'isConfigured'>);
  const { files } = await loadFlowFiles('flows', registry);
  const keys = new RealmKeys(stores.realmKeys, sealer, stores.unitOfWork, clock);
  const planner = new RealmPlanner(files, registry, keys, hasher, sealer, clock);
  const { realms, flows, clientScopes, clients, roles, groups, users, userConsents } = stores;
  const writer = new RealmWriter(realms, flows, clientScopes, clients, roles, groups, users, userConsents, keys);
  const masterAdministration = new MasterAdministration(realms, clients, roles);
  const realmImport = new RealmImport(realms, planner, writer, masterAdministration, NO_REVIEW, stores.unitOfWork);
  const realmExport = new RealmExport(
    ...([flows, clientScopes, clients, roles, groups, users] as const),
    ...([stores.userRecords, stores.realmKeys, sealer, clock] as const),
  );
  return {
    realmImport,
    realmExport,
    masterAdministration,
    bootstrap: new Bootstrap(realms, realmImport),
    sealer,
    hasher,
    registry,
  };
}
