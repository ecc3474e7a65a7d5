import type { Client } from '../realm/client.js';
import type { BindingField, FlowBindings, Realm } from '../realm/realm.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { BindCheck } from './bind-check.js';
import type { EditOrigins } from './edit-origin.js';
import { definitionOf, flowByAlias, flowById } from './flow-catalog.js';
import { flowErrors } from './flow-errors.js';
import type { FlowPublishing } from './flow-publishing.js';
import { BINDING_FIELDS, isOverrideKey, type BindingPlace } from './flow-uses.js';
import type { BindingChange, PendingBindings } from './pending-bindings.js';
import type { FlowCatalog, FlowStore, StoredFlow } from './stored-flow.js';

/**
 * Says which flows a realm or a client may use. Call it in the unit of work that stores the answer: it holds the edit lock until
 * that ends, so that no edit slips in between the check and the binding.
 */
export class FlowBindingService {
  constructor(
    private readonly store: FlowStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly publishing: FlowPublishing,
    private readonly check: BindCheck,
    private readonly origins: EditOrigins,
    private readonly pending: Pick<PendingBindings, 'changed'>,
  ) {}

  /**
   * Bindings of a realm after a change. Members that are absent or name the flow they name already stay unchecked, so that an
   * old binding never stands in the way of another change. The heads of newly bound flows run from now on.
   *
   * @param aliases by member, as the realm's representation has them
   * @throws InvalidInputError `binding_refused`, naming the member, the flow and the reason
   */
  async changeBindings(
    realm: Pick<Realm, 'id' | 'bindings'>,
    aliases: Readonly<Partial<Record<BindingField, string | undefined>>>,
  ): Promise<FlowBindings> {
    return this.underLock(realm.id, async (catalog) => {
      const bindings: Partial<Record<BindingField, string>> = { ...realm.bindings };
      for (const field of BINDING_FIELDS) {
        const alias = aliases[field];
        if (alias === undefined || flowById(catalog, realm.bindings[field])?.alias === alias) continue;
        const flow = flowByAlias(catalog, alias);
        if (flow === undefined) throw flowErrors.bindingRefused(field, `${field}: there is no flow "${alias}"`);
        await this.bind(catalog, { realmId: realm.id, field }, flow);
        await this.settle({ realmId: realm.id, field }, realm.bindings[field], flow.id);
        bindings[field] = flow.id;
      }
      return bindings;
    });
  }

  /**
   * Overrides of a client after a change: null or a blank id clears a key, an absent key stays (engine reference, section 5). A key
   * that no login asks for is kept, as long as the flow exists. Keys that name the flow they name already stay unchecked.
   *
   * @param client as it is; of a new one, its name and no overrides
   * @param changes by key, flow ids
   * @throws InvalidInputError `binding_refused`, naming the key, the flow and the reason
   */
  validateOverrides(
    realmId: string,
    client: Pick<Client, 'id' | 'clientId' | 'flowOverrides'>,
    changes: Readonly<Record<string, string | null | undefined>>,
  ): Promise<Client['flowOverrides']> {
    return this.underLock(realmId, async (catalog) => {
      const overrides = new Map(Object.entries(client.flowOverrides));
      for (const [key, id] of Object.entries(changes)) {
        if (id === undefined || id === overrides.get(key)) continue;
        const settle = (after: string | undefined): Promise<void> | false =>
          isOverrideKey(key) && this.settle({ realmId, field: key, clientId: client.id }, overrides.get(key), after);
        if (id === null || id.trim() === '') {
          await settle(undefined);
          overrides.delete(key);
          continue;
        }
        const flow = flowById(catalog, id);
        if (flow === undefined) throw flowErrors.bindingRefused(key, `${key}: there is no flow with the id "${id}"`);
        if (isOverrideKey(key)) await this.bind(catalog, { realmId, field: key, clientId: client.clientId }, flow);
        await settle(id);
        overrides.set(key, id);
      }
      return Object.fromEntries(overrides);
    });
  }

  /**
   * What the check says of the bindings with which a realm came. They are kept: there is none of before to run in their place, and what
   * cannot work denies its logins with a clear error. Under the strict guard they are refused. Call it where the realm is stored.
   *
   * @returns a sentence for each place
   * @throws InvalidInputError `binding_refused`, under the strict guard
   */
  async reviewImported(
    { id: realmId, bindings }: Pick<Realm, 'id' | 'bindings'>,
    clients: readonly Pick<Client, 'clientId' | 'flowOverrides'>[],
    catalog: FlowCatalog,
  ): Promise<readonly string[]> {
    const places = [
      ...BINDING_FIELDS.map((field) => ({ place: { realmId, field }, flowId: bindings[field] })),
      ...clients.flatMap(({ clientId, flowOverrides }) =>
        Object.entries(flowOverrides).flatMap(([field, flowId]) =>
          isOverrideKey(field) ? [{ place: { realmId, field, clientId }, flowId }] : [],
        ),
      ),
    ];
    const sentences: string[] = [];
    for (const { place, flowId } of places) {
      const flow = flowById(catalog, flowId);
      const definition = flow && definitionOf(catalog, flow.id);
      if (!definition) continue;
      const reason =
        (await this.check.problem(place, flow, definition))?.message ?? this.check.warning(place, definition);
      if (reason === undefined) continue;
      const where = 'clientId' in place ? `${place.field} of client "${place.clientId}"` : place.field;
      const sentence = `${where}: flow "${flow.alias}" ${this.check.isStrict ? 'cannot be' : 'is'} bound. ${reason}`;
      if (this.check.isStrict) throw flowErrors.bindingRefused(place.field, sentence);
      this.origins.note({
        path: `authentication/flows/${encodeURIComponent(flow.alias)}`,
        operation: 'ACTION',
        detail: { boundTo: where, warning: reason },
        warning: sentence,
      });
      sentences.push(sentence);
    }
    return sentences;
  }

  /** Checks a flow for its place and lets its head run. */
  private async bind(catalog: FlowCatalog, place: BindingPlace, flow: StoredFlow): Promise<void> {
    const definition = definitionOf(catalog, flow.id);
    const problem = definition && (await this.check.problem(place, flow, definition));
    if (problem !== undefined) {
      const reason = problem.path === '$' ? problem.message : `${problem.message} (${problem.path})`;
      throw flowErrors.bindingRefused(place.field, `${place.field}: flow "${flow.alias}" cannot be bound. ${reason}`);
    }
    const warning = definition && this.check.warning(place, definition);
    if (warning !== undefined) this.warn(place, flow, warning);
    await this.publishing.publishHead(catalog, flow);
  }

  /** A place on trial is settled by a change, or goes on trial by it. */
  private settle(
    place: Pick<BindingChange, 'realmId' | 'field' | 'clientId'>,
    flowBefore: string | undefined,
    flowAfter: string | undefined,
  ): Promise<void> | false {
    if (flowBefore === flowAfter) return false;
    return this.pending.changed({
      ...place,
      ...(flowBefore !== undefined && { flowBefore }),
      ...(flowAfter !== undefined && { flowAfter }),
    });
  }

  private warn({ field, clientId }: BindingPlace, { alias }: StoredFlow, warning: string): void {
    this.origins.note({
      path: `authentication/flows/${encodeURIComponent(alias)}`,
      operation: 'ACTION',
      detail: { boundTo: field, ...(clientId !== undefined && { client: clientId }), warning },
      warning: `${field}: flow "${alias}" is bound. ${warning}`,
    });
  }

  private underLock<T>(realmId: string, work: (catalog: FlowCatalog) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async () => {
      await this.store.lockForEdit(realmId);
      return work(await this.store.catalog(realmId));
    });
  }
}
