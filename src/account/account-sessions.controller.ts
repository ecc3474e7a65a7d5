import { Delete, Get, Headers, HttpCode, Param, Query } from '@nestjs/common';
import type { JsonObject } from '../shared/json.js';
import type { AccountCaller } from './account-caller.js';
import { AccountRest } from './account-replies.js';
import { AccountWords } from './account-words.js';
import { Caller } from './account.guard.js';
import { toDeviceRepresentations, toSessionRepresentations, type Viewpoint } from './device-representation.js';
import { OwnSessions } from './own-sessions.js';

/** Where a person is signed in. */
@AccountRest('sessions')
export class AccountSessionsController {
  constructor(
    private readonly sessions: OwnSessions,
    private readonly words: AccountWords,
  ) {}

  @Get()
  async list(
    @Caller() caller: AccountCaller,
    @Headers('accept-language') language: string | undefined,
  ): Promise<readonly JsonObject[]> {
    caller.require('manage-account', 'view-profile');
    return toSessionRepresentations(await this.sessions.list(caller), this.viewOf(caller, language));
  }

  @Get('devices')
  async devices(
    @Caller() caller: AccountCaller,
    @Headers('accept-language') language: string | undefined,
  ): Promise<readonly JsonObject[]> {
    caller.require('manage-account', 'view-profile');
    return toDeviceRepresentations(await this.sessions.list(caller), this.viewOf(caller, language));
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

  private viewOf(caller: AccountCaller, language: string | undefined): Viewpoint {
    const words = this.words.of(caller, language);
    return { realm: caller.realm, currentId: caller.part?.session.id, nameOf: ({ name }) => words(name) };
  }
}
