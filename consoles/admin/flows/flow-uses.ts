import { BINDING_FIELDS, type BindingField, type Door, type LimitedDoor, type RealmBindings } from './flow-api.js';

/** A place that names a flow. */
export type FlowUse =
  | { readonly kind: 'realm'; readonly field: BindingField }
  | { readonly kind: 'client'; readonly field: Door; readonly clientId: string };

const isDoor = (door: LimitedDoor['door']): door is Door => door === 'browser' || door === 'direct_grant';

/** Where a flow is used: by the realm, and by clients with flows of their own. */
export function usesOf(alias: string, bindings: RealmBindings, doors: readonly LimitedDoor[]): readonly FlowUse[] {
  const byRealm = BINDING_FIELDS.filter((field) => bindings[field] === alias).map(
    (field) => ({ kind: 'realm', field }) as const,
  );
  const byClients = doors.flatMap(({ door, clientId, flow }): FlowUse[] =>
    clientId !== undefined && flow === alias && isDoor(door) ? [{ kind: 'client', field: door, clientId }] : [],
  );
  return [...byRealm, ...byClients];
}
