import type { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import type { UserStore } from '../realm/user.js';
import { sessionCutoffs } from '../sessions/session-cutoffs.js';
import type { SessionLists, SessionSearch } from '../sessions/session-lists.js';
import type { SessionPage } from '../sessions/user-session.js';
import type { Clock } from '../shared/clock.js';
import type { JsonObject } from '../shared/json.js';
import type { SessionAdministration } from './session-administration.js';

/** Four numbers, or anything with colons that could be an address of IPv6. */
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f.]*:[\da-f:.]*)$/i;

/** What a console looks for among sessions. */
interface SessionText {
  /** A whole address, or the name of a user or of a client. */
  readonly text?: string;
  /** Internal id of a client that takes part. */
  readonly client?: string;
}

/** Online and offline sessions in one list, as consoles show them (`ui-ext/sessions`). */
export class SessionKindLists {
  constructor(
    private readonly lists: SessionLists,
    private readonly sessions: Pick<SessionAdministration, 'represent'>,
    private readonly users: Pick<UserStore, 'byUsername'>,
    private readonly clients: Pick<ClientStore, 'byClientId'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Live sessions of the kinds, online ones first, the newest of each first.
   * @param kinds whether sessions are offline ones
   */
  async list(
    realm: Realm,
    kinds: readonly boolean[],
    asked: SessionText,
    page: SessionPage,
  ): Promise<readonly JsonObject[]> {
    const search = await this.searchOf(realm, asked);
    const found: JsonObject[] = [];
    let skip = page.first;
    for (const offline of search ? kinds : []) {
      const left = page.max - found.length;
      if (left <= 0) break;
      const cutoffs = sessionCutoffs(realm, this.clock.now(), offline);
      const some = await this.lists.search(realm.id, { ...search, offline }, cutoffs, { first: skip, max: left });
      const rows = await this.sessions.represent(realm, some);
      found.push(...rows.map(({ rememberMe: _rememberMe, ...row }) => ({ ...row, type: kindName(offline) })));
      // The next kind goes on where this one ends.
      if (skip > 0)
        skip -= some.length > 0 ? skip : await this.lists.countFound(realm.id, { ...search, offline }, cutoffs, skip);
    }
    return found;
  }

  /** Undefined when there is nobody and nothing of that name. */
  private async searchOf(
    realm: Realm,
    { text, client }: SessionText,
  ): Promise<Omit<SessionSearch, 'offline'> | undefined> {
    const ofClient = client !== undefined && { clientId: client };
    if (text === undefined) return { ...ofClient };
    if (ADDRESS.test(text)) return { ...ofClient, ipAddress: text };
    const user = await this.users.byUsername(realm.id, text.toLowerCase());
    if (user) return { ...ofClient, userId: user.id };
    const named = await this.clients.byClientId(realm.id, text);
    if (named === undefined || (client !== undefined && client !== named.id)) return undefined;
    return { clientId: named.id };
  }
}

const kindName = (offline: boolean): string => (offline ? 'OFFLINE' : 'REGULAR');
