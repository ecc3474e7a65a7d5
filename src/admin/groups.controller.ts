import { Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { GroupAdministration } from '../administration/group-administration.js';
import type { Group } from '../realm/group.js';
import type { Realm } from '../realm/realm.js';
import { GroupBody } from '../representations/group-body.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody, PageOf } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';
import { groupAccess } from './group-access.js';
import { flagOf, slice, textOf, type Page } from './query-parameters.js';
import { UserViews } from './user-views.js';

/** Groups of a realm (Admin API reference 5.9). */
@AdminController('groups')
export class GroupsAdminController {
  constructor(
    private readonly groups: GroupAdministration,
    private readonly users: UserViews,
  ) {}

  /** Groups at the top; with `search` those whose name, or a name below them, contains it. */
  @Get()
  @Needs('listGroups')
  async list(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
    @PageOf() page: Page,
  ): Promise<readonly JsonObject[]> {
    const search = textOf(query, 'search');
    const found =
      search === undefined
        ? await this.groups.children(realm, undefined, page.first, page.max)
        : slice(topLevelMatching(await this.groups.all(realm), search, flagOf(query, 'exact') ?? false), page);
    return this.groups.representBriefly(realm, page.max === 0 ? [] : found, groupAccess(caller, realm));
  }

  @Get('count')
  @Needs('listGroups')
  async count(@InRealm() realm: Realm, @Query() query: unknown): Promise<JsonObject> {
    const all = await this.groups.all(realm);
    const search = textOf(query, 'search')?.toLowerCase() ?? '';
    const top = flagOf(query, 'top') ?? false;
    return {
      count: all.filter((group) => group.name.toLowerCase().includes(search) && !(top && group.parentId)).length,
    };
  }

  @Post()
  @Needs('manageUsers')
  async create(@InRealm() realm: Realm, @JsonBody(GroupBody) body: GroupBody): Promise<Created> {
    return new Created(['groups', (await this.groups.create(realm, body)).id]);
  }

  @Get(':group')
  @Needs('viewUsers')
  async get(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Param('group') id: string): Promise<JsonObject> {
    return this.groups.represent(realm, await this.groups.get(realm, id), groupAccess(caller, realm));
  }

  @Put(':group')
  @Needs('manageUsers')
  update(@InRealm() realm: Realm, @Param('group') id: string, @JsonBody(GroupBody) body: GroupBody): Promise<void> {
    return this.groups.update(realm, id, body);
  }

  @Delete(':group')
  @Needs('manageUsers')
  delete(@InRealm() realm: Realm, @Param('group') id: string): Promise<void> {
    return this.groups.delete(realm, id);
  }

  @Get(':group/children')
  @Needs('viewUsers')
  async children(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('group') id: string,
    @PageOf(10) page: Page,
  ): Promise<readonly JsonObject[]> {
    const parent = await this.groups.get(realm, id);
    const found = page.max === 0 ? [] : await this.groups.children(realm, parent.id, page.first, page.max);
    return this.groups.representBriefly(realm, found, groupAccess(caller, realm));
  }

  /** A new group below this one, or with the id of an existing group, that group moved here (204). */
  @Post(':group/children')
  @Needs('manageUsers')
  async addChild(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('group') id: string,
    @JsonBody(GroupBody) body: GroupBody,
  ): Promise<Created | undefined> {
    const parent = await this.groups.get(realm, id);
    if (body.id !== undefined) {
      await this.groups.move(realm, body.id, parent.id);
      return undefined;
    }
    const child = await this.groups.create(realm, body, parent.id);
    return new Created(['groups', child.id], await this.groups.represent(realm, child, groupAccess(caller, realm)));
  }

  @Get(':group/members')
  @Needs('viewUsers')
  async members(
    @InRealm() realm: Realm,
    @Param('group') id: string,
    @PageOf(100) page: Page,
  ): Promise<readonly JsonObject[]> {
    const ids = await this.groups.members(realm, id, page.first, page.max);
    return page.max === 0 ? [] : this.users.byIds(realm, ids);
  }
}

function topLevelMatching(all: readonly Group[], search: string, exact: boolean): readonly Group[] {
  const byId = new Map(all.map((group) => [group.id, group]));
  const wanted = search.toLowerCase();
  const topOf = (group: Group): Group => {
    const parent = group.parentId === undefined ? undefined : byId.get(group.parentId);
    return parent ? topOf(parent) : group;
  };
  const matches = all.filter(({ name }) => (exact ? name === search : name.toLowerCase().includes(wanted)));
  return [...new Set(matches.map(topOf))];
}
