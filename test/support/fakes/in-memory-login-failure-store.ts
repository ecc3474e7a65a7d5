import { LoginFailureStore, type LoginFailures } from '../../../src/realm/login-failures.js';

export class InMemoryLoginFailureStore extends LoginFailureStore {
  private readonly rows = new Map<string, LoginFailures>();

  override find(realmId: string, userId: string): Promise<LoginFailures | undefined> {
    return Promise.resolve(this.rows.get(`${realmId}/${userId}`));
  }

  override ofUsers(realmId: string, userIds: readonly string[]): Promise<readonly LoginFailures[]> {
    return Promise.resolve(userIds.flatMap((userId) => this.rows.get(`${realmId}/${userId}`) ?? []));
  }

  override update(
    realmId: string,
    userId: string,
    change: (current: LoginFailures | undefined) => LoginFailures,
  ): Promise<LoginFailures> {
    const key = `${realmId}/${userId}`;
    const next = change(this.rows.get(key));
    this.rows.set(key, next);
    return Promise.resolve(next);
  }

  override clear(realmId: string, userId: string): Promise<boolean> {
    return Promise.resolve(this.rows.delete(`${realmId}/${userId}`));
  }

  override forgetAddresses(before: number, limit: number): Promise<number> {
    const old = [...this.rows].filter(([, row]) => row.lastFailure < before && row.lastIpFailure !== undefined);
    for (const [key, { lastIpFailure: _address, ...row }] of old.slice(0, limit)) this.rows.set(key, row);
    return Promise.resolve(Math.min(old.length, limit));
  }

  override clearAll(realmId: string): Promise<void> {
    for (const [key, row] of this.rows) if (row.realmId === realmId) this.rows.delete(key);
    return Promise.resolve();
  }
}
