import { Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { GroupAdministration } from '../administration/group-administration.js';
import { alone, type GroupTree } from '../administration/group-trees.js';
import { flagOf, textOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { GroupBody } from '../representations/group-body.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody, PageOf } from './admin-params.js';
import { Created, Moved } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';
import { groupAccess } from './group-access.js';
import { searchOf } from './group-query.js';
import { RoleGrants } from './role-grants.js';
import { attributesOf } from './user-query.js';
import { UserViews } from './user-views.js';

/** Groups of a realm (Admin API reference 5.9). */
@AdminController('groups')
export class GroupsAdminController {
  constructor(
    private readonly groups: GroupAdministration,
    private readonly users: UserViews,
    private readonly grants: RoleGrants,
  ) {}

  /**
   * Groups at the top; with `search` or `q` what they find, inside the groups above it unless `populateHierarchy` is off.
   */
  @Get()
  @Needs('listGroups')
  async list(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Query() query: unknown,
    @PageOf() page: Page,
  ): Promise<readonly JsonObject[]> {
    const brief = flagOf(query, 'briefRepresentation') ?? true;
    return this.groups.represent(realm, await this.found(realm, query, page), groupAccess(caller, realm), brief);
  }

  @Get('count')
  @Needs('listGroups')
  async count(@InRealm() realm: Realm, @Query() query: unknown): Promise<JsonObject> {
    const top = flagOf(query, 'top') ?? false;
    return { count: await this.groups.count(realm, { ...searchOf(query), ...(top && { parentId: null }) }) };
  }

  /** A new group at the top, or with the id of an existing group, that group moved there (204). */
  @Post()
  @Needs('manageUsers')
  async create(@InRealm() realm: Realm, @JsonBody(GroupBody) body: GroupBody): Promise<Created | undefined> {
    if (body.id !== undefined) {
      await this.groups.move(realm, body.id);
      return undefined;
    }
    return new Created(['groups', (await this.groups.create(realm, body)).id]);
  }

  @Get(':group')
  @Needs('viewUsers')
  async get(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Param('group') id: string): Promise<JsonObject> {
    return this.groups.representOne(realm, await this.groups.get(realm, id), groupAccess(caller, realm));
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
    @Query() query: unknown,
    @PageOf(10) page: Page,
  ): Promise<readonly JsonObject[]> {
    const parent = await this.groups.get(realm, id);
    const found = await this.groups.list(realm, { ...searchOf(query), ...page, parentId: parent.id });
    const brief = flagOf(query, 'briefRepresentation') ?? false;
    return this.groups.represent(realm, alone(found), groupAccess(caller, realm), brief);
  }

  /** A new group below this one, or with the id of an existing group, that group moved here (204). */
  @Post(':group/children')
  @Needs('manageUsers')
  async addChild(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('group') id: string,
    @JsonBody(GroupBody) body: GroupBody,
  ): Promise<Created | Moved> {
    const parent = await this.groups.get(realm, id);
    if (body.id !== undefined) {
      await this.grants.requireOfGroups(caller, realm, [parent.id]);
      await this.groups.move(realm, body.id, parent.id);
      return new Moved();
    }
    const child = await this.groups.create(realm, body, parent.id);
    return new Created(['groups', child.id], await this.groups.representOne(realm, child, groupAccess(caller, realm)));
  }

  @Get(':group/members')
  @Needs('viewUsers')
  async members(
    @InRealm() realm: Realm,
    @Param('group') id: string,
    @Query() query: unknown,
    @PageOf(100) page: Page,
  ): Promise<readonly JsonObject[]> {
    const ids = await this.groups.members(realm, id, page.first, page.max);
    return page.max === 0 ? [] : this.users.byIds(realm, ids, flagOf(query, 'briefRepresentation') ?? false);
  }

  private async found(realm: Realm, query: unknown, page: Page): Promise<readonly GroupTree[]> {
    const attributes = attributesOf(textOf(query, 'q'));
    const wanted = { ...searchOf(query), ...(Object.keys(attributes).length > 0 && { attributes }) };
    if (Object.keys(wanted).length === 0) return alone(await this.groups.list(realm, { ...page, parentId: null }));
    const found = await this.groups.list(realm, { ...wanted, ...page });
    return (flagOf(query, 'populateHierarchy') ?? true) ? this.groups.treesOf(realm, found) : alone(found);
  }
}
