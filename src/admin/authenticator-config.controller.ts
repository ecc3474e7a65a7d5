import { Delete, Get, Param, Post, Put } from '@nestjs/common';
import type { ConfigInput } from '../flows/config-edits.js';
import { ConfigService } from '../flows/config-service.js';
import type { Realm } from '../realm/realm.js';
import { AuthenticatorConfigBody } from '../representations/flow-body.js';
import { toConfigRepresentation } from '../representations/flow-representation.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';

/** Configs of executions by id (Admin API reference 5.1). */
@AdminController('authentication/config')
export class AuthenticatorConfigAdminController {
  constructor(private readonly configs: ConfigService) {}

  @Post()
  @Needs('manageRealm')
  async create(
    @InRealm() realm: Realm,
    @JsonBody(AuthenticatorConfigBody) body: AuthenticatorConfigBody,
  ): Promise<Created> {
    return new Created(['authentication', 'config', await this.configs.create(realm.id, configInputOf(body))]);
  }

  @Get(':config')
  @Needs('viewRealm')
  async get(@InRealm() realm: Realm, @Param('config') id: string): Promise<JsonObject> {
    return toConfigRepresentation(await this.configs.get(realm.id, id));
  }

  @Put(':config')
  @Needs('manageRealm')
  update(
    @InRealm() realm: Realm,
    @Param('config') id: string,
    @JsonBody(AuthenticatorConfigBody) body: AuthenticatorConfigBody,
  ): Promise<void> {
    return this.configs.update(realm.id, id, configInputOf(body));
  }

  @Delete(':config')
  @Needs('manageRealm')
  delete(@InRealm() realm: Realm, @Param('config') id: string): Promise<void> {
    return this.configs.delete(realm.id, id);
  }
}

/** A config as a body gives it; a value of null is none. */
export const configInputOf = ({ alias, config }: AuthenticatorConfigBody): ConfigInput => ({
  alias,
  values: Object.fromEntries(
    Object.entries(config ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  ),
});
