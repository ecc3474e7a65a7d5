import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { coreProviders, type Ground } from './core.module.js';
import { BrowserContexts } from './http/browser-context.js';
import { LoginReplies } from './http/login-replies.js';
import { Messages } from './http/messages.js';
import { PageRenderer } from './http/page-renderer.js';
import { PublicUrl } from './http/public-url.js';
import { RealmParam } from './http/realm-param.js';
import { AuthorizeController } from './oidc/authorize.controller.js';
import { RealmStore } from './realm/realm.js';
import { UserStore } from './realm/user.js';
import { SessionService } from './sessions/session-service.js';
import { HealthController } from './web/health.controller.js';
import { LoginActionsController } from './web/login-actions.controller.js';
import { PageErrorFilter } from './web/page-error.filter.js';
import { ResourcesController } from './web/resources.controller.js';
import { make, wire } from './wire.js';

/** What doors share. */
const doorKit = ({ settings }: Ground): Provider[] => [
  { provide: PublicUrl, useValue: new PublicUrl(settings.publicUrl) },
  wire(RealmParam, [RealmStore]),
  wire(Messages, []),
  make(PageRenderer, [Messages], (messages) => new PageRenderer(messages, settings.theme)),
  wire(BrowserContexts, [SessionService, UserStore, PublicUrl]),
  wire(LoginReplies, [PageRenderer, PublicUrl]),
];

/** The composition root: every class of the server, and nothing that decides. */
@Module({})
export class AppModule {
  static on(ground: Ground): DynamicModule {
    return {
      module: AppModule,
      controllers: [AuthorizeController, LoginActionsController, HealthController, ResourcesController],
      providers: [...coreProviders(ground), ...doorKit(ground), { provide: APP_FILTER, useClass: PageErrorFilter }],
    };
  }
}
