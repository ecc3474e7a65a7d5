import { type UserConsent, UserConsentStore } from '../realm/user-consent.js';
import { bigint, json, key, tableOf } from './columns.js';
import type { Database } from './database.js';
import { Table } from './table.js';

export const userConsentTable = tableOf<UserConsent>('user_consent', {
  realmId: key(),
  userId: key(),
  clientId: key(),
  scopes: json(),
  createdAt: bigint(),
  updatedAt: bigint(),
});

/** Consents go with their user and their client: the foreign keys see to that. */
export class TypeOrmUserConsentStore extends UserConsentStore {
  private readonly consents: Table<UserConsent>;

  constructor(database: Database) {
    super();
    this.consents = new Table(database, userConsentTable);
  }

  override find(realmId: string, userId: string, clientId: string): Promise<UserConsent | undefined> {
    return this.consents.one({ realmId, userId, clientId });
  }

  override ofUser(realmId: string, userId: string): Promise<readonly UserConsent[]> {
    return this.consents.many({ realmId, userId }, { order: { createdAt: 'ASC', clientId: 'ASC' } });
  }

  override async delete(realmId: string, userId: string, clientId: string): Promise<boolean> {
    return (await this.consents.delete({ realmId, userId, clientId })) > 0;
  }

  override async put(consent: UserConsent): Promise<void> {
    const { realmId, userId, clientId } = consent;
    if (await this.consents.insertNew(consent)) return;
    await this.consents.update({ realmId, userId, clientId }, consent);
  }
}
