import { Delete, Get, Param, Query } from '@nestjs/common';
import { EndedSessionAdministration } from '../administration/ended-session-administration.js';
import { SessionAdministration } from '../administration/session-administration.js';
import { bounded, flagOf, textOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, PageOf } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { sessionQueryOf } from './session-query.js';

const PAGE_SIZE = 100;
const LONGEST_PAGE = 1000;

/** Sessions of a realm, whosever they are. Online and offline ones have id spaces of their own. */
@AdminController('sessions')
export class SessionsAdminController {
  constructor(
    private readonly sessions: SessionAdministration,
    private readonly ended: EndedSessionAdministration,
  ) {}

  /**
   * Ours: live sessions by user, client, address and time, the newest first, each with its `device` and when it `expires` if nothing more
   * happens (`expiryCause`, `expirySetting`). Names and addresses are what `view-users` is for.
   */
  @Get()
  @Needs('viewUsers')
  search(
    @InRealm() realm: Realm,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    return this.sessions.search(realm, sessionQueryOf(query), bounded(page, LONGEST_PAGE));
  }

  /** Ours: how many the search finds, counted up to 10,000. */
  @Get('count')
  @Needs('viewUsers')
  async count(@InRealm() realm: Realm, @Query() query: unknown): Promise<JsonObject> {
    return { ...(await this.sessions.countFound(realm, sessionQueryOf(query))) };
  }

  /** Ours: sessions that have ended, and why, the last first; of a `user` and a `client`. */
  @Get('ended')
  @Needs('viewUsers')
  recentlyEnded(
    @InRealm() realm: Realm,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    const [user, client] = [textOf(query, 'user'), textOf(query, 'client')];
    const asked = { ...(user !== undefined && { user }), ...(client !== undefined && { client }) };
    return this.ended.list(realm, asked, bounded(page, LONGEST_PAGE));
  }

  @Delete(':session')
  @Needs('manageUsers')
  end(@InRealm() realm: Realm, @Param('session') id: string, @Query() query: unknown): Promise<void> {
    return this.sessions.end(realm, id, flagOf(query, 'isOffline') ?? false);
  }
}
