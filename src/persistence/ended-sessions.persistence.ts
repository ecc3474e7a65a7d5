import { EndedSessions, type EndedSessionSearch, type RememberedSession } from '../sessions/ended-sessions.js';
import type { SessionPage } from '../sessions/user-session.js';
import type { Database } from './database.js';
import { likeLiteral, Parameters } from './sql.js';
import { sessionColumns, toSession } from './user-session.rows.js';

/** Between and around the ids in `end_clients`, so that one is found by its whole text. Ids have none in them. */
const SEPARATOR = ',';

/** Reads by the indexes of migration 1764100002000. */
export class TypeOrmEndedSessions extends EndedSessions {
  constructor(private readonly database: Database) {
    super();
  }

  override async list(
    realmId: string,
    { userId, clientId }: EndedSessionSearch,
    { first, max }: SessionPage,
  ): Promise<readonly RememberedSession[]> {
    const parameters = new Parameters(realmId);
    const ofUser = userId === undefined ? '' : ` AND user_id = ${parameters.add(userId)}`;
    const pattern = (id: string): string => `%${SEPARATOR}${likeLiteral(id)}${SEPARATOR}%`;
    const ofClient =
      clientId === undefined
        ? ''
        : ` AND '${SEPARATOR}' || end_clients || '${SEPARATOR}' LIKE ${parameters.add(pattern(clientId))} ESCAPE '\\'`;
    const rows = await this.database.select(
      `SELECT ${sessionColumns()}, end_clients FROM user_session WHERE realm_id = $1 AND ended_at IS NOT NULL${ofUser}${ofClient}
        ORDER BY ended_at DESC, id DESC${parameters.page(first, max)}`,
      parameters.values,
    );
    return rows.map((row) => ({ session: toSession(row), clientIds: clientIdsOf(row['end_clients']) }));
  }
}

const clientIdsOf = (text: unknown): readonly string[] =>
  typeof text === 'string' && text !== '' ? text.split(SEPARATOR) : [];
