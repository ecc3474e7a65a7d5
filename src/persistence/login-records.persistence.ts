import { LoginRecords, type LoginParties, type LoginRecord } from '../login/login-records.js';
import type { Realm } from '../realm/realm.js';
import { toClient, type ClientParts } from './client.persistence.js';
import type { Database } from './database.js';
import { toRealm, type RealmRow } from './realm.persistence.js';
import { toUser } from './user.persistence.js';

const BY_PARTIES = `SELECT r.name AS realm_name, r.document AS realm_document, u.username, u.document AS user_document,
    (SELECT MAX(p.created_date) FROM credential p WHERE p.realm_id = $1 AND p.user_id = $2 AND p.type = 'password')
      AS password_set_at,
    c.client_id, c.document AS client_document
  FROM realm r
  LEFT JOIN user_account u ON u.realm_id = $1 AND u.id = $2
  LEFT JOIN client c ON c.realm_id = $1 AND c.id = $3
  WHERE r.id = $1`;

/** NULL: what is joined is not there. */
interface Row {
  readonly realm_name: string;
  readonly realm_document: string;
  readonly username: string | null;
  readonly user_document: string | null;
  /** PostgreSQL gives it as text. */
  readonly password_set_at: number | string | null;
  readonly client_id: string | null;
  readonly client_document: string | null;
}

export class TypeOrmLoginRecords extends LoginRecords {
  constructor(private readonly database: Database) {
    super();
  }

  override async of({ realmId, clientId, userId }: LoginParties): Promise<LoginRecord> {
    const [row] = await this.database.select<Row>(BY_PARTIES, [realmId, userId, clientId]);
    if (!row) return {};
    return { realm: realmOf(realmId, row), ...clientOf(realmId, clientId, row), ...userOf(realmId, userId, row) };
  }
}

const realmOf = (id: string, { realm_name: name, realm_document: document }: Row): Realm =>
  toRealm({ id, name, document: JSON.parse(document) as RealmRow['document'] });

function clientOf(realmId: string, id: string, row: Row): Pick<LoginRecord, 'client'> {
  const { client_id: clientId, client_document: document } = row;
  if (clientId === null || document === null) return {};
  return { client: toClient({ realmId, id, clientId, document: JSON.parse(document) as ClientParts['document'] }) };
}

function userOf(realmId: string, id: string, row: Row): Pick<LoginRecord, 'user' | 'passwordSetAt'> {
  const { username, user_document: document, password_set_at: setAt } = row;
  if (username === null || document === null) return {};
  return {
    user: toUser({ realm_id: realmId, id, username, document }),
    ...(setAt !== null && { passwordSetAt: Number(setAt) }),
  };
}
