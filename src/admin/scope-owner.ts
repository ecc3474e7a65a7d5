import type { ScopeOwner } from '../administration/scope-owner.js';
import type { PathParams } from './admin.guard.js';

/** The client (`:client`) or the client scope (`:scope`) of an address. */
export const scopeOwnerOf = ({ client, scope = '' }: PathParams): ScopeOwner =>
  client === undefined ? { kind: 'scope', id: scope } : { kind: 'client', id: client };
