import { PendingBindingStore, type PendingBinding } from '../../../src/flows/pending-binding.js';

export class InMemoryPendingBindingStore extends PendingBindingStore {
  private rows: readonly PendingBinding[] = [];

  override ofRealm(realmId: string): Promise<readonly PendingBinding[]> {
    return Promise.resolve(this.byDue().filter((row) => row.realmId === realmId));
  }

  override byId(realmId: string, id: string): Promise<PendingBinding | undefined> {
    return Promise.resolve(this.rows.find((row) => row.realmId === realmId && row.id === id));
  }

  override insert(pending: PendingBinding): Promise<void> {
    this.rows = [...this.rows, pending];
    return Promise.resolve();
  }

  override take(realmId: string, id: string): Promise<boolean> {
    const left = this.rows.filter((row) => row.realmId !== realmId || row.id !== id);
    const taken = left.length < this.rows.length;
    this.rows = left;
    return Promise.resolve(taken);
  }

  override due(now: number, limit: number): Promise<readonly PendingBinding[]> {
    return Promise.resolve(
      this.byDue()
        .filter(({ dueAt }) => dueAt <= now)
        .slice(0, limit),
    );
  }

  private byDue(): readonly PendingBinding[] {
    return [...this.rows].sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
  }
}
