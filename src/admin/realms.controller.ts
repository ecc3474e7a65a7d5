import { Get, Post, Query } from '@nestjs/common';
import { RealmAdministration } from '../administration/realm-administration.js';
import { flagOf } from '../http/query-parameters.js';
import { RealmImport } from '../realm-files/realm-import.js';
import { RealmBody } from '../representations/realm-body.js';
import { toPublicRealmRepresentation } from '../representations/realm-representation.js';
import type { JsonObject } from '../shared/json.js';
import { forbidden, type AdminCaller } from './admin-caller.js';
import { RealmsController } from './admin-controller.js';
import type { JsonInput } from '../http/json-body.js';
import { CalledBy, JsonRaw } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { NeedsOther } from './admin.guard.js';

/** All realms (Admin API reference 5.5). */
@RealmsController()
export class RealmsAdminController {
  constructor(
    private readonly realms: RealmAdministration,
    private readonly imports: RealmImport,
  ) {}

  /** Realms of which the caller administers something; just the name of those the caller may not view. */
  @Get()
  @NeedsOther('any admin role in any realm; the answer names the realms where the caller has one')
  async list(@CalledBy() caller: AdminCaller, @Query() query: unknown): Promise<readonly JsonObject[]> {
    const realms = (await this.realms.list()).filter(({ name }) => caller.may('viewRealmName', name));
    if (realms.length === 0) throw forbidden('administers no realm');
    const brief = flagOf(query, 'briefRepresentation') ?? false;
    return Promise.all(
      realms.map(async (realm) => {
        if (!caller.may('viewRealm', realm.name)) return { realm: realm.name };
        return brief
          ? { id: realm.id, ...toPublicRealmRepresentation(realm), enabled: realm.settings.enabled }
          : this.realms.represent(realm);
      }),
    );
  }

  /** `?dryRun=true`: 200 with what would be made and what of the body would have no effect; nothing is written. */
  @Post()
  @NeedsOther('the role `create-realm` of the realm `master`')
  async create(
    @CalledBy() caller: AdminCaller,
    @JsonRaw(RealmBody) { value, text }: JsonInput,
    @Query() query: unknown,
  ): Promise<Created | JsonObject> {
    if (!caller.hasMasterRole('create-realm')) throw forbidden('lacks create-realm');
    if (flagOf(query, 'dryRun')) return { ...(await this.imports.foresee(value, text)) };
    const realm = await this.imports.create(value, text);
    return new Created([realm.name]);
  }
}
