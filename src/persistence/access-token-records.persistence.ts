import { AccessTokenRecords, type AccessTokenKey, type AccessTokenRecord } from '../tokens/access-token-records.js';
import type { Database } from './database.js';
import { clientSessionColumns, sessionColumns, toClientSession, toSession } from './user-session.rows.js';
import { toUser, type UserColumns } from './user.persistence.js';

const COLUMNS = `u.realm_id AS u_realm_id, u.id AS u_id, u.username AS u_username, u.document AS u_document,
  EXISTS (SELECT 1 FROM revoked_token r WHERE r.realm_id = $1 AND r.jti = $2) AS revoked`;

const BY_SESSION = `SELECT ${sessionColumns('s.')}, ${clientSessionColumns('c.')}, ${COLUMNS}
  FROM user_session s
  LEFT JOIN client_session c
    ON c.realm_id = s.realm_id AND c.session_id = s.id AND c.offline = s.offline AND c.client_id = $3
  LEFT JOIN user_account u ON u.realm_id = s.realm_id AND u.id = s.user_id
  WHERE s.realm_id = $1 AND s.id = $4 ORDER BY s.offline`;

const BY_SUBJECT = `SELECT ${COLUMNS} FROM user_account u WHERE u.realm_id = $1 AND u.id = $3`;

type Row = Readonly<Record<string, unknown>>;

export class TypeOrmAccessTokenRecords extends AccessTokenRecords {
  constructor(private readonly database: Database) {
    super();
  }

  override async of(realmId: string, { jti, sid, sub, clientId }: AccessTokenKey): Promise<AccessTokenRecord> {
    if (sid === undefined) {
      const [row] = sub === undefined ? [] : await this.database.select<Row>(BY_SUBJECT, [realmId, jti, sub]);
      return { sessions: [], ...standing(row) };
    }
    const rows = await this.database.select<Row>(BY_SESSION, [realmId, jti, clientId, sid]);
    return {
      sessions: rows.map((row) => ({
        session: toSession(row),
        ...(row['c_client_id'] !== null && { clientSession: toClientSession(row) }),
      })),
      ...standing(rows[0]),
    };
  }
}

/** An offline session has the user of the online one that it began with: any row will do. */
function standing(row: Row | undefined): Pick<AccessTokenRecord, 'user' | 'isRevoked'> {
  const user = row && row['u_id'] !== null ? toUser(unprefixed(row)) : undefined;
  return { ...(user && { user }), isRevoked: Boolean(row?.['revoked']) };
}

const unprefixed = (row: Row): UserColumns => ({
  realm_id: String(row['u_realm_id']),
  id: String(row['u_id']),
  username: String(row['u_username']),
  document: String(row['u_document']),
});
