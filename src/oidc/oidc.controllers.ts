import type { Type } from '@nestjs/common';
import { AuthorizeController } from './authorize.controller.js';
import { IntrospectionController } from './introspection.controller.js';
import { LogoutController } from './logout.controller.js';
import { MetadataController } from './metadata.controller.js';
import { PreflightController } from './preflight.controller.js';
import { PushedAuthorizationController } from './pushed-authorization.controller.js';
import { RevocationController } from './revocation.controller.js';
import { SessionFramesController } from './session-frames.controller.js';
import { TokenController } from './token.controller.js';
import { UserInfoController } from './userinfo.controller.js';

/** Every controller of OpenID Connect. */
export const OIDC_CONTROLLERS: readonly Type[] = [
  MetadataController,
  AuthorizeController,
  PushedAuthorizationController,
  TokenController,
  IntrospectionController,
  RevocationController,
  UserInfoController,
  LogoutController,
  PreflightController,
  SessionFramesController,
];
