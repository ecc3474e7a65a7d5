import { Get, HttpCode, Post, Put } from '@nestjs/common';
import type { JsonInput } from '../http/json-body.js';
import { ClientBody } from '../representations/client-body.js';
import { readBody } from '../representations/read-body.js';
import type { JsonObject } from '../shared/json.js';
import { AdminController } from './admin-controller.js';
import { JsonRaw } from './admin-params.js';
import { Needs } from './admin.guard.js';
import { notSupported } from './out-of-scope.js';

/** Required actions that set up a credential, and work here. */
const CREDENTIAL_REGISTRATORS = [
  'CONFIGURE_RECOVERY_AUTHN_CODES',
  'CONFIGURE_TOTP',
  'webauthn-register',
  'webauthn-register-passwordless',
];

/** Small resources of a realm (Admin API reference 5.5). */
@AdminController('')
export class RealmExtrasAdminController {
  @Get('credential-registrators')
  @Needs('viewRealm')
  credentialRegistrators(): readonly string[] {
    return CREDENTIAL_REGISTRATORS;
  }

  /** A client as its description says. The one format that is understood is the representation itself. */
  @Post('client-description-converter')
  @HttpCode(200)
  @Needs('manageClients')
  convert(@JsonRaw(ClientBody) { value, text }: JsonInput): JsonObject {
    readBody(ClientBody, value, text);
    return value as JsonObject;
  }

  @Get('users-management-permissions')
  @Needs('viewUsers')
  permissions(): never {
    throw notSupported('permissions');
  }

  @Get('client-types')
  @Needs('viewClients')
  clientTypes(): never {
    throw notSupported('permissions');
  }

  @Put('users-management-permissions')
  @Needs('manageUsers')
  setPermissions(): never {
    throw notSupported('permissions');
  }
}
