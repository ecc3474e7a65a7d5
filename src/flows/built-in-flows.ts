import type { BindingField } from '../realm/realm.js';
import type { IdMaker } from './edited.js';
import { EMPTY_CATALOG, flowByAlias } from './flow-catalog.js';
import { nextPosition } from './flow-edits.js';
import { FlowFileSubflow } from './flow-file.js';
import type { FlowFile, FlowFileExecution, FlowFileStep } from './flow-file.js';
import type { FlowCatalog, StoredExecution, StoredFlow } from './stored-flow.js';

/** The realm for which flows are made. */
export interface BuiltInFlowsTarget {
  readonly realmId: string;
  /** The realm of the server's own admins gets no organization flows. */
  readonly master: boolean;
  /** What the realm has already: a file is skipped when a flow of its alias is among them. */
  readonly existing?: FlowCatalog;
}

/** Rows to insert, and what the realm's members shall name. */
export interface BuiltInFlows {
  readonly catalog: FlowCatalog;
  readonly bindings: Readonly<Partial<Record<BindingField, string>>>;
}

/**
 * The flows with which a realm begins, as rows with new ids, in the order that the files state. Flows that the realm has under
 * the same alias are left alone and bound in place of the file's.
 */
export function builtInFlows(files: readonly FlowFile[], target: BuiltInFlowsTarget, newId: IdMaker): BuiltInFlows {
  const existing = target.existing ?? EMPTY_CATALOG;
  const bindings: Partial<Record<BindingField, string>> = {};
  let position = nextPosition(existing);
  let catalog = EMPTY_CATALOG;
  for (const file of files.toSorted((a, b) => a.order - b.order)) {
    const present = flowByAlias(existing, file.alias);
    const rows = present ? EMPTY_CATALOG : rowsOfFile(file, { ...target, position }, newId);
    catalog = merge(catalog, rows);
    position += rows.flows.length;
    const flow = present ?? flowByAlias(rows, file.alias);
    if (file.bindsTo !== undefined && flow !== undefined) bindings[file.bindsTo] = flow.id;
  }
  return { catalog, bindings };
}

/** Where and for whom the rows of one file are made. */
export interface FileRowsTarget extends Pick<BuiltInFlowsTarget, 'realmId' | 'master'> {
  /** Place of the first flow among the realm's flows; its sub-flows follow it. */
  readonly position: number;
}

/** One file as rows with new ids: the top-level flow first. */
export function rowsOfFile(file: FlowFile, target: FileRowsTarget, newId: IdMaker): FlowCatalog {
  return new RowMaker(target, newId).make(file);
}

class RowMaker {
  private readonly flows: StoredFlow[] = [];
  private readonly executions: StoredExecution[] = [];
  private readonly configs: FlowCatalog['configs'][number][] = [];

  constructor(
    private readonly target: FileRowsTarget,
    private readonly newId: IdMaker,
  ) {}

  make(file: FlowFile): FlowCatalog {
    const flow = this.addFlow(file, true);
    this.addExecutions(flow.id, file.executions);
    return { flows: this.flows, executions: this.executions, configs: this.configs };
  }

  private addFlow(head: Pick<FlowFile, 'alias' | 'providerId'> & { readonly description?: string }, topLevel: boolean) {
    const flow: StoredFlow = {
      id: this.newId(),
      realmId: this.target.realmId,
      alias: head.alias,
      description: head.description ?? '',
      providerId: head.providerId,
      topLevel,
      builtIn: true,
      position: this.target.position + this.flows.length,
    };
    this.flows.push(flow);
    return flow;
  }

  private addExecutions(parentFlowId: string, executions: readonly FlowFileExecution[]): void {
    for (const execution of executions) {
      if (execution.notInMaster === true && this.target.master) continue;
      this.executions.push({
        id: this.newId(),
        realmId: this.target.realmId,
        parentFlowId,
        requirement: execution.requirement,
        priority: execution.priority,
        ...(execution instanceof FlowFileSubflow ? this.addSubflow(execution) : this.addStep(execution)),
      });
    }
  }

  private addSubflow({ flow: head, executions }: FlowFileSubflow) {
    const flow = this.addFlow(head, false);
    this.addExecutions(flow.id, executions);
    return { flowId: flow.id, ...(head.formProvider !== undefined && { authenticator: head.formProvider }) };
  }

  private addStep({ authenticator, config }: FlowFileStep) {
    if (config === undefined) return { authenticator };
    const row = { id: this.newId(), realmId: this.target.realmId, alias: config.alias, values: config.config };
    this.configs.push(row);
    return { authenticator, configId: row.id };
  }
}

const merge = (a: FlowCatalog, b: FlowCatalog): FlowCatalog => ({
  flows: [...a.flows, ...b.flows],
  executions: [...a.executions, ...b.executions],
  configs: [...a.configs, ...b.configs],
});
