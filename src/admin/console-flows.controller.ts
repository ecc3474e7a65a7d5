import { Get, Param, Query } from '@nestjs/common';
import { FlowUseLists } from '../administration/flow-use-lists.js';
import { RequiredActionAdministration } from '../administration/required-action-administration.js';
import { slice, textOf, type Page } from '../http/query-parameters.js';
import type { Realm } from '../realm/realm.js';
import { toRequiredActionRepresentation } from '../representations/flow-representation.js';
import { present } from '../representations/present.js';
import { actionProperties } from '../required-actions/action-config.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { InRealm, PageOf } from './admin-params.js';
import { Needs } from './admin.guard.js';

const PAGE_SIZE = 10;

/** Flows with what uses them: routes of the reference's console, which scripts use, too. */
@AdminController('ui-ext/authentication-management')
export class ConsoleFlowsAdminController {
  constructor(
    private readonly uses: FlowUseLists,
    private readonly actions: RequiredActionAdministration,
  ) {}

  @Get('flows')
  @Needs('viewAuthenticationFlows')
  async flows(@InRealm() realm: Realm): Promise<readonly JsonObject[]> {
    return (await this.uses.list(realm)).map(({ flow: { id, alias, builtIn, description }, usedBy }) =>
      present({ id, alias, builtIn, description, usedBy: usedBy && { ...usedBy } }),
    );
  }

  @Get('clients/:flow')
  @Needs('viewAuthenticationFlows')
  async clients(
    @InRealm() realm: Realm,
    @Param('flow') id: string,
    @Query() query: unknown,
    @PageOf(PAGE_SIZE) page: Page,
  ): Promise<readonly JsonObject[]> {
    const found = await this.uses.clientsUsing(realm, id, textOf(query, 'search')?.trim() ?? '');
    return slice(found, page).map((client) => ({ ...client }));
  }

  /** Identity providers that use a flow: there are none. */
  @Get('idp/:flow')
  @Needs('viewAuthenticationFlows')
  providers(): readonly never[] {
    return [];
  }

  @Get('required-actions')
  @Needs('viewRequiredActions')
  requiredActions(@InRealm() realm: Realm): readonly JsonObject[] {
    return this.actions.list(realm).map((action) => ({
      ...toRequiredActionRepresentation(action),
      configurable: actionProperties(action.providerId).length > 0,
    }));
  }
}
