import { Delete, Get, Post, Put } from '@nestjs/common';
import { AdminController } from './admin-controller.js';
import { Needs } from './admin.guard.js';
import { noSuchThing, notSupported } from './out-of-scope.js';

const ONE = 'instances/:alias';
const MAPPER = `${ONE}/mappers/:id`;

/** Identity brokering, which is out of scope: whoever looks sees that there is nothing, whoever acts is told. */
@AdminController('identity-provider')
export class IdentityProvidersAdminController {
  @Get('instances')
  @Needs('viewIdentityProviders')
  list(): readonly never[] {
    return [];
  }

  @Get([
    ONE,
    `${ONE}/mappers`,
    `${ONE}/mapper-types`,
    `${ONE}/reload-keys`,
    `${ONE}/export`,
    MAPPER,
    'providers/:provider',
  ])
  @Needs('viewIdentityProviders')
  none(): never {
    throw noSuchThing();
  }

  @Get(`${ONE}/management/permissions`)
  @Needs('viewIdentityProviders')
  permissions(): never {
    throw notSupported('permissions');
  }

  @Put(`${ONE}/management/permissions`)
  @Needs('manageIdentityProviders')
  setPermissions(): never {
    throw notSupported('permissions');
  }

  @Post(['instances', 'import-config', 'upload-certificate', `${ONE}/mappers`])
  @Needs('manageIdentityProviders')
  create(): never {
    throw notSupported('brokering');
  }

  @Put([ONE, MAPPER])
  @Needs('manageIdentityProviders')
  update(): never {
    throw notSupported('brokering');
  }

  @Delete([ONE, MAPPER])
  @Needs('manageIdentityProviders')
  delete(): never {
    throw notSupported('brokering');
  }
}
