import { Delete, Get, Headers, HttpCode, Param, Query } from '@nestjs/common';
import { bounded, pageOf, textOf } from '../http/query-parameters.js';
import type { JsonObject } from '../shared/json.js';
import type { AccountCaller } from './account-caller.js';
import { AccountRest } from './account-replies.js';
import { AccountWords } from './account-words.js';
import { Caller } from './account.guard.js';
import { toDeviceRepresentations, toSessionRepresentations, type Viewpoint } from './device-representation.js';
import { OwnSessions, type ListedSessions } from './own-sessions.js';

const LONGEST_PAGE = 1000;

/** Where a person is signed in. */
@AccountRest('sessions')
export class AccountSessionsController {
  constructor(
    private readonly sessions: OwnSessions,
    private readonly words: AccountWords,
  ) {}

  /** All of them; a page with `first` or `max` (ours), on which the session of the caller comes first. */
  @Get()
  async list(
    @Caller() caller: AccountCaller,
    @Query() query: unknown,
    @Headers('accept-language') language: string | undefined,
  ): Promise<readonly JsonObject[]> {
    caller.require('manage-account', 'view-profile');
    return toSessionRepresentations(await this.found(caller, query), this.viewOf(caller, language));
  }

  /** By the device they seem to be on: all of them, or a page of sessions with `first` or `max` (ours). */
  @Get('devices')
  async devices(
    @Caller() caller: AccountCaller,
    @Query() query: unknown,
    @Headers('accept-language') language: string | undefined,
  ): Promise<readonly JsonObject[]> {
    caller.require('manage-account', 'view-profile');
    return toDeviceRepresentations(await this.found(caller, query), this.viewOf(caller, language));
  }

  /** Ours: how many there are. */
  @Get('count')
  async count(@Caller() caller: AccountCaller): Promise<JsonObject> {
    caller.require('manage-account', 'view-profile');
    return { count: await this.sessions.count(caller) };
  }

  /** The session of the caller stays, unless `current=true`. */
  @Delete()
  @HttpCode(204)
  async endAll(@Caller() caller: AccountCaller, @Query('current') current: unknown): Promise<void> {
    caller.require('manage-account');
    await this.sessions.endAll(caller, current !== 'true');
  }

  /** 204 also for a session that is none of the caller's: nobody learns which ones there are. */
  @Delete(':session')
  @HttpCode(204)
  async end(@Caller() caller: AccountCaller, @Param('session') id: string): Promise<void> {
    caller.require('manage-account');
    await this.sessions.end(caller, id);
  }

  private found(caller: AccountCaller, query: unknown): Promise<ListedSessions> {
    if (textOf(query, 'first') === undefined && textOf(query, 'max') === undefined) return this.sessions.list(caller);
    return this.sessions.page(caller, bounded(pageOf(query), LONGEST_PAGE));
  }

  private viewOf(caller: AccountCaller, language: string | undefined): Viewpoint {
    const words = this.words.of(caller, language);
    return { realm: caller.realm, currentId: caller.part?.session.id, nameOf: ({ name }) => words(name) };
  }
}
