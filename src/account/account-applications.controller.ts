import { Delete, Get, Headers, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { jsonOf } from '../http/json-body.js';
import { PublicUrl } from '../http/public-url.js';
import { readBody } from '../representations/read-body.js';
import type { JsonObject } from '../shared/json.js';
import type { AccountCaller } from './account-caller.js';
import { AccountRest } from './account-replies.js';
import { AccountWords } from './account-words.js';
import { Caller } from './account.guard.js';
import { toApplicationRepresentation, toConsentRepresentation } from './application-representation.js';
import { ConsentBody } from './consent-body.js';
import { OwnApplications } from './own-applications.js';

/** Applications of a person, and what they may see. */
@AccountRest('applications')
export class AccountApplicationsController {
  constructor(
    private readonly applications: OwnApplications,
    private readonly words: AccountWords,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** @param name a part of the name people see, or of the id */
  @Get()
  async list(
    @Caller() caller: AccountCaller,
    @Query('name') name: unknown,
    @Req() request: FastifyRequest,
  ): Promise<readonly JsonObject[]> {
    caller.require('manage-account', 'view-applications');
    const words = this.words.of(caller, request.headers['accept-language']);
    const wanted = typeof name === 'string' ? name.toLowerCase() : '';
    const fits = (text: string | undefined): boolean => (text ?? '').toLowerCase().includes(wanted);
    return (await this.applications.list(caller))
      .filter(({ client }) => fits(words(client.name)) || fits(client.clientId))
      .map((application) => toApplicationRepresentation(application, words, this.publicUrl.base(request)));
  }

  /** 204 when nothing was allowed. */
  @Get(':client/consent')
  async consent(
    @Caller() caller: AccountCaller,
    @Param('client') clientId: string,
    @Headers('accept-language') language: string | undefined,
  ): Promise<JsonObject | undefined> {
    caller.require('manage-account', 'view-consent', 'manage-consent');
    const consent = await this.applications.consent(caller, clientId);
    return consent && toConsentRepresentation(consent, this.words.of(caller, language));
  }

  @Post(':client/consent')
  @HttpCode(200)
  grant(
    @Caller() caller: AccountCaller,
    @Param('client') clientId: string,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    return this.replace(caller, clientId, request);
  }

  @Put(':client/consent')
  update(
    @Caller() caller: AccountCaller,
    @Param('client') clientId: string,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    return this.replace(caller, clientId, request);
  }

  @Delete(':client/consent')
  @HttpCode(204)
  async revoke(@Caller() caller: AccountCaller, @Param('client') clientId: string): Promise<void> {
    caller.require('manage-account', 'manage-consent');
    await this.applications.revoke(caller, clientId);
  }

  private async replace(caller: AccountCaller, clientId: string, request: FastifyRequest): Promise<JsonObject> {
    caller.require('manage-account', 'manage-consent');
    const { value, text } = jsonOf(request);
    const { grantedScopes = [] } = readBody(ConsentBody, value, text);
    const ids = grantedScopes.map(({ id }) => id ?? '');
    const words = this.words.of(caller, request.headers['accept-language']);
    return toConsentRepresentation(await this.applications.grant(caller, clientId, ids), words);
  }
}
