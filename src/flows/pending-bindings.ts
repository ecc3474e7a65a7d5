import type { AdminEventRecorder } from '../events/admin-event-recorder.js';
import type { ClientStore } from '../realm/client.js';
import type { Realm, RealmStore } from '../realm/realm.js';
import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/secrets.js';
import type { UnitOfWork } from '../shared/unit-of-work.js';
import type { EditOrigins } from './edit-origin.js';
import { flowErrors } from './flow-errors.js';
import { isOverrideKey } from './flow-uses.js';
import type { PendingBinding, PendingBindingStore } from './pending-binding.js';
import type { FlowStore } from './stored-flow.js';

/** Rows looked at in one round. */
const BATCH = 100;

/** A place whose binding is being changed. */
export type BindingChange = Pick<PendingBinding, 'realmId' | 'field' | 'clientId' | 'flowBefore' | 'flowAfter'>;

/**
 * Bindings on trial (`?confirmWithin=`): the one before returns by itself unless the new one is confirmed in time, so that a flow that
 * nobody gets through costs minutes. A row remembers it, so that a restart does not forget it.
 */
export class PendingBindings {
  constructor(
    private readonly store: PendingBindingStore,
    private readonly flows: Pick<FlowStore, 'lockForEdit' | 'flow'>,
    private readonly realms: RealmStore,
    private readonly clients: ClientStore,
    private readonly origins: EditOrigins,
    private readonly recorder: AdminEventRecorder,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Those that wait, the one due first at the front. */
  list(realmId: string): Promise<readonly PendingBinding[]> {
    return this.store.ofRealm(realmId);
  }

  /** @throws NotFoundError `pending_binding_unknown`: also when its time is over */
  async get(realmId: string, id: string): Promise<PendingBinding> {
    const found = await this.store.byId(realmId, id);
    if (!found || found.dueAt <= this.clock.now()) throw flowErrors.pendingBindingUnknown();
    return found;
  }

  /**
   * Told of every binding that changes, in its unit of work and under the edit lock. A place that was on trial keeps the binding of before the
   * trial to return to; a change without a trial settles it.
   */
  async changed(change: BindingChange): Promise<void> {
    const { realmId, field, clientId } = change;
    const samePlace = (each: PendingBinding): boolean => each.field === field && each.clientId === clientId;
    const earlier = (await this.store.ofRealm(realmId)).find(samePlace);
    if (earlier) await this.store.take(realmId, earlier.id);
    const { confirmWithin, editor } = this.origins.current;
    const proven = earlier?.flowAfter === change.flowBefore ? earlier : change;
    if (confirmWithin === undefined || proven?.flowBefore === change.flowAfter) return;
    const now = this.clock.now();
    const pending: PendingBinding = {
      realmId,
      id: newId(),
      field,
      ...(clientId !== undefined && { clientId }),
      ...(proven?.flowBefore !== undefined && { flowBefore: proven.flowBefore }),
      ...(change.flowAfter !== undefined && { flowAfter: change.flowAfter }),
      createdAt: now,
      dueAt: now + confirmWithin * 1000,
      ...(editor && { editorId: editor.id, editorName: editor.username }),
    };
    await this.store.insert(pending);
    this.origins.note({ path: pathOf(pending), operation: 'CREATE', detail: detailOf(pending) });
  }

  /** The new binding stays. @throws NotFoundError as `get` */
  confirm(realmId: string, id: string): Promise<void> {
    return this.locked(realmId, async () => {
      await this.get(realmId, id);
      await this.store.take(realmId, id);
    });
  }

  /** The binding of before returns now. @throws NotFoundError as `get` */
  giveUp(realmId: string, id: string): Promise<void> {
    return this.locked(realmId, async () => {
      const pending = await this.get(realmId, id);
      await this.store.take(realmId, id);
      await this.putBack(pending);
    });
  }

  /**
   * Lets return what was not confirmed in time, each once, whichever nodes try.
   * @returns how many bindings returned
   */
  async returnDue(): Promise<number> {
    let returned = 0;
    for (const pending of await this.store.due(this.clock.now(), BATCH)) {
      const { realmId, id } = pending;
      await this.locked(realmId, async () => {
        if (!(await this.store.take(realmId, id))) return;
        const realm = await this.realms.byId(realmId);
        if (!realm || !(await this.putBack(pending))) return;
        returned += 1;
        await this.record(realm, pending);
      });
    }
    return returned;
  }

  /** Binds what was bound before: only if the binding is still the one that was set, and the flow of before is still there. */
  private async putBack({ realmId, field, clientId, flowBefore, flowAfter }: PendingBinding): Promise<boolean> {
    if (flowBefore !== undefined && !(await this.flows.flow(realmId, flowBefore))) return false;
    if (clientId === undefined) {
      const realm = await this.realms.byId(realmId);
      if (!realm || isOverrideKey(field) || realm.bindings[field] !== flowAfter) return false;
      await this.realms.update({ ...realm, bindings: withEntry(realm.bindings, field, flowBefore) });
      return true;
    }
    const client = await this.clients.byId(realmId, clientId);
    if (client?.flowOverrides[field] !== flowAfter || !client) return false;
    await this.clients.update({ ...client, flowOverrides: withEntry(client.flowOverrides, field, flowBefore) });
    return true;
  }

  /** Nobody did it, so the event names nobody. */
  private record(realm: Realm, pending: PendingBinding): Promise<void> {
    return this.recorder.record(
      { id: realm.id, ...realm.settings },
      {
        operationType: 'UPDATE',
        resourceType: 'AUTH_FLOW',
        resourcePath: pathOf(pending),
        representation: JSON.stringify({ ...detailOf(pending), returned: 'not confirmed in time' }),
        authRealmId: realm.id,
        authClientId: '',
        authUserId: '',
        ipAddress: '',
      },
    );
  }

  private locked<T>(realmId: string, work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(async () => {
      await this.flows.lockForEdit(realmId);
      return work();
    });
  }
}

const pathOf = ({ id }: PendingBinding): string => `authentication/pending-bindings/${id}`;

const detailOf = ({ field, clientId, flowBefore, flowAfter, dueAt }: PendingBinding) => ({
  field,
  ...(clientId !== undefined && { client: clientId }),
  ...(flowBefore !== undefined && { from: flowBefore }),
  ...(flowAfter !== undefined && { to: flowAfter }),
  dueAt,
});

/** A copy with the entry, or without it. */
function withEntry<T extends object>(entries: T, name: string, value: string | undefined): T {
  const others = Object.entries(entries).filter(([key]) => key !== name);
  return { ...Object.fromEntries(others), ...(value !== undefined && { [name]: value }) } as T;
}
