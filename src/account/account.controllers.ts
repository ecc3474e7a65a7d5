import { AccountApplicationsController } from './account-applications.controller.js';
import { AccountCredentialsController } from './account-credentials.controller.js';
import { AccountPreflightController } from './account-preflight.controller.js';
import { AccountSessionsController } from './account-sessions.controller.js';
import { AccountController } from './account.controller.js';
import { MeSessionsController } from './me-sessions.controller.js';

/** Every controller of the account door. */
export const ACCOUNT_CONTROLLERS = [
  AccountPreflightController,
  AccountController,
  AccountSessionsController,
  AccountApplicationsController,
  AccountCredentialsController,
  MeSessionsController,
];
