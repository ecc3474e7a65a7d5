import { Get, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientInstallation } from '../administration/client-installation.js';
import { PublicUrl } from '../http/public-url.js';
import type { Realm } from '../realm/realm.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm } from './admin-params.js';
import { FileReply } from './admin-replies.interceptor.js';
import { Needs } from './admin.guard.js';

/** Files by which applications are configured (Admin API reference 5.2). */
@AdminController('clients/:client/installation/providers')
export class ClientInstallationAdminController {
  constructor(
    private readonly installation: ClientInstallation,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get(':provider')
  @Needs('viewClients')
  async file(
    @InRealm() realm: Realm,
    @CalledBy() caller: AdminCaller,
    @Param('client') id: string,
    @Param('provider') provider: string,
    @Req() request: FastifyRequest,
  ): Promise<FileReply> {
    const mayManage = caller.may('manageClients', realm.name);
    const text = await this.installation.file(realm, id, provider, this.publicUrl.base(request), mayManage);
    return new FileReply('text/plain;charset=UTF-8', Buffer.from(text));
  }
}
