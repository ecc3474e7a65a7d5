import { Body, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { administrationErrors } from '../administration/administration-errors.js';
import { CredentialAdministration } from '../administration/credential-administration.js';
import { UserAdministration } from '../administration/user-administration.js';
import type { JsonInput } from '../http/json-body.js';
import type { Realm } from '../realm/realm.js';
import { CredentialBody } from '../representations/credential-body.js';
import { toCredentialRepresentation } from '../representations/credential-representation.js';
import type { JsonObject } from '../shared/json.js';
import { InvalidInputError } from '../shared/errors.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonRaw, OptionalJsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { RoleGrants } from './role-grants.js';
import { ALSO } from './role-rights.js';

/** What a user can prove (Admin API reference 5.3). */
@AdminController('users/:user')
export class UserCredentialsAdminController {
  constructor(
    private readonly users: UserAdministration,
    private readonly credentials: CredentialAdministration,
    private readonly grants: RoleGrants,
  ) {}

  @Put('reset-password')
  @Needs('manageUsers', ALSO.ofUser)
  async resetPassword(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('user') id: string,
    @OptionalJsonBody(CredentialBody) body: CredentialBody | undefined,
  ): Promise<void> {
    await this.grants.requireOfUser(caller, realm, (await this.users.get(realm, id)).id);
    if (!body) throw administrationErrors.passwordMissing();
    return this.users.resetPassword(realm, id, body);
  }

  @Get('credentials')
  @Needs('viewUsers')
  async list(@InRealm() realm: Realm, @Param('user') id: string): Promise<readonly JsonObject[]> {
    const user = await this.users.get(realm, id);
    return (await this.credentials.list(realm, user.id)).map(toCredentialRepresentation);
  }

  /** Users of other storages could have credentials there; all of ours are local. */
  @Get('configured-user-storage-credential-types')
  @Needs('viewUsers')
  async storedElsewhere(@InRealm() realm: Realm, @Param('user') id: string): Promise<readonly string[]> {
    await this.users.get(realm, id);
    return [];
  }

  /** A list of types. Passwords and one-time codes are deleted, never switched off, so there is nothing that it changes. */
  @Put('disable-credential-types')
  @Needs('manageUsers')
  async disable(
    @InRealm() realm: Realm,
    @Param('user') id: string,
    @JsonRaw({ type: 'array', items: { type: 'string' } }) { value }: JsonInput,
  ): Promise<void> {
    await this.users.get(realm, id);
    if (!Array.isArray(value))
      throw new InvalidInputError('unparsable_json', 'Cannot parse the JSON', { detail: 'a list of texts is needed' });
  }

  @Delete('credentials/:credential')
  @Needs('manageUsers', ALSO.ofUser)
  async delete(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('user') id: string,
    @Param('credential') credential: string,
  ): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.grants.requireOfUser(caller, realm, user.id);
    await this.credentials.delete(realm, user.id, credential);
  }

  /** The body is plain text. */
  @Put('credentials/:credential/userLabel')
  @Needs('manageUsers')
  async label(
    @InRealm() realm: Realm,
    @Param('user') id: string,
    @Param('credential') credential: string,
    @Body() label: unknown,
  ): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.credentials.label(realm, user.id, credential, typeof label === 'string' ? label : '');
  }

  @Post('credentials/:credential/moveToFirst')
  @Needs('manageUsers')
  async moveToFirst(
    @InRealm() realm: Realm,
    @Param('user') id: string,
    @Param('credential') credential: string,
  ): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.credentials.move(realm, user.id, credential);
  }

  @Post('credentials/:credential/moveAfter/:other')
  @Needs('manageUsers')
  async moveAfter(
    @InRealm() realm: Realm,
    @Param('user') id: string,
    @Param('credential') credential: string,
    @Param('other') other: string,
  ): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.credentials.move(realm, user.id, credential, other);
  }
}
