import type { ApiClient } from '../../kit/api/api-client.js';
import type { BindingField, Channel, Door } from './flow-api.js';
import type { PickedClient } from '../pickers/client-picker.js';

/** Where a flow is to be bound. */
export type BindingTarget =
  | { readonly kind: 'realm'; readonly field: BindingField }
  | { readonly kind: 'client'; readonly field: Door; readonly client: Pick<PickedClient, 'id' | 'clientId'> };

/**
 * Binds a flow. @param confirmWithin seconds after which what was bound before returns unless somebody confirms; absent: for good
 * @throws ApiError with the reason when the flow may not be bound there
 */
export async function bind(
  api: ApiClient,
  target: BindingTarget,
  flow: { readonly id: string; readonly alias: string },
  confirmWithin?: number,
): Promise<void> {
  const query = { confirmWithin };
  if (target.kind === 'realm') {
    await api.send('', { method: 'PUT', query, body: { [target.field]: flow.alias } });
    return;
  }
  const path = `/clients/${encodeURIComponent(target.client.id)}`;
  const { authenticationFlowBindingOverrides: before = {} } = await api.get<PickedClient>(path);
  await api.send(path, {
    method: 'PUT',
    query,
    body: {
      clientId: target.client.clientId,
      authenticationFlowBindingOverrides: { ...before, [target.field]: flow.id },
    },
  });
}

/** How a flow that is bound there talks to the person. */
export const channelOf = (field: BindingField | Door): Channel =>
  field === 'directGrantFlow' || field === 'direct_grant' ? 'direct' : 'browser';
