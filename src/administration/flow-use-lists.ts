import type { FlowService } from '../flows/flow-service.js';
import { usesByClient, usesByRealm } from '../flows/flow-uses.js';
import type { StoredFlow } from '../flows/stored-flow.js';
import type { Client, ClientStore } from '../realm/client.js';
import type { Realm } from '../realm/realm.js';

/** As many clients as a row of the list names. */
const MOST_NAMED = 9;

/** Who uses a flow: the realm itself, or clients with a flow of their own. */
interface FlowUsers {
  readonly type: 'DEFAULT' | 'SPECIFIC_CLIENTS';
  /** The alias of a flow that the realm uses; else names of clients. */
  readonly values: readonly string[];
}

/** Flows with what uses them, as consoles list them (`ui-ext/authentication-management`). */
export class FlowUseLists {
  constructor(
    private readonly flows: FlowService,
    private readonly clients: Pick<ClientStore, 'withOwnFlows'>,
  ) {}

  /** The flows of a realm, and who uses each; undefined when nobody does. */
  async list(realm: Realm): Promise<readonly { readonly flow: StoredFlow; readonly usedBy: FlowUsers | undefined }[]> {
    const { flows } = await this.flows.list(realm.id);
    const clients = await this.clients.withOwnFlows(realm.id);
    return flows.map((flow) => ({ flow, usedBy: usersOf(realm, clients, flow) }));
  }

  /**
   * Clients that use the flow instead of the realm's, by name.
   * @param search part of the name @throws NotFoundError `flow_id_unknown`
   */
  async clientsUsing(
    realm: Realm,
    flowId: string,
    search: string,
  ): Promise<readonly { readonly id: string; readonly label: string }[]> {
    const { flow } = await this.flows.get(realm.id, flowId);
    return (await this.clients.withOwnFlows(realm.id))
      .filter((client) => usesByClient(client, flow.id).length > 0 && client.clientId.includes(search))
      .map(({ id, clientId: label }) => ({ id, label }));
  }
}

function usersOf(realm: Realm, clients: readonly Client[], flow: StoredFlow): FlowUsers | undefined {
  const fields = usesByRealm(realm, flow.id);
  if (fields.length > 0) return { type: 'DEFAULT', values: fields.map(() => flow.alias) };
  const using = clients.filter((client) => usesByClient(client, flow.id).length > 0);
  const values = using.slice(0, MOST_NAMED).map(({ clientId }) => clientId);
  return values.length === 0 ? undefined : { type: 'SPECIFIC_CLIENTS', values };
}
