import { Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ComponentAdministration } from '../administration/component-administration.js';
import { textOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { ComponentBody } from '../representations/component-body.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';
import { notSupported } from './out-of-scope.js';

/** Where users of other directories would come from, and the mappers of such a place. */
const USER_STORAGE = 'org.keycloak.storage.';

/** Components of a realm, and the keys that some of them provide. */
@AdminController('')
export class ComponentsAdminController {
  constructor(private readonly components: ComponentAdministration) {}

  @Get('components')
  @Needs('viewRealm')
  list(@InRealm() realm: Realm, @Query() query: unknown): Promise<readonly JsonObject[]> {
    const [parent, type, name] = ['parent', 'type', 'name'].map((parameter) => textOf(query, parameter));
    return this.components.list(realm, { parent, type, name });
  }

  @Post('components')
  @Needs('manageRealm')
  async create(@InRealm() realm: Realm, @JsonBody(ComponentBody) body: ComponentBody): Promise<Created> {
    if (body.providerType?.startsWith(USER_STORAGE)) throw notSupported('federation');
    return new Created(['components', await this.components.create(realm, body)]);
  }

  @Get('components/:component')
  @Needs('viewRealm')
  get(@InRealm() realm: Realm, @Param('component') id: string): Promise<JsonObject> {
    return this.components.get(realm, id);
  }

  @Put('components/:component')
  @Needs('manageRealm')
  update(
    @InRealm() realm: Realm,
    @Param('component') id: string,
    @JsonBody(ComponentBody) body: ComponentBody,
  ): Promise<void> {
    return this.components.update(realm, id, body);
  }

  @Delete('components/:component')
  @Needs('manageRealm')
  delete(@InRealm() realm: Realm, @Param('component') id: string): Promise<void> {
    return this.components.delete(realm, id);
  }

  @Get('components/:component/sub-component-types')
  @Needs('viewRealm')
  subTypes(
    @InRealm() realm: Realm,
    @Param('component') id: string,
    @Query() query: unknown,
  ): Promise<readonly JsonObject[]> {
    return this.components.subTypes(realm, id, textOf(query, 'type'));
  }

  @Get('keys')
  @Needs('viewRealm')
  keys(@InRealm() realm: Realm): Promise<JsonObject> {
    return this.components.keysMetadata(realm);
  }
}
