import { Get, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ScopeEvaluation, type ExampleKind } from '../administration/scope-evaluation.js';
import { PublicUrl } from '../http/public-url.js';
import { textOf } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { toRoleList, type RoleRepresentation } from '../representations/role-representation.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm } from './admin-params.js';
import { Needs, type PathParams } from './admin.guard.js';
import { notSupported } from './out-of-scope.js';

/** An example has the name, address, groups and roles of the user it is made for. */
const SHOWS_A_USER = 'the right to view users';

/** What each address shows an example of. */
const EXAMPLES: Readonly<Record<string, ExampleKind>> = {
  'generate-example-access-token': 'access',
  'generate-example-id-token': 'id',
  'generate-example-userinfo': 'userInfo',
};

function kindOf({ routeOptions: { url = '' } }: FastifyRequest): ExampleKind {
  const kind = EXAMPLES[url.replace(/^.*\//, '')];
  if (kind === undefined) throw new Error(`${url} is the address of no example`);
  return kind;
}

/** What tokens of a client would contain, without a login (Admin API reference 5.2, "evaluate..."). */
@AdminController('clients/:client/evaluate-scopes')
@Needs('viewClients')
export class EvaluateScopesAdminController {
  constructor(
    private readonly evaluation: ScopeEvaluation,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get('protocol-mappers')
  mappers(
    @InRealm() realm: Realm,
    @Param('client') id: string,
    @Query() query: unknown,
  ): Promise<readonly JsonObject[]> {
    return this.evaluation.mappers(realm, id, textOf(query, 'scope'));
  }

  @Get('scope-mappings/:container/granted')
  granted(
    @InRealm() realm: Realm,
    @Param() params: PathParams,
    @Query() query: unknown,
  ): Promise<readonly RoleRepresentation[]> {
    return this.roles(realm, params, query, true);
  }

  @Get('scope-mappings/:container/not-granted')
  notGranted(
    @InRealm() realm: Realm,
    @Param() params: PathParams,
    @Query() query: unknown,
  ): Promise<readonly RoleRepresentation[]> {
    return this.roles(realm, params, query, false);
  }

  @Get(Object.keys(EXAMPLES))
  @Needs('viewClients', SHOWS_A_USER)
  example(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('client') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
  ): Promise<JsonObject> {
    caller.require('viewUsers', realm.name);
    const wishes = {
      scope: textOf(query, 'scope'),
      userId: textOf(query, 'userId'),
      audience: textOf(query, 'audience'),
    };
    const from = { base: this.publicUrl.base(request), issuer: this.publicUrl.issuer(request, realm.name) };
    return this.evaluation.example(realm, id, kindOf(request), wishes, from);
  }

  @Get('generate-example-saml-response')
  samlResponse(): never {
    throw notSupported('saml');
  }

  private async roles(
    realm: Realm,
    { client = '', container = '' }: PathParams,
    query: unknown,
    granted: boolean,
  ): Promise<readonly RoleRepresentation[]> {
    const roles = await this.evaluation.mappedRoles(realm, client, container, textOf(query, 'scope'), granted);
    return toRoleList(roles);
  }
}
