import { Delete, Get, Param, Post } from '@nestjs/common';
import { PushAdministration } from '../administration/push-administration.js';
import type { PushResult } from '../logout/admin-pushes.js';
import type { Realm } from '../realm/realm.js';
import { NodeBody } from '../representations/node-body.js';
import { AdminController } from './admin-controller.js';
import { InRealm, JsonBody } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** What one application is told at its admin URL, and its nodes (Admin API reference 5.2). */
@AdminController('clients/:client')
export class ClientNodesAdminController {
  constructor(private readonly pushes: PushAdministration) {}

  @Post('push-revocation')
  @Needs('manageClients')
  pushRevocation(@InRealm() realm: Realm, @Param('client') id: string): Promise<PushResult> {
    return this.pushes.revocationOfClient(realm, id);
  }

  @Get('test-nodes-available')
  @Needs('manageClients')
  testNodes(@InRealm() realm: Realm, @Param('client') id: string): Promise<PushResult> {
    return this.pushes.testNodes(realm, id);
  }

  @Post('nodes')
  @Needs('manageClients')
  addNode(@InRealm() realm: Realm, @Param('client') id: string, @JsonBody(NodeBody) { node }: NodeBody): Promise<void> {
    return this.pushes.addNode(realm, id, node);
  }

  @Delete('nodes/:node')
  @Needs('manageClients')
  removeNode(@InRealm() realm: Realm, @Param('client') id: string, @Param('node') node: string): Promise<void> {
    return this.pushes.removeNode(realm, id, node);
  }
}
