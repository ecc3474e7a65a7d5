import type { AuthenticatorRegistry } from '../engine/index.js';
import { flowByAlias } from '../flows/flow-catalog.js';
import type { FlowEditing } from '../flows/flow-editing.js';
import { flowErrors } from '../flows/flow-errors.js';
import { placeFlowFile } from '../flows/flow-file-placing.js';
import { verifyFlowFile, type FlowFileVerdict } from '../flows/flow-file-proof.js';
import { toFlowFile } from '../flows/flow-file-writing.js';
import { BINDING_FIELDS } from '../flows/flow-uses.js';
import type { FlowStore } from '../flows/stored-flow.js';
import { ADMIN_REALM } from '../realm/admin-realm.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { newId } from '../shared/secrets.js';

/** Single flows as files, in the form of `flows/`. */
export class FlowFileAdministration {
  constructor(
    private readonly store: FlowStore,
    private readonly editing: FlowEditing,
    private readonly registry: AuthenticatorRegistry,
  ) {}

  /** The flow as it is edited now. @throws NotFoundError `flow_unknown` */
  async export(realm: Realm, alias: string): Promise<JsonObject> {
    const catalog = await this.store.catalog(realm.id);
    const flow = flowByAlias(catalog, alias);
    if (!flow?.topLevel) throw flowErrors.flowUnknown();
    return toFlowFile(
      catalog,
      flow,
      BINDING_FIELDS.find((field) => realm.bindings[field] === flow.id),
    );
  }

  /** What the checks say of a file. Never throws. */
  verify(name: string, text: string): FlowFileVerdict {
    return verifyFlowFile(name, text, this.registry);
  }

  /**
   * Puts the flow of a file into a realm; nothing is bound to it by that. A flow that is bound already goes on running its last passing
   * version when the new one could not be bound.
   * @param verdict of the file: one with errors is refused by whoever asks
   * @returns its id
   * @throws ConflictError `flow_alias_taken`
   */
  async import(realm: Realm, verdict: FlowFileVerdict, { replace }: { readonly replace: boolean }): Promise<string> {
    const { file } = verdict;
    if (file === undefined) throw new Error('A flow file with errors cannot be imported');
    const placing = { realmId: realm.id, master: realm.name === ADMIN_REALM, replace };
    const flow = await this.editing.edit(realm.id, (catalog) => placeFlowFile(catalog, file, placing, newId));
    return flow.id;
  }
}
