import { Get, Query } from '@nestjs/common';
import { ClientAdministration } from '../administration/client-administration.js';
import { EVENT_LISTENERS } from '../administration/event-administration.js';
import { RealmAdministration } from '../administration/realm-administration.js';
import { SessionKindLists } from '../administration/session-kind-lists.js';
import { UserAdministration } from '../administration/user-administration.js';
import { bounded, flagOf, pageOf, slice, textOf, type Page } from '../http/query-parameters.js';
import { BruteForceGuard } from '../realm/brute-force-guard.js';
import type { Realm } from '../realm/realm.js';
import { present } from '../representations/present.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, PageOf } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { sessionKindsOf } from './session-query.js';
import { userQueryOf } from './user-query.js';
import { UserViews } from './user-views.js';

const PAGE_SIZE = 10;
const USERS = 100;
const LONGEST_PAGE = 1000;

/** Lists of the reference's console, which scripts use, too. */
@AdminController('ui-ext')
export class ConsoleListsAdminController {
  constructor(
    private readonly realms: RealmAdministration,
    private readonly users: UserAdministration,
    private readonly views: UserViews,
    private readonly guard: BruteForceGuard,
    private readonly sessions: SessionKindLists,
    private readonly clients: ClientAdministration,
  ) {}

  /** As `GET users`, with what is known of failed logins. */
  @Get('brute-force-user')
  @Needs('queryUsers')
  async bruteForceUsers(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
  ): Promise<readonly JsonObject[]> {
    const page = pageOf(query, USERS);
    if (!caller.may('viewUsers', realm.name) || page.max === 0) return [];
    const found = await this.users.list(realm, { ...userQueryOf(query), ...page });
    const statuses = await this.guard.readAll(realm, found);
    const rows = await this.views.listed(found, caller, realm, flagOf(query, 'briefRepresentation') ?? false);
    return rows.map((row, at) => {
      const status = statuses.get(found[at]?.id ?? '');
      const { disabled = false, numFailures = 0, lastFailure = 0, lastIPFailure = 'n/a' } = status ?? {};
      return { ...row, bruteForceStatus: { disabled, numFailures, lastFailure, lastIPFailure } };
    });
  }

  /** Sessions of the realm, online ones first; people are shown to whoever may view users. */
  @Get('sessions')
  @Needs('viewRealm')
  ofRealm(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    return this.found(realm, caller, query, page);
  }

  /** @throws NotFoundError `client_unknown` */
  @Get('sessions/client')
  @Needs('viewClients')
  async ofClient(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    const { id } = await this.clients.get(realm, textOf(query, 'clientId') ?? '');
    return this.found(realm, caller, query, page, id);
  }

  /** Names of the realms of which the caller administers something. */
  @Get('realms/names')
  @Needs('viewRealmName')
  async realmNames(
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    const search = textOf(query, 'search')?.trim().toLowerCase() ?? '';
    const found = (await this.realms.list())
      .filter(({ name }) => name.toLowerCase().includes(search) && caller.may('viewRealmName', name))
      .toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    return slice(found, page).map(({ name, settings }) => present({ name, displayName: settings.displayName }));
  }

  /** Users come from nowhere else. */
  @Get('info')
  @Needs('viewRealmName')
  info(): JsonObject {
    return { userProfileProvidersEnabled: false };
  }

  @Get('available-event-listeners')
  @Needs('viewEvents')
  listeners(): readonly JsonObject[] {
    return [...EVENT_LISTENERS].map((id) => ({ id }));
  }

  private async found(
    realm: Realm,
    caller: AdminCaller,
    query: unknown,
    page: Page,
    client?: string,
  ): Promise<readonly JsonObject[]> {
    const kinds = sessionKindsOf(query);
    const text = textOf(query, 'search')?.trim();
    if (!caller.may('viewUsers', realm.name)) return [];
    const asked = { ...(text !== undefined && { text }), ...(client !== undefined && { client }) };
    return this.sessions.list(realm, kinds, asked, bounded(page, LONGEST_PAGE));
  }
}
