import { Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ClientAdministration } from '../administration/client-administration.js';
import type { Realm } from '../realm/realm.js';
import { AdminController } from './admin-controller.js';
import { InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { noSuchThing, notSupported } from './out-of-scope.js';

/** Kinds of policies and permissions: an address that ends in one of them is a list, one that ends in anything else is about one. */
const KINDS: readonly string[] = [
  ...['aggregate', 'client', 'client-scope', 'group', 'js', 'regex', 'role', 'time', 'uma', 'user'],
  ...['resource', 'scope'],
];

/**
 * Authorization services of clients, which are out of scope: whoever looks sees that there are no resources, scopes, policies and
 * permissions, whoever acts is told. What a client says of them in a realm file is kept with it and changes nothing here.
 */
@AdminController('clients/:client/authz/resource-server')
export class AuthorizationServicesAdminController {
  constructor(private readonly clients: ClientAdministration) {}

  @Get(['resource', 'scope', 'policy', 'policy/providers', 'permission', 'permission/providers'])
  @Needs('viewAuthorization')
  async list(@InRealm() realm: Realm, @Param('client') id: string): Promise<readonly never[]> {
    await this.clients.get(realm, id);
    return [];
  }

  @Get(['policy/:kind', 'permission/:kind'])
  @Needs('viewAuthorization')
  async listOfKind(
    @InRealm() realm: Realm,
    @Param('client') id: string,
    @Param('kind') kind: string,
  ): Promise<readonly never[]> {
    await this.clients.get(realm, id);
    if (!KINDS.includes(kind)) throw noSuchThing();
    return [];
  }

  /** The one of a name: there is none. */
  @Get(['resource/search', 'scope/search', 'policy/search', 'permission/search'])
  @Needs('viewAuthorization')
  async search(@InRealm() realm: Realm, @Param('client') id: string): Promise<void> {
    await this.clients.get(realm, id);
  }

  @Get(['', '*'])
  @Needs('viewAuthorization')
  async none(@InRealm() realm: Realm, @Param('client') id: string): Promise<never> {
    await this.clients.get(realm, id);
    throw noSuchThing();
  }

  @Post('*')
  @Needs('manageAuthorization')
  create(@InRealm() realm: Realm, @Param('client') id: string): Promise<never> {
    return this.refuse(realm, id);
  }

  @Put(['', '*'])
  @Needs('manageAuthorization')
  update(@InRealm() realm: Realm, @Param('client') id: string): Promise<never> {
    return this.refuse(realm, id);
  }

  @Delete('*')
  @Needs('manageAuthorization')
  delete(@InRealm() realm: Realm, @Param('client') id: string): Promise<never> {
    return this.refuse(realm, id);
  }

  private async refuse(realm: Realm, id: string): Promise<never> {
    await this.clients.get(realm, id);
    throw notSupported('authorization');
  }
}
