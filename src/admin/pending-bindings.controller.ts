import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { FlowService } from '../flows/flow-service.js';
import type { PendingBinding } from '../flows/pending-binding.js';
import { PendingBindings } from '../flows/pending-bindings.js';
import { ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';
import { present } from '../representations/present.js';
import type { JsonObject } from '../shared/json.js';
import type { AdminCaller } from './admin-caller.js';
import { AdminController } from './admin-controller.js';
import { CalledBy, InRealm } from './admin-params.js';
import { Needs } from './admin.guard.js';

/** Bindings on trial (`?confirmWithin=`): ours, the reference has none. */
@AdminController('authentication/pending-bindings')
export class PendingBindingsAdminController {
  constructor(
    private readonly pending: PendingBindings,
    private readonly flows: FlowService,
    private readonly clients: ClientStore,
  ) {}

  @Get()
  @Needs('viewRealm')
  async list(@InRealm() realm: Realm): Promise<readonly JsonObject[]> {
    const waiting = await this.pending.list(realm.id);
    const { catalog } = await this.flows.list(realm.id);
    const aliases = new Map(catalog.flows.map(({ id, alias }) => [id, alias]));
    const clients = await this.clients.byIds(
      realm.id,
      waiting.flatMap(({ clientId }) => clientId ?? []),
    );
    return waiting.map(({ id, field, clientId, flowBefore, flowAfter, createdAt, dueAt, editorId, editorName }) =>
      present({
        id,
        field,
        client: clients.find((client) => client.id === clientId)?.clientId,
        from: aliases.get(flowBefore ?? ''),
        to: aliases.get(flowAfter ?? ''),
        createdAt,
        dueAt,
        editor: editorId === undefined ? undefined : { id: editorId, username: editorName ?? '' },
      }),
    );
  }

  @Post(':pending/confirm')
  @HttpCode(204)
  @Needs('viewRealmName')
  async confirm(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Param('pending') id: string): Promise<void> {
    mayBind(caller, realm, await this.pending.get(realm.id, id));
    return this.pending.confirm(realm.id, id);
  }

  /** The binding of before returns at once. */
  @Delete(':pending')
  @Needs('viewRealmName')
  async giveUp(@InRealm() realm: Realm, @CalledBy() caller: AdminCaller, @Param('pending') id: string): Promise<void> {
    mayBind(caller, realm, await this.pending.get(realm.id, id));
    return this.pending.giveUp(realm.id, id);
  }
}

/** Whoever may change the binding may settle it. @throws ForbiddenError */
const mayBind = (caller: AdminCaller, realm: Realm, { clientId }: PendingBinding): void =>
  caller.require(clientId === undefined ? 'manageRealm' : 'manageClients', realm.name);
