import type { DatabaseLook, Row } from './database-look.js';

/** A session as the database remembers it, whether it is open or has ended. */
export interface RememberedSession {
  readonly id: string;
  /** Version of the user's owner row under which it began. */
  readonly beganAt: number;
  /** Absent while it is open. */
  readonly end?: {
    readonly reason: string;
    readonly evictedBy: string | null;
    /** Version of the owner row under which it was evicted; null for other ends. */
    readonly version: number | null;
  };
}

// Offline sessions are left out on purpose: they count under no cap. A proof's logins ask for none.
const OF_USER = `SELECT id, owner_version, ended_at, end_reason, evicted_by, end_owner_version
  FROM user_session WHERE realm_id = $1 AND user_id = $2`;

const SAME_SESSION = 's.realm_id = c.realm_id AND s.id = c.session_id AND s.offline = c.offline';

/** What must not be there in a realm whose users and clients were never deleted, by what it is called. */
const ORPHANS: Readonly<Record<string, string>> = {
  'client session without an open session': `SELECT c.session_id AS id FROM client_session c
    LEFT JOIN user_session s ON ${SAME_SESSION} WHERE c.realm_id = $1 AND (s.id IS NULL OR s.ended_at IS NOT NULL)`,
  'open session without a client session': `SELECT s.id FROM user_session s
    WHERE s.realm_id = $1 AND s.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM client_session c WHERE ${SAME_SESSION})`,
  'session later than its owner row': `SELECT s.id FROM user_session s
    LEFT JOIN session_owner o ON o.realm_id = s.realm_id AND o.user_id = s.user_id
    WHERE s.realm_id = $1 AND (o.version IS NULL OR o.version < s.owner_version)`,
  'session of no user': `SELECT s.id FROM user_session s
    WHERE s.realm_id = $1 AND NOT EXISTS (SELECT 1 FROM user_account u WHERE u.realm_id = s.realm_id AND u.id = s.user_id)`,
};
const CODES = 'SELECT hash, document FROM authorization_code WHERE realm_id = $1';
const SESSION_IDS = 'SELECT id FROM user_session WHERE realm_id = $1';

/** What the database of a server of this project remembers of sessions. */
export class History {
  constructor(private readonly look: DatabaseLook) {}

  /** Every session that a user ever had. */
  async ofUser(realmId: string, userId: string): Promise<readonly RememberedSession[]> {
    return (await this.look.rows(OF_USER, [realmId, userId])).map(remembered);
  }

  /** Rows of a realm that are left without what they belong to, in words. Ask while no login runs. */
  async orphansOf(realmId: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const [what, sql] of Object.entries(ORPHANS)) {
      for (const { id } of await this.look.rows(sql, [realmId])) found.push(`${what}: ${String(id)}`);
    }
    const sessions = new Set((await this.look.rows(SESSION_IDS, [realmId])).map(({ id }) => id));
    for (const { hash, document } of await this.look.rows(CODES, [realmId])) {
      const { sessionId } = JSON.parse(String(document)) as { readonly sessionId: string };
      if (!sessions.has(sessionId)) found.push(`code without its session: ${String(hash)}`);
    }
    return found;
  }
}

const remembered = (row: Row): RememberedSession => ({
  id: String(row['id']),
  beganAt: Number(row['owner_version']),
  ...(row['ended_at'] === null
    ? {}
    : {
        end: {
          reason: row['end_reason'] as string,
          evictedBy: row['evicted_by'] as string | null,
          version: row['end_owner_version'] === null ? null : Number(row['end_owner_version']),
        },
      }),
});
