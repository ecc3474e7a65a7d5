import { Delete, Get, Post } from '@nestjs/common';
import { KEPT_PROVIDERS } from '../administration/kept-components.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { Needs } from './admin.guard.js';
import { notSupported } from './out-of-scope.js';

const POLICIES = 'org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy';

/** Who may register clients at the endpoint for it, which this server does not have. */
@AdminController('')
export class InitialAccessAdminController {
  @Get('clients-initial-access')
  @Needs('viewClients')
  list(): readonly never[] {
    return [];
  }

  @Post('clients-initial-access')
  @Needs('createClients')
  create(): never {
    throw notSupported('registration');
  }

  @Delete('clients-initial-access/:id')
  @Needs('manageClients')
  delete(): void {
    // Nothing is there to delete; the reference does not ask either.
  }

  /** Kinds of registration policies that a realm can keep among its components. */
  @Get('client-registration-policy/providers')
  @Needs('viewRealm')
  policies(): readonly JsonObject[] {
    return (KEPT_PROVIDERS[POLICIES] ?? []).map((id) => ({ id, helpText: '', properties: [] }));
  }
}
