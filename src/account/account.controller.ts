import { Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { jsonOf } from '../http/json-body.js';
import { offeredLocales } from '../realm/locale.js';
import { GroupStore } from '../realm/group.js';
import { groupPaths } from '../realm/group-paths.js';
import { present } from '../representations/present.js';
import { readBody } from '../representations/read-body.js';
import type { JsonObject } from '../shared/json.js';
import type { AccountCaller } from './account-caller.js';
import { AccountProfile } from './account-profile.js';
import { AccountRest } from './account-replies.js';
import { Caller } from './account.guard.js';
import { ProfileBody } from './profile-body.js';

/** The person: profile, groups, languages. */
@AccountRest()
export class AccountController {
  constructor(
    private readonly profile: AccountProfile,
    private readonly groups: GroupStore,
  ) {}

  @Get()
  read(@Caller() caller: AccountCaller, @Query('userProfileMetadata') metadata: unknown): JsonObject {
    caller.require('manage-account', 'view-profile');
    return this.profile.read(caller, metadata !== 'false');
  }

  @Post()
  @HttpCode(204)
  async write(@Caller() caller: AccountCaller, @Req() request: FastifyRequest): Promise<void> {
    caller.require('manage-account');
    const { value, text } = jsonOf(request);
    await this.profile.write(caller, readBody(ProfileBody, value, text));
  }

  @Get('groups')
  async ownGroups(
    @Caller() caller: AccountCaller,
    @Query('briefRepresentation') brief: unknown,
  ): Promise<readonly JsonObject[]> {
    caller.require('view-groups');
    const own = await this.groups.ofUser(caller.realm.id, caller.user.id);
    const ids = own.map(({ id }) => id);
    const paths = groupPaths(await this.groups.withAncestors(caller.realm.id, ids));
    return own.map(({ id, name, parentId, description, attributes }) =>
      present({
        id,
        name,
        description,
        path: paths.get(id) ?? `/${name}`,
        parentId,
        subGroups: [],
        attributes: brief === 'false' ? attributes : undefined,
      }),
    );
  }

  /** Accounts elsewhere that are linked to this one: there are none, since no other server is asked for logins. */
  @Get('linked-accounts')
  linked(@Caller() caller: AccountCaller): readonly JsonObject[] {
    caller.require('manage-account', 'view-profile');
    return [];
  }

  @Get('supportedLocales')
  locales(@Caller() { realm }: AccountCaller): readonly string[] {
    return offeredLocales(realm.settings);
  }
}
