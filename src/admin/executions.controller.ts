import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ConfigService } from '../flows/config-service.js';
import { ExecutionService } from '../flows/execution-service.js';
import type { Realm } from '../realm/realm.js';
import { AuthenticatorConfigBody, ExecutionBody } from '../representations/flow-body.js';
import { toConfigRepresentation, toExecutionRepresentation } from '../representations/flow-representation.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody } from './admin-params.js';
import { Created } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';
import { configInputOf } from './authenticator-config.controller.js';
import { PlaceBody } from './flow-bodies.js';

/** Executions by id (Admin API reference 5.1). */
@AdminController('authentication/executions')
export class ExecutionsAdminController {
  constructor(
    private readonly executions: ExecutionService,
    private readonly configs: ConfigService,
  ) {}

  @Post()
  @Needs('manageRealm')
  async create(@InRealm() realm: Realm, @JsonBody(ExecutionBody) body: ExecutionBody): Promise<Created> {
    const { authenticator: provider = '', requirement, priority } = body;
    const id = await this.executions.addStepById(realm.id, body.parentFlow, { provider, requirement, priority });
    return new Created(['authentication', 'executions', id]);
  }

  @Get(':execution')
  @Needs('viewRealm')
  async get(@InRealm() realm: Realm, @Param('execution') id: string): Promise<JsonObject> {
    return toExecutionRepresentation((await this.executions.get(realm.id, id)).execution);
  }

  @Delete(':execution')
  @Needs('manageRealm')
  delete(@InRealm() realm: Realm, @Param('execution') id: string): Promise<void> {
    return this.executions.remove(realm.id, id);
  }

  @Post(':execution/raise-priority')
  @Needs('manageRealm')
  raise(@InRealm() realm: Realm, @Param('execution') id: string): Promise<void> {
    return this.executions.move(realm.id, id, 'raise');
  }

  @Post(':execution/lower-priority')
  @Needs('manageRealm')
  lower(@InRealm() realm: Realm, @Param('execution') id: string): Promise<void> {
    return this.executions.move(realm.id, id, 'lower');
  }

  /** To any place of any flow at once; ours, the reference moves by one place only. */
  @Post(':execution/place')
  @HttpCode(204)
  @Needs('manageRealm')
  place(@InRealm() realm: Realm, @Param('execution') id: string, @JsonBody(PlaceBody) body: PlaceBody): Promise<void> {
    return this.executions.place(realm.id, id, body);
  }

  @Post(':execution/config')
  @Needs('manageRealm')
  async configure(
    @InRealm() realm: Realm,
    @Param('execution') id: string,
    @JsonBody(AuthenticatorConfigBody) body: AuthenticatorConfigBody,
  ): Promise<Created> {
    const configId = await this.configs.configure(realm.id, id, configInputOf(body));
    return new Created(['authentication', 'executions', id, 'config', configId]);
  }

  @Get(':execution/config/:config')
  @Needs('viewRealm')
  async getConfig(@InRealm() realm: Realm, @Param('config') id: string): Promise<JsonObject> {
    return toConfigRepresentation(await this.configs.get(realm.id, id));
  }
}
