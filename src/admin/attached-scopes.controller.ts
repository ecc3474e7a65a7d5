import { Delete, Get, Param, Put } from '@nestjs/common';
import { ClientAdministration } from '../administration/client-administration.js';
import type { Realm } from '../realm/realm.js';
import { toAttachedScope } from '../representations/client-scope-representation.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** Client scopes attached to a client (Admin API reference 5.2). */
@AdminController('clients/:client')
export class AttachedScopesAdminController {
  constructor(private readonly clients: ClientAdministration) {}

  @Get('default-client-scopes')
  @Needs('viewClients')
  async listDefault(@InRealm() realm: Realm, @Param('client') id: string): Promise<readonly JsonObject[]> {
    return (await this.clients.attachedScopes(realm, id, 'defaultClientScopes')).map(toAttachedScope);
  }

  @Get('optional-client-scopes')
  @Needs('viewClients')
  async listOptional(@InRealm() realm: Realm, @Param('client') id: string): Promise<readonly JsonObject[]> {
    return (await this.clients.attachedScopes(realm, id, 'optionalClientScopes')).map(toAttachedScope);
  }

  @Put('default-client-scopes/:scope')
  @Needs('manageClients')
  addDefault(@InRealm() realm: Realm, @Param('client') id: string, @Param('scope') scope: string): Promise<void> {
    return this.clients.attachScope(realm, id, 'defaultClientScopes', scope);
  }

  @Put('optional-client-scopes/:scope')
  @Needs('manageClients')
  addOptional(@InRealm() realm: Realm, @Param('client') id: string, @Param('scope') scope: string): Promise<void> {
    return this.clients.attachScope(realm, id, 'optionalClientScopes', scope);
  }

  @Delete(['default-client-scopes/:scope', 'optional-client-scopes/:scope'])
  @Needs('manageClients')
  remove(@InRealm() realm: Realm, @Param('client') id: string, @Param('scope') scope: string): Promise<void> {
    return this.clients.detachScope(realm, id, scope);
  }
}
