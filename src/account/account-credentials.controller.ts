import { Delete, Get, HttpCode, Param, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { jsonOf } from '../http/json-body.js';
import { toCredentialRepresentation } from '../representations/credential-representation.js';
import { InvalidInputError } from '../shared/errors.js';
import type { JsonObject } from '../shared/json.js';
import type { AccountCaller } from './account-caller.js';
import { AccountRest } from './account-replies.js';
import { Caller } from './account.guard.js';
import { CREDENTIAL_KINDS } from './credential-kinds.js';
import { OwnCredentials } from './own-credentials.js';

/** What a person can prove. New credentials are made at the pages of a login (`kc_action`), never here. */
@AccountRest('credentials')
export class AccountCredentialsController {
  constructor(private readonly credentials: OwnCredentials) {}

  /** @param withCredentials `user-credentials=false` gives the kinds alone */
  @Get()
  async list(
    @Caller() caller: AccountCaller,
    @Query('type') type: unknown,
    @Query('user-credentials') withCredentials: unknown,
  ): Promise<readonly JsonObject[]> {
    caller.require('manage-account', 'view-profile');
    const own = await this.credentials.list(caller);
    return CREDENTIAL_KINDS.filter((kind) => typeof type !== 'string' || type === '' || kind.type === type).map(
      ({ actionIfNone, actionToAdd, actionToChange, ...kind }) => {
        const ofKind = own.filter((credential) => credential.type === kind.type);
        const action = actionToAdd ?? (ofKind.length === 0 ? actionIfNone : undefined);
        const createAction = this.credentials.offers(caller, action) ? action : undefined;
        const updateAction = this.credentials.offers(caller, actionToChange) ? actionToChange : undefined;
        return {
          ...kind,
          ...(createAction === undefined ? {} : { createAction }),
          ...(updateAction === undefined || ofKind.length === 0 ? {} : { updateAction }),
          ...(withCredentials === 'false'
            ? {}
            : {
                userCredentialMetadatas: ofKind.map((credential) => ({
                  credential: toCredentialRepresentation(credential),
                })),
              }),
          metadata: {
            type: kind.type,
            category: kind.category,
            displayName: kind.displayName,
            helpText: kind.helptext,
            iconCssClass: kind.iconCssClass,
            ...(createAction === undefined ? {} : { createAction }),
            ...(updateAction === undefined ? {} : { updateAction }),
            removeable: kind.removeable,
          },
        };
      },
    );
  }

  @Delete(':credential')
  @HttpCode(204)
  async remove(@Caller() caller: AccountCaller, @Param('credential') id: string): Promise<void> {
    caller.require('manage-account');
    await this.credentials.remove(caller, id);
  }

  /** The body is a JSON text. */
  @Put(':credential/label')
  async label(
    @Caller() caller: AccountCaller,
    @Param('credential') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    caller.require('manage-account');
    const { value } = jsonOf(request);
    if (typeof value !== 'string') throw new InvalidInputError('wrong_type', 'The label has to be a text');
    await this.credentials.label(caller, id, value);
  }
}
