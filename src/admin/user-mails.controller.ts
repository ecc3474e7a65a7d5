import { Param, Put, Query, Req } from '@nestjs/common';
import type { JsonInput } from '../http/json-body.js';
import type { FastifyRequest } from 'fastify';
import { UserAdministration } from '../administration/user-administration.js';
import { UserMails, type MailWishes } from '../administration/user-mails.js';
import { PublicUrl } from '../http/public-url.js';
import { textOf, wholeOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { InvalidInputError } from '../shared/errors.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm, JsonRaw } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { RoleGrants } from './role-grants.js';

/** Mails to one user whose links do something (Admin API reference 5.3). */
@AdminController('users/:user')
export class UserMailsAdminController {
  constructor(
    private readonly users: UserAdministration,
    private readonly mails: UserMails,
    private readonly grants: RoleGrants,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** The body lists aliases of required actions. */
  @Put('execute-actions-email')
  @Needs('manageUsers')
  executeActions(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('user') id: string,
    @JsonRaw({ type: 'array', items: { type: 'string' } }) { value }: JsonInput,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    if (!isListOfTexts(value))
      throw new InvalidInputError('unparsable_json', 'Cannot parse the JSON', { detail: 'a list of texts is needed' });
    return this.sendActions(realm, caller, id, value, query, request);
  }

  /** The older way to send a link to a new password. */
  @Put('reset-password-email')
  @Needs('manageUsers')
  resetPassword(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('user') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.sendActions(realm, caller, id, ['UPDATE_PASSWORD'], query, request);
  }

  @Put('send-verify-email')
  @Needs('manageUsers')
  async verifyEmail(
    @InRealm() realm: Realm,
    @Param('user') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.mails.verifyEmail(realm, user, wishesOf(query), this.publicUrl.addresses(request));
  }

  /** Whoever opens the link decides how the user logs in, so the caller must not be less than the user. */
  private async sendActions(
    realm: Realm,
    caller: AdminCaller,
    id: string,
    actions: readonly string[],
    query: unknown,
    request: FastifyRequest,
  ): Promise<void> {
    const user = await this.users.get(realm, id);
    await this.grants.requireOfUser(caller, realm, user.id);
    await this.mails.executeActions(realm, user, actions, wishesOf(query), this.publicUrl.addresses(request));
  }
}

const wishesOf = (query: unknown): MailWishes => ({
  clientId: textOf(query, 'client_id'),
  redirectUri: textOf(query, 'redirect_uri'),
  lifespan: wholeOf(query, 'lifespan'),
});

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
