import { HttpCode, Post, Query } from '@nestjs/common';
import { flagOf } from '../http/query-parameters.js';
import { PartialImport, readIfExists } from '../realm-files/partial-import.js';
import { RealmExport } from '../realm-files/realm-export.js';
import type { Realm } from '../realm/realm.js';
import { PartialImportBody } from '../representations/partial-import-body.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { ImportRights } from './import-rights.js';
import { RoleGrants } from './role-grants.js';

/** Realms as files, over HTTP: without secrets (Admin API reference 5.5, `export`). */
@AdminController('')
export class RealmFilesAdminController {
  constructor(
    private readonly realmExport: RealmExport,
    private readonly partialImport: PartialImport,
    private readonly grants: RoleGrants,
  ) {}

  /** `?exportClients=true&exportGroupsAndRoles=true`: what to add; each needs the right to see it. */
  @Post('partial-export')
  @HttpCode(200)
  @Needs('manageRealm')
  export(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Query() query: unknown): Promise<JsonObject> {
    const clients = flagOf(query, 'exportClients') ?? false;
    const groupsAndRoles = flagOf(query, 'exportGroupsAndRoles') ?? false;
    if (clients) caller.require('viewClients', realm.name);
    if (groupsAndRoles) caller.require('listGroups', realm.name);
    return this.realmExport.partial(realm, { clients, groupsAndRoles });
  }

  /** A part of a realm file with `ifResourceExists` (FAIL, SKIP, OVERWRITE): all of it or nothing. */
  @Post('partialImport')
  @HttpCode(200)
  @Needs('manageRealm')
  async import(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @JsonBody(PartialImportBody) body: PartialImportBody,
  ): Promise<JsonObject> {
    const { ifResourceExists, ...parts } = body;
    const permit = new ImportRights(this.grants, caller, realm);
    const given = JSON.parse(JSON.stringify(parts)) as JsonObject;
    const results = await this.partialImport.run(realm, given, readIfExists(ifResourceExists), permit);
    const count = (action: string): number => results.filter((result) => result.action === action).length;
    return {
      overwritten: count('OVERWRITTEN'),
      added: count('ADDED'),
      skipped: count('SKIPPED'),
      results: results.map((result) => ({ ...result })),
    };
  }
}
