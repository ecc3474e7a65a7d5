import { Delete, Get, Param, Post, Put } from '@nestjs/common';
import { administrationErrors } from '../administration/administration-errors.js';
import {
  RequiredActionAdministration,
  type UnregisteredAction,
} from '../administration/required-action-administration.js';
import { RequiredActionConfigs } from '../administration/required-action-configs.js';
import type { Realm } from '../realm/realm.js';
import { toConfigProperty } from '../representations/config-property-representation.js';
import { RequiredActionBody } from '../representations/flow-body.js';
import { toRequiredActionRepresentation } from '../representations/flow-representation.js';
import { textEntries } from '../representations/text-entries.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody, OptionalJsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { ActionConfigBody, RegisterActionBody } from './flow-bodies.js';

/** Required actions of a realm (Admin API reference 5.1). */
@AdminController('authentication')
export class RequiredActionsAdminController {
  constructor(
    private readonly actions: RequiredActionAdministration,
    private readonly configs: RequiredActionConfigs,
  ) {}

  @Get('required-actions')
  @Needs('viewRequiredActions')
  list(@InRealm() realm: Realm): readonly JsonObject[] {
    return this.actions.list(realm).map(toRequiredActionRepresentation);
  }

  @Get('required-actions/:alias')
  @Needs('viewRealm')
  get(@InRealm() realm: Realm, @Param('alias') alias: string): JsonObject {
    return toRequiredActionRepresentation(this.actions.get(realm, alias));
  }

  @Put('required-actions/:alias')
  @Needs('manageRealm')
  update(
    @InRealm() realm: Realm,
    @Param('alias') alias: string,
    @JsonBody(RequiredActionBody) body: RequiredActionBody,
  ): Promise<void> {
    return this.actions.update(realm.id, alias, body);
  }

  @Delete('required-actions/:alias')
  @Needs('manageRealm')
  delete(@InRealm() realm: Realm, @Param('alias') alias: string): Promise<void> {
    return this.actions.delete(realm.id, alias);
  }

  @Post('required-actions/:alias/raise-priority')
  @Needs('manageRealm')
  raise(@InRealm() realm: Realm, @Param('alias') alias: string): Promise<void> {
    return this.actions.move(realm.id, alias, 'raise');
  }

  @Post('required-actions/:alias/lower-priority')
  @Needs('manageRealm')
  lower(@InRealm() realm: Realm, @Param('alias') alias: string): Promise<void> {
    return this.actions.move(realm.id, alias, 'lower');
  }

  @Get('required-actions/:alias/config-description')
  @Needs('viewRealm')
  configDescription(@InRealm() realm: Realm, @Param('alias') alias: string): JsonObject {
    return { properties: this.configs.properties(realm, alias).map(toConfigProperty) };
  }

  @Get('required-actions/:alias/config')
  @Needs('viewRealm')
  config(@InRealm() realm: Realm, @Param('alias') alias: string): JsonObject {
    return { config: this.configs.get(realm, alias) };
  }

  @Put('required-actions/:alias/config')
  @Needs('manageRealm')
  async configure(
    @InRealm() realm: Realm,
    @Param('alias') alias: string,
    @OptionalJsonBody(ActionConfigBody) body: ActionConfigBody | undefined,
  ): Promise<void> {
    this.configs.get(realm, alias);
    if (!body) throw administrationErrors.actionConfigUnknown();
    return this.configs.set(realm.id, alias, textEntries(body.config));
  }

  @Delete('required-actions/:alias/config')
  @Needs('manageRealm')
  removeConfig(@InRealm() realm: Realm, @Param('alias') alias: string): Promise<void> {
    return this.configs.remove(realm.id, alias);
  }

  @Get('unregistered-required-actions')
  @Needs('viewRealm')
  unregistered(@InRealm() realm: Realm): readonly UnregisteredAction[] {
    return this.actions.unregistered(realm);
  }

  @Post('register-required-action')
  @Needs('manageRealm')
  register(
    @InRealm() realm: Realm,
    @JsonBody(RegisterActionBody) { providerId, name }: RegisterActionBody,
  ): Promise<void> {
    return this.actions.register(realm.id, providerId, name);
  }
}
