import { Delete, Get, Param, Post, Put } from '@nestjs/common';
import { administrationErrors } from '../administration/administration-errors.js';
import {
  RequiredActionAdministration,
  type UnregisteredAction,
} from '../administration/required-action-administration.js';
import type { Realm } from '../realm/realm.js';
import { RequiredActionBody } from '../representations/flow-body.js';
import { toRequiredActionRepresentation } from '../representations/flow-representation.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { RegisterActionBody } from './flow-bodies.js';

/** Required actions of a realm (Admin API reference 5.1). */
@AdminController('authentication')
export class RequiredActionsAdminController {
  constructor(private readonly actions: RequiredActionAdministration) {}

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

  /** None of the actions can be configured yet. */
  @Get('required-actions/:alias/config-description')
  @Needs('viewRealm')
  configDescription(): never {
    throw administrationErrors.actionNotConfigurable();
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
