import { Delete, Get, Post, Put } from '@nestjs/common';
import { AdminController } from './admin-controller.js';
import { Needs } from './admin.guard.js';
import { notSupported, organizationsOff } from './out-of-scope.js';

const ONE = ':organization';

/** Organizations, which are out of scope: whoever looks sees that there are none, whoever acts is told. */
@AdminController('organizations')
export class OrganizationsAdminController {
  @Get(['', 'members/:user/organizations'])
  @Needs('queryOrganizations')
  list(): readonly never[] {
    return [];
  }

  @Get('count')
  @Needs('queryOrganizations')
  count(): number {
    return 0;
  }

  @Get([ONE, `${ONE}/*`])
  @Needs('queryOrganizations')
  none(): never {
    throw organizationsOff();
  }

  @Post(['', `${ONE}/*`])
  @Needs('manageOrganizations')
  create(): never {
    throw notSupported('organizations');
  }

  @Put([ONE, `${ONE}/*`])
  @Needs('manageOrganizations')
  update(): never {
    throw notSupported('organizations');
  }

  @Delete([ONE, `${ONE}/*`])
  @Needs('manageOrganizations')
  delete(): never {
    throw notSupported('organizations');
  }
}
