import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserStore } from '../realm/user.js';
import { toEndedSessionRepresentation } from '../representations/ended-session-representation.js';
import type { EndedSessions, EndedSessionSearch } from '../sessions/ended-sessions.js';
import type { SessionPage } from '../sessions/user-session.js';
import type { JsonObject } from '../shared/json.js';

/** Whose ended sessions an administrator looks for. Members narrow each other. */
export interface EndedSessionQuery {
  /** Id or name of a user. */
  readonly user?: string;
  /** Public or internal id of a client. */
  readonly client?: string;
}

/** Sessions that have ended, and why, as administrators see them. */
export class EndedSessionAdministration {
  constructor(
    private readonly ended: EndedSessions,
    private readonly users: UserStore,
    private readonly clients: ClientStore,
  ) {}

  /** The last ended first. Nothing for a user or a client that there is not. */
  async list(realm: Realm, query: EndedSessionQuery, page: SessionPage): Promise<readonly JsonObject[]> {
    const search = page.max === 0 ? undefined : await this.searchOf(realm, query);
    if (!search) return [];
    const found = await this.ended.list(realm.id, search, page);
    const ids = [...new Set(found.flatMap(({ clientIds }) => clientIds))];
    const clients = ids.length === 0 ? [] : await this.clients.byIds(realm.id, ids);
    const names = new Map(clients.map(({ id, clientId }) => [id, clientId]));
    return found.map((each) => toEndedSessionRepresentation(each, (id) => names.get(id)));
  }

  private async searchOf(realm: Realm, { user, client }: EndedSessionQuery): Promise<EndedSessionSearch | undefined> {
    const owner =
      user !== undefined &&
      ((await this.users.byId(realm.id, user)) ?? (await this.users.byUsername(realm.id, user.toLowerCase())));
    const app =
      client !== undefined &&
      ((await this.clients.byClientId(realm.id, client)) ?? (await this.clients.byId(realm.id, client)));
    if (owner === undefined || app === undefined) return undefined;
    return { ...(owner && { userId: owner.id }), ...(app && { clientId: app.id }) };
  }
}
