import { Delete, Get, Post, Put } from '@nestjs/common';
import { AdminController } from './admin-controller.js';
import { Needs } from './admin.guard.js';
import { noSuchThing, notSupported } from './out-of-scope.js';

/** Workflows, which are out of scope: whoever looks sees that there are none, whoever acts is told. */
@AdminController('workflows')
export class WorkflowsAdminController {
  @Get(['', 'scheduled/:user'])
  @Needs('viewRealm')
  list(): readonly never[] {
    return [];
  }

  @Get(':workflow')
  @Needs('viewRealm')
  none(): never {
    throw noSuchThing();
  }

  @Post(['', ':workflow/*'])
  @Needs('manageRealm')
  create(): never {
    throw notSupported('workflows');
  }

  @Put(':workflow')
  @Needs('manageRealm')
  update(): never {
    throw notSupported('workflows');
  }

  @Delete(':workflow')
  @Needs('manageRealm')
  delete(): never {
    throw notSupported('workflows');
  }
}
