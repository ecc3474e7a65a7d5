import { Not } from 'typeorm';
import { PendingLoginStore, type PendingLogin } from '../login/pending-login.js';
import { bigint, integer, json, key, tableOf, varchar } from './columns.js';
import type { Database } from './database.js';
import { deleteBatch } from './sql.js';
import { Table } from './table.js';

interface PendingLoginRow {
  readonly realmId: string;
  readonly rootHash: string;
  readonly tabId: string;
  readonly version: number;
  readonly phase: PendingLogin['phase'];
  readonly remoteAddress: string;
  readonly expiresAt: number;
  readonly document: PendingLogin;
}

export const pendingLoginTable = tableOf<PendingLoginRow>('pending_login', {
  realmId: key(),
  rootHash: key(),
  tabId: key(),
  version: integer(),
  phase: varchar(),
  remoteAddress: varchar(),
  expiresAt: bigint(),
  document: json(),
});

/** Logins in progress: the columns are what they are found, counted and swept by; the document is the login. */
export class TypeOrmPendingLoginStore extends PendingLoginStore {
  private readonly logins: Table<PendingLoginRow>;

  constructor(private readonly database: Database) {
    super();
    this.logins = new Table(database, pendingLoginTable);
  }

  override async find(realmId: string, rootHash: string, tabId: string): Promise<PendingLogin | undefined> {
    return (await this.logins.one({ realmId, rootHash, tabId }))?.document;
  }

  override insert(login: PendingLogin): Promise<boolean> {
    return this.logins.insertNew(toRow(login));
  }

  override async update(login: PendingLogin): Promise<boolean> {
    const { realmId, rootHash, tabId, version } = login;
    return (
      (await this.logins.update({ realmId, rootHash, tabId, version }, toRow({ ...login, version: version + 1 }))) === 1
    );
  }

  override countFrom(realmId: string, remoteAddress: string): Promise<number> {
    return this.logins.count({ realmId, remoteAddress, phase: Not('done') });
  }

  override expire(before: number, limit: number): Promise<number> {
    return deleteBatch(this.database, {
      table: 'pending_login',
      key: ['realm_id', 'root_hash', 'tab_id'],
      condition: 'expires_at < $1',
      parameters: [before],
      oldest: 'expires_at',
      limit,
    });
  }
}

function toRow(document: PendingLogin): PendingLoginRow {
  const { realmId, rootHash, tabId, version, phase, remoteAddress, expiresAt } = document;
  return {
    realmId,
    rootHash,
    tabId,
    version,
    phase,
    remoteAddress,
    expiresAt,
    document,
  };
}
