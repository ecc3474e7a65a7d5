import { randomInt } from 'node:crypto';
import {
  FlowStore,
  type FlowCatalog,
  type FlowRevision,
  type FlowVersion,
  type NewRevision,
  type StoredConfig,
  type StoredExecution,
  type StoredFlow,
} from '../flows/stored-flow.js';
import { ConflictError } from '../shared/errors.js';
import { bigint, boolean, integer, json, key, nullable, tableOf, text, varchar } from './columns.js';
import type { Database } from './database.js';
import { FlowCatalogs } from './flow-catalogs.js';
import { Table } from './table.js';

export const flowTable = tableOf<StoredFlow>('flow', {
  realmId: key(),
  id: key(),
  alias: varchar(),
  description: text(),
  providerId: varchar(),
  topLevel: boolean(),
  builtIn: boolean(),
  runningHash: nullable(varchar()),
  position: integer(),
});
export const executionTable = tableOf<StoredExecution>('flow_execution', {
  realmId: key(),
  id: key(),
  parentFlowId: varchar(),
  requirement: varchar(),
  priority: integer(),
  authenticator: nullable(varchar()),
  flowId: nullable(varchar()),
  configId: nullable(varchar()),
});
export const configTable = tableOf<StoredConfig>('flow_config', {
  realmId: key(),
  id: key(),
  alias: varchar(),
  values: json(),
});
export const flowVersionTable = tableOf<FlowVersion>('flow_version', {
  realmId: key(),
  hash: key(),
  flowId: varchar(),
  definition: json(),
  createdAt: bigint(),
});
export const flowRevisionTable = tableOf<FlowRevision>('flow_revision', {
  realmId: key(),
  flowId: key(),
  number: { ...integer(), primary: true },
  hash: varchar(),
  at: bigint(),
  editorId: nullable(varchar()),
  editorName: nullable(varchar()),
  content: json(),
});
/** One row per realm: whoever edits its flows locks it, and counts it up. */
export const flowCatalogTable = tableOf<{ realmId: string; version: number }>('flow_catalog', {
  realmId: key(),
  version: bigint(),
});

const LOCK = `
INSERT INTO flow_catalog (realm_id, version) VALUES ($1, $2)
ON CONFLICT (realm_id) DO UPDATE SET version = flow_catalog.version + 1 RETURNING version`;
/** A realm begins with any version: one that is made again under its old id is never taken for the old one. */
const FIRST_VERSIONS = 2 ** 47;

/** The number is one more than the last in the same statement: 1 where there is none. PostgreSQL would take `$1` for two types without a cast. */
const APPEND_REVISION = `
INSERT INTO flow_revision (realm_id, flow_id, number, hash, at, editor_id, editor_name, content)
SELECT CAST($1 AS varchar), CAST($2 AS varchar), COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6, $7
FROM flow_revision WHERE realm_id = $1 AND flow_id = $2`;

export class TypeOrmFlowStore extends FlowStore {
  private readonly flows: Table<StoredFlow>;
  /** For whole catalogs, whose parts must be of one version. */
  private readonly storedFlows: Table<StoredFlow>;
  private readonly executions: Table<StoredExecution>;
  private readonly configs: Table<StoredConfig>;
  private readonly versions: Table<FlowVersion>;
  private readonly flowRevisions: Table<FlowRevision>;
  private readonly catalogs: FlowCatalogs;

  constructor(private readonly database: Database) {
    super();
    this.flows = new Table(
      database,
      flowTable,
      ({ alias }) => new ConflictError('flow_alias_taken', `Flow ${alias} already exists`),
      database.flowCache,
    );
    this.storedFlows = new Table(database, flowTable);
    this.executions = new Table(database, executionTable);
    this.configs = new Table(database, configTable);
    this.versions = new Table(database, flowVersionTable);
    this.flowRevisions = new Table(database, flowRevisionTable);
    this.catalogs = new FlowCatalogs(database);
  }

  override catalog(realmId: string): Promise<FlowCatalog> {
    return this.catalogs.of(realmId, async () => ({
      flows: await this.storedFlows.many({ realmId }),
      executions: await this.executions.many({ realmId }),
      configs: await this.configs.many({ realmId }),
    }));
  }

  override async lockForEdit(realmId: string): Promise<void> {
    if (this.catalogs.isLocked(realmId)) return;
    const { rows } = await this.database.execute(LOCK, [realmId, randomInt(FIRST_VERSIONS)]);
    this.catalogs.locked(realmId, Number(rows[0]?.['version']));
  }

  override flow(realmId: string, id: string): Promise<StoredFlow | undefined> {
    return this.flows.one({ realmId, id });
  }

  override async insertFlows(flows: readonly StoredFlow[]): Promise<void> {
    await this.flows.insertMany(flows);
    for (const flow of flows) this.catalogs.wrote('flows', flow.realmId, flow.id, flow);
  }

  override async updateFlow(flow: StoredFlow): Promise<void> {
    const { realmId, id } = flow;
    if ((await this.flows.update({ realmId, id }, flow)) > 0) this.catalogs.wrote('flows', realmId, id, flow);
  }

  override async deleteFlows(realmId: string, ids: readonly string[]): Promise<void> {
    await this.flows.deleteMany({ realmId }, 'id', ids);
    for (const id of ids) this.catalogs.wrote('flows', realmId, id, undefined);
  }

  override async insertExecutions(executions: readonly StoredExecution[]): Promise<void> {
    await this.executions.insertMany(executions);
    for (const execution of executions) this.catalogs.wrote('executions', execution.realmId, execution.id, execution);
  }

  override async updateExecution(execution: StoredExecution): Promise<void> {
    const { realmId, id } = execution;
    if ((await this.executions.update({ realmId, id }, execution)) > 0)
      this.catalogs.wrote('executions', realmId, id, execution);
  }

  override async deleteExecutions(realmId: string, ids: readonly string[]): Promise<void> {
    await this.executions.deleteMany({ realmId }, 'id', ids);
    for (const id of ids) this.catalogs.wrote('executions', realmId, id, undefined);
  }

  override async insertConfigs(configs: readonly StoredConfig[]): Promise<void> {
    await this.configs.insertMany(configs);
    for (const config of configs) this.catalogs.wrote('configs', config.realmId, config.id, config);
  }

  override async updateConfig(config: StoredConfig): Promise<void> {
    const { realmId, id } = config;
    if ((await this.configs.update({ realmId, id }, config)) > 0) this.catalogs.wrote('configs', realmId, id, config);
  }

  override async deleteConfigs(realmId: string, ids: readonly string[]): Promise<void> {
    await this.configs.deleteMany({ realmId }, 'id', ids);
    for (const id of ids) this.catalogs.wrote('configs', realmId, id, undefined);
  }

  override async configOfExecution(
    realmId: string,
    executionId: string,
  ): Promise<{ readonly config: StoredConfig | undefined } | undefined> {
    const execution = await this.executions.one({ realmId, id: executionId });
    if (!execution) return undefined;
    return {
      config:
        execution.configId === undefined ? undefined : await this.configs.one({ realmId, id: execution.configId }),
    };
  }

  override async saveVersion(version: FlowVersion): Promise<void> {
    await this.versions.insertNew(version);
  }

  override version(realmId: string, hash: string): Promise<FlowVersion | undefined> {
    return this.versions.one({ realmId, hash });
  }

  override async appendRevision(revision: NewRevision, origin?: () => NewRevision): Promise<void> {
    const { realmId, flowId, hash, at, editorId, editorName, content } = revision;
    const { affected } = await this.database.execute(
      origin ? `${APPEND_REVISION} HAVING MAX(number) IS NOT NULL` : APPEND_REVISION,
      [realmId, flowId, hash, at, editorId ?? null, editorName ?? null, JSON.stringify(content)],
    );
    if (affected === 0 && origin)
      await this.flowRevisions.insertMany([
        { ...origin(), number: 1 },
        { ...revision, number: 2 },
      ]);
  }

  override revisions(
    realmId: string,
    flowId: string,
    page: { readonly first: number; readonly max: number },
  ): Promise<readonly FlowRevision[]> {
    return this.flowRevisions.many({ realmId, flowId }, { order: { number: 'DESC' }, ...page });
  }

  override revision(realmId: string, flowId: string, number: number): Promise<FlowRevision | undefined> {
    return this.flowRevisions.one({ realmId, flowId, number });
  }
}
