import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AuthenticatorRegistry, Rehearsal } from '../../src/engine/index.js';
import { AdminDoors } from '../../src/flows/admin-doors.js';
import { BindCheck } from '../../src/flows/bind-check.js';
import { FlowProofs } from '../../src/flows/flow-proofs.js';
import type { AuthenticatorDescriptor, ConfigReader, Requirement } from '../../src/engine/index.js';
import { builtInFlows } from '../../src/flows/built-in-flows.js';
import { BoundFlows } from '../../src/flows/bound-flows.js';
import { CompiledFlows } from '../../src/flows/compiled-flows.js';
import { ConfigService } from '../../src/flows/config-service.js';
import { ExecutionService } from '../../src/flows/execution-service.js';
import { FlowBindingService } from '../../src/flows/flow-bindings.js';
import { EMPTY_CATALOG, executionRows } from '../../src/flows/flow-catalog.js';
import { FlowCompiler } from '../../src/flows/flow-compiler.js';
import { FlowEditing } from '../../src/flows/flow-editing.js';
import type { FlowFile } from '../../src/flows/flow-file.js';
import { parseFlowFile } from '../../src/flows/flow-file-parser.js';
import { EditOrigins } from '../../src/flows/edit-origin.js';
import { FlowHistory } from '../../src/flows/flow-history.js';
import { FlowPublishing } from '../../src/flows/flow-publishing.js';
import { FlowService } from '../../src/flows/flow-service.js';
import { saveChanges } from '../../src/flows/catalog-changes.js';
import type { Client } from '../../src/realm/client.js';
import type { FlowBindings } from '../../src/realm/realm.js';
import { ManualClock } from '../../src/shared/clock.js';
import { newId } from '../../src/shared/secrets.js';
import { ConcurrentUnitOfWork, InMemoryFlowStore } from './fakes/flow-store.js';
import { InMemoryClientStore } from './fakes/in-memory-client-store.js';
import { InMemoryPendingBindingStore } from './fakes/in-memory-pending-binding-store.js';
import { InMemoryRealmStore } from './fakes/in-memory-realm-store.js';
import { InMemoryRoleStore } from './fakes/in-memory-role-store.js';
import { sampleClient, sampleRealm } from './fakes/sample-realm.js';

export const REALM_ID = 'realm-1';

/** Folder of the flows that the product ships. */
export const FLOWS_FOLDER = join(import.meta.dirname, '../../flows');

/** The shipped files, read without asking which providers exist. */
export const shippedFiles = (): readonly FlowFile[] =>
  readdirSync(FLOWS_FOLDER).map((name) => {
    const parsed = parseFlowFile(readFileSync(join(FLOWS_FOLDER, name), 'utf8'));
    if (parsed.kind === 'refused') throw new Error(`${name}: ${JSON.stringify(parsed.problems)}`);
    return parsed.file;
  });

const ANY: readonly Requirement[] = ['REQUIRED', 'ALTERNATIVE', 'DISABLED'];
const ON_OR_OFF: readonly Requirement[] = ['REQUIRED', 'DISABLED'];

/** Accepts numbers for `userRealmLimit`, and anything else anywhere. */
const limiterConfig: ConfigReader<object> = {
  properties: [
    { name: 'userRealmLimit', label: 'Realm limit', type: 'String' },
    { name: 'password', label: 'A secret', type: 'Password', secret: true },
  ],
  check: ({ userRealmLimit = '0' }) =>
    /^-?\d+$/.test(userRealmLimit) ? [] : [{ field: 'userRealmLimit', message: 'must be a whole number' }],
  read: () => ({}),
};

const provider = (
  id: string,
  requirements: readonly Requirement[],
  more: Partial<AuthenticatorDescriptor<unknown>> = {},
): AuthenticatorDescriptor<unknown> => ({
  id,
  title: id,
  help: '',
  kind: id.startsWith('conditional-') ? 'condition' : 'step',
  needsUser: false,
  requirements,
  create: () => ({ start: () => Promise.resolve({ kind: 'attempted' }) }),
  ...more,
});

/** Steps, a condition, a form action and a client authenticator that do nothing. */
export const testRegistry = (): AuthenticatorRegistry =>
  new AuthenticatorRegistry(
    [
      provider('auth-cookie', ANY),
      provider('auth-spnego', ANY, { available: false }),
      provider('auth-username-password-form', ['REQUIRED']),
      provider('auth-otp-form', ANY),
      provider('allow-access-authenticator', ANY),
      provider('conditional-user-configured', ON_OR_OFF),
      provider('user-session-limits', ON_OR_OFF, { config: limiterConfig }),
      provider('registration-user-creation', ON_OR_OFF),
      provider('client-secret', ANY),
    ].map((descriptor) => ({ descriptor, instance: descriptor.create(undefined) })),
  );

/** Every service of the feature over an in-memory store, with one realm and one client. */
export class FlowFixture {
  readonly unitOfWork = new ConcurrentUnitOfWork();
  readonly store = new InMemoryFlowStore(this.unitOfWork);
  readonly registry = testRegistry();
  private readonly compiler = new FlowCompiler(this.registry);
  readonly clock = new ManualClock();
  private readonly realms = new InMemoryRealmStore();
  private readonly clients = new InMemoryClientStore();
  readonly origins = new EditOrigins();
  private readonly check = new BindCheck(
    this.registry,
    this.compiler,
    new FlowProofs(this.store, this.registry, this.compiler),
    // The realm of the fixture has no administrators of its own.
    new AdminDoors(
      this.realms,
      this.clients,
      new InMemoryRoleStore(),
      new Rehearsal(this.registry, {
        credentialTypes: () => Promise.resolve([]),
        isActionEnabled: () => Promise.resolve(false),
      }),
    ),
    'normal',
  );
  private readonly bound = new BoundFlows(this.realms, this.clients, new InMemoryPendingBindingStore());
  readonly publishing = new FlowPublishing(this.store, this.bound, this.check, this.origins, this.clock);
  private readonly editing = new FlowEditing(this.store, this.unitOfWork, this.publishing);
  readonly flows = new FlowService(this.store, this.bound, this.editing);
  readonly executions = new ExecutionService(this.store, this.editing, this.registry);
  readonly configs = new ConfigService(this.store, this.editing, this.registry);
  readonly bindings = new FlowBindingService(this.store, this.unitOfWork, this.publishing, this.check, this.origins, {
    changed: () => Promise.resolve(),
  });
  readonly history = new FlowHistory(this.store, this.editing);
  readonly compiled = new CompiledFlows(this.store, this.compiler, this.unitOfWork, this.clock);

  /** Gives the realm the shipped flows, as a new realm has them. */
  async installBuiltIns(): Promise<void> {
    const { catalog, bindings } = builtInFlows(shippedFiles(), { realmId: REALM_ID, master: false }, newId);
    await this.unitOfWork.run(() => saveChanges(this.store, REALM_ID, EMPTY_CATALOG, catalog));
    await this.bindRealm(bindings);
  }

  /** Stores bindings of the realm without asking anybody. */
  async bindRealm(bindings: FlowBindings): Promise<void> {
    await this.realms.update({ ...sampleRealm(), id: REALM_ID, bindings });
  }

  /** Stores overrides of the client `app` without asking anybody. */
  async overrideClient(flowOverrides: Client['flowOverrides']): Promise<void> {
    await this.clients.delete(REALM_ID, 'client-1');
    await this.clients.insert(sampleClient({ realmId: REALM_ID, clientId: 'app', flowOverrides }));
  }

  /** Makes an empty top-level flow. */
  makeFlow(alias: string, providerId = 'basic-flow'): Promise<string> {
    return this.flows.create(REALM_ID, { alias, providerId, topLevel: true });
  }

  /** Adds a step and switches it on. */
  async addRequired(flowAlias: string, provider: string): Promise<string> {
    const id = await this.executions.addStep(REALM_ID, flowAlias, { provider });
    await this.require(flowAlias, id);
    return id;
  }

  /** Sets an execution REQUIRED where it stands. */
  async require(flowAlias: string, id: string): Promise<void> {
    const priority = this.store.executions.get(id)?.priority ?? 0;
    await this.executions.change(REALM_ID, flowAlias, { id, requirement: 'REQUIRED', priority });
  }

  /** The list of a flow's executions, one line each: indent by level, provider or alias, requirement, priority. */
  async outline(alias: string): Promise<readonly string[]> {
    const { flow, catalog } = await this.flows.getByAlias(REALM_ID, alias);
    return executionRows(catalog, flow.id).map(({ execution, level, index, subflow }) => {
      const name = subflow?.alias ?? execution.authenticator ?? '';
      return `${'  '.repeat(level)}${index} ${name} ${execution.requirement} ${execution.priority}`;
    });
  }
}
