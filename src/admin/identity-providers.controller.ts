import { BadRequestException, Delete, Get, Post, Put } from '@nestjs/common';
import { AdminController } from './admin-controller.js';
import { Needs } from './admin.guard.js';
import { noSuchThing, notSupported } from './out-of-scope.js';

const ONE = 'instances/:alias';
const MAPPER = `${ONE}/mappers/:id`;

/** Identity brokering, which is out of scope: whoever looks or names one sees that there is nothing, whoever would make one is told. */
@AdminController('identity-provider')
export class IdentityProvidersAdminController {
  @Get('instances')
  @Needs('viewIdentityProviders')
  list(): readonly never[] {
    return [];
  }

  @Get([ONE, `${ONE}/mappers`, `${ONE}/mapper-types`, `${ONE}/reload-keys`, `${ONE}/export`, MAPPER])
  @Needs('viewIdentityProviders')
  none(): never {
    throw noSuchThing();
  }

  /** @throws BadRequestException always: no provider of users of other servers is known */
  @Get('providers/:provider')
  @Needs('viewIdentityProviders')
  provider(): never {
    throw new BadRequestException({ error: 'HTTP 400 Bad Request' });
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

  @Post(['instances', 'import-config', 'upload-certificate'])
  @Needs('manageIdentityProviders')
  create(): never {
    throw notSupported('brokering');
  }

  @Post(`${ONE}/mappers`)
  @Needs('manageIdentityProviders')
  createMapper(): never {
    throw noSuchThing();
  }

  @Put([ONE, MAPPER])
  @Needs('manageIdentityProviders')
  update(): never {
    throw noSuchThing();
  }

  @Delete([ONE, MAPPER])
  @Needs('manageIdentityProviders')
  delete(): never {
    throw noSuchThing();
  }
}
