import { isDeepStrictEqual } from 'node:util';
import { FlowFileSubflow, type FlowFile, type FlowFileExecution } from '../flows/flow-file.js';
import { rowsOfFile } from '../flows/built-in-flows.js';
import { flowByAlias } from '../flows/flow-catalog.js';
import type { FlowEditing } from '../flows/flow-editing.js';
import type { FlowBindingService } from '../flows/flow-bindings.js';
import type { FlowFiles } from '../flows/flow-files.js';
import { placeFlowFile } from '../flows/flow-file-placing.js';
import { toFlowFile } from '../flows/flow-file-writing.js';
import type { FlowCatalog } from '../flows/stored-flow.js';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import type { ClientStore } from '../realm/client.js';
import type { BindingField, Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { RealmEditing } from './realm-editing.js';

const SUFFIX = ' (recovered)';

/** What a recovery of flows did: each place with the flow that runs there now. */
export interface RecoveredFlows {
  readonly bindings: readonly { readonly field: BindingField; readonly flow: string }[];
  /** Clients that had flows of their own and now take the realm's. */
  readonly clients: readonly string[];
}

/** Brings the flows of a realm back to those with which it began. */
export class FlowRecovery {
  constructor(
    private readonly flowFiles: FlowFiles,
    private readonly flowEditing: FlowEditing,
    private readonly bindings: FlowBindingService,
    private readonly realmEditing: RealmEditing,
    private readonly clients: ClientStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Binds the built-in flows again. Where somebody changed one, a fresh copy is made beside it and bound instead, so that nothing of
   * anybody's work is lost.
   * @param fields which bindings; all that a built-in flow belongs to unless given
   * @param clientIds whose flow overrides are taken away
   */
  reset(realm: Realm, fields?: readonly BindingField[], clientIds: readonly string[] = []): Promise<RecoveredFlows> {
    return this.unitOfWork.run(async () => {
      const bound: { field: BindingField; flow: string }[] = [];
      for (const file of this.flowFiles.files) {
        const field = file.bindsTo;
        if (field === undefined || (fields && !fields.includes(field))) continue;
        bound.push({ field, flow: await this.freshFlow(realm, file) });
      }
      await this.realmEditing.change(realm.id, async (current) => ({
        ...current,
        bindings: await this.bindings.changeBindings(
          current,
          Object.fromEntries(bound.map(({ field, flow }) => [field, flow])),
        ),
      }));
      return { bindings: bound, clients: await this.clearOverrides(realm, clientIds) };
    });
  }

  /** Takes the flow overrides of clients away: they then take the realm's flows. @returns those that had some */
  async clearOverrides(realm: Realm, clientIds: readonly string[]): Promise<readonly string[]> {
    return this.unitOfWork.run(async () => {
      const cleared: string[] = [];
      for (const clientId of clientIds) {
        const client = await this.clients.byClientId(realm.id, clientId);
        if (!client || Object.keys(client.flowOverrides).length === 0) continue;
        await this.clients.update({ ...client, flowOverrides: {} });
        cleared.push(clientId);
      }
      return cleared;
    });
  }

  /** Alias of a flow that is as the file says. */
  private async freshFlow(realm: Realm, file: FlowFile): Promise<string> {
    const placing = { realmId: realm.id, master: realm.name === ADMIN_REALM, replace: true };
    const result = await this.flowEditing.edit(realm.id, (catalog) => {
      if (isAsShipped(catalog, file, placing.master)) return { catalog, result: file.alias };
      const taken = flowByAlias(catalog, file.alias) !== undefined;
      const fresh = taken ? renamed(file) : file;
      return { catalog: placeFlowFile(catalog, fresh, placing, newId).catalog, result: fresh.alias };
    });
    return result;
  }
}

function isAsShipped(catalog: FlowCatalog, file: FlowFile, master: boolean): boolean {
  const stored = flowByAlias(catalog, file.alias);
  const shipped = rowsOfFile(file, { realmId: '', master, position: 0 }, newId);
  const [flow] = shipped.flows;
  if (!stored?.topLevel || !flow) return false;
  return isDeepStrictEqual(steps(toFlowFile(catalog, stored)), steps(toFlowFile(shipped, flow)));
}

/** What runs, without words: a flow that came with a realm file describes its sub-flows in words of its own. */
const steps = ({ executions }: JsonObject): unknown =>
  JSON.parse(
    JSON.stringify(executions, (member, value: unknown) => (member === 'description' ? undefined : value)),
  ) as unknown;

/** Aliases are unique in a realm, those of sub-flows and configs too. */
function renamed(file: FlowFile): FlowFile {
  const rename = (executions: readonly FlowFileExecution[]): readonly FlowFileExecution[] =>
    executions.map((execution) => {
      if (!(execution instanceof FlowFileSubflow)) return execution;
      const flow = { ...execution.flow, alias: execution.flow.alias + SUFFIX };
      return Object.assign(new FlowFileSubflow(), execution, { flow, executions: rename(execution.executions) });
    });
  return { ...file, alias: file.alias + SUFFIX, executions: rename(file.executions) };
}
