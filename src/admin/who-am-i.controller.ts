import { Get, Query } from '@nestjs/common';
import { administrationErrors } from '../administration/administration-errors.js';
import { textOf } from '../http/query-parameters.js';
import { FALLBACK_LOCALE } from '../realm/locale.js';
import { RealmStore, type Realm } from '../realm/realm.js';
import type { JsonObject } from '../shared/json.js';
import { ForbiddenError } from '../shared/errors.js';
import { forbidden, type AdminCaller } from './admin-caller.js';
import { ServerController } from './admin-controller.js';
import { CalledBy, InRealm } from './admin-params.js';
import { NeedsOther } from './admin.guard.js';

/** Clients whose users may ask: the console, and those that say they are one. */
const CONSOLE = 'security-admin-console';
const CONSOLE_ATTRIBUTE = 'security.admin.console';

/** Who uses the console, and what they may do in the realm that is shown (Admin API reference 5.7). */
@ServerController('admin/:realm/console')
export class WhoAmIController {
  constructor(private readonly realms: RealmStore) {}

  @Get('whoami')
  @NeedsOther('a token of the console, and any admin role in the realm that is asked about')
  async find(@InRealm() home: Realm, @CalledBy() caller: AdminCaller, @Query() query: unknown): Promise<JsonObject> {
    const { client, user, realm: own } = caller.principal;
    if (client.clientId !== CONSOLE && client.attributes[CONSOLE_ATTRIBUTE] !== 'true')
      throw forbidden('the token is not for a console');
    const asked = textOf(query, 'currentRealm') ?? home.name;
    if (!(await this.realms.byName(asked))) throw administrationErrors.realmUnknown();
    const roles = [...caller.rolesIn(asked)].sort();
    if (roles.length === 0) throw new ForbiddenError('forbidden', 'No realm access');
    const name = [user.firstName, user.lastName].filter((part) => part !== undefined && part !== '').join(' ');
    return {
      userId: user.id,
      realm: own.name,
      displayName: name || user.username,
      createRealm: caller.hasMasterRole('create-realm'),
      realm_access: { [asked]: roles },
      locale: user.attributes['locale']?.[0] ?? own.settings.defaultLocale ?? FALLBACK_LOCALE,
      temporary: user.attributes['is_temporary_admin']?.[0] === 'true',
    };
  }
}
