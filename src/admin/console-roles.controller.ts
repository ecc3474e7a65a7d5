import { Get, Param, Query } from '@nestjs/common';
import { ClientRoleLists, type RoleTaker } from '../administration/client-role-lists.js';
import { textOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { toClientRoleRepresentation } from '../representations/client-role-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, PageOf } from './admin-params.js';
import type { AdminRight } from './admin-rights.js';
import { Needs, type PathParams } from './admin.guard.js';
import { scopeOwnerOf } from './scope-owner.js';

const PAGE_SIZE = 10;

/** Roles of all clients in one list, for whoever gives them out: routes of the reference's console, which scripts use, too. */
@AdminController('ui-ext')
export class ConsoleRolesAdminController {
  constructor(private readonly lists: ClientRoleLists) {}

  @Get('available-roles/users/:user')
  @Needs('queryUsers')
  forUser(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    return this.available(realm, caller, 'manageUsers', { kind: 'user', id: params['user'] ?? '' }, query, page);
  }

  @Get('available-roles/groups/:group')
  @Needs('listGroups')
  forGroup(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    return this.available(realm, caller, 'manageUsers', { kind: 'group', id: params['group'] ?? '' }, query, page);
  }

  @Get(['available-roles/clients/:client', 'available-roles/clientScopes/:scope'])
  @Needs('listClients')
  forClient(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    return this.available(realm, caller, 'manageClients', scopeOwnerOf(params), query, page);
  }

  /** Roles that may come with a role: all of them but the role itself. */
  @Get('available-roles/roles/:role')
  @Needs('viewRealmName')
  forRole(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param() params: PathParams,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    return this.available(realm, caller, 'manageUsers', { kind: 'role', id: params['role'] ?? '' }, query, page);
  }

  @Get(['effective-roles/users/:user', 'effective-roles/groups/:group'])
  @Needs('viewUsers')
  ofOwner(@InRealm() realm: Realm, @Param() { user, group = '' }: PathParams): Promise<readonly JsonObject[]> {
    return this.effective(realm, user === undefined ? { kind: 'group', id: group } : { kind: 'user', id: user });
  }

  @Get(['effective-roles/clients/:client', 'effective-roles/clientScopes/:scope'])
  @Needs('viewClients')
  ofClient(@InRealm() realm: Realm, @Param() params: PathParams): Promise<readonly JsonObject[]> {
    return this.effective(realm, scopeOwnerOf(params));
  }

  @Get('effective-roles/roles/:role')
  @Needs('viewRealm')
  ofRole(@InRealm() realm: Realm, @Param('role') id: string): Promise<readonly JsonObject[]> {
    return this.effective(realm, { kind: 'role', id });
  }

  /** Whoever may not give roles out sees that there are none to give. */
  private async available(
    realm: Realm,
    caller: AdminCaller,
    toGive: AdminRight,
    taker: RoleTaker,
    query: unknown,
    { first, max }: Page,
  ): Promise<readonly JsonObject[]> {
    const search = textOf(query, 'search')?.trim();
    const found = await this.lists.available(realm, taker, { first, max, ...(search !== undefined && { search }) });
    return caller.may(toGive, realm.name) ? found.map(toClientRoleRepresentation) : [];
  }

  private async effective(realm: Realm, taker: RoleTaker): Promise<readonly JsonObject[]> {
    return (await this.lists.effective(realm, taker)).map(toClientRoleRepresentation);
  }
}
