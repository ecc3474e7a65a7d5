import type { Type } from '@nestjs/common';
import { ApiDocsController } from './api-docs/api-docs.controller.js';
import { AdminConsoleController, ConsoleFilesController } from './consoles/consoles.controller.js';
import { HealthController } from './health.controller.js';
import { LoginActionsController } from './login-actions.controller.js';
import { MessageBundlesController } from './message-bundles.controller.js';
import { ResourcesController } from './resources.controller.js';

/** Every controller of pages and of what else people and machines look at. */
export const WEB_CONTROLLERS: readonly Type[] = [
  LoginActionsController,
  HealthController,
  ResourcesController,
  MessageBundlesController,
  ApiDocsController,
  AdminConsoleController,
  ConsoleFilesController,
];
