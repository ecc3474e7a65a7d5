import type { FlowStore } from '../flows/stored-flow.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import { withSessionMarks } from '../sessions/lifetime-changes.js';
import type { Clock } from '../shared/clock.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import { administrationErrors } from './administration-errors.js';

/** The frame around every change of a realm: one at a time, on what the one before left. */
export class RealmEditing {
  constructor(
    private readonly realms: RealmStore,
    private readonly flows: Pick<FlowStore, 'lockForEdit'>,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads the realm under its edit lock (the one that edits of its flows take, because a realm names flows), lets `change` say what
   * it becomes and stores that. Sessions that are over stay over, whatever their lifetimes become.
   * @throws NotFoundError `realm_not_found`, and whatever `change` throws; nothing is changed then
   */
  change(realmId: string, change: (realm: Realm) => Realm | Promise<Realm>): Promise<Realm> {
    return this.unitOfWork.run(async () => {
      await this.flows.lockForEdit(realmId);
      const realm = await this.realms.byId(realmId);
      if (!realm) throw administrationErrors.realmUnknown();
      const changed = withSessionMarks(realm, await change(realm), this.clock.now());
      await this.realms.update(changed);
      return changed;
    });
  }
}
