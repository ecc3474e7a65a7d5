import type { UnitOfWork } from '../shared/unit-of-work.js';
import { saveChanges } from './catalog-changes.js';
import type { Edited } from './edited.js';
import type { FlowPublishing } from './flow-publishing.js';
import type { FlowCatalog, FlowStore } from './stored-flow.js';

/** A pure edit, or one that must ask something first; it throws an AppError to refuse. */
export type Edit<T> = (catalog: FlowCatalog) => Edited<T> | Promise<Edited<T>>;

/** The frame around every edit of a realm's flows: one at a time, whole or not at all, and published when it is done. */
export class FlowEditing {
  constructor(
    private readonly store: FlowStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly publishing: FlowPublishing,
  ) {}

  /**
   * Reads the flows of the realm under the edit lock, lets `edit` say what they become, writes the difference and publishes what
   * changed. Two editors queue; each sees what the other left.
   *
   * @returns the answer of `edit`
   * @throws AppError whatever `edit` throws; nothing is changed then
   */
  edit<T>(realmId: string, edit: Edit<T>): Promise<T> {
    return this.unitOfWork.run(async () => {
      await this.store.lockForEdit(realmId);
      const before = await this.store.catalog(realmId);
      const { catalog: after, result } = await edit(before);
      await saveChanges(this.store, realmId, before, after);
      await this.publishing.publishChanges(realmId, before, after);
      return result;
    });
  }
}
