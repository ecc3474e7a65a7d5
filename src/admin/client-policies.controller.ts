import { Get, Param, Put, Query } from '@nestjs/common';
import { ClientPolicies, type PolicyList } from '../administration/client-policies.js';
import type { JsonInput } from '../http/json-body.js';
import { flagOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonRaw } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { noSuchThing } from './out-of-scope.js';

/** Client policies and their profiles (Admin API reference 5.5). */
@AdminController('client-policies')
export class ClientPoliciesAdminController {
  constructor(private readonly policies: ClientPolicies) {}

  @Get(':list')
  @Needs('viewRealm')
  list(@InRealm() realm: Realm, @Param('list') list: string, @Query() query: unknown): JsonObject {
    const kind = kindOf(list);
    return this.policies.get(realm, kind, flagOf(query, `include-global-${kind}`) ?? false);
  }

  @Put(':list')
  @Needs('manageRealm')
  set(
    @InRealm() realm: Realm,
    @Param('list') list: string,
    @JsonRaw({ type: 'object' }) { value }: JsonInput,
  ): Promise<void> {
    return this.policies.set(realm.id, kindOf(list), value);
  }
}

function kindOf(list: string): PolicyList {
  if (list !== 'profiles' && list !== 'policies') throw noSuchThing();
  return list;
}
