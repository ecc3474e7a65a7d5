import type { GrantedRoles } from '../role-access.js';

/** A role as mapper configs name it: of the realm, or of the client with that public id. */
export interface NamedRole {
  readonly clientId?: string;
  readonly name: string;
}

/** Reads `role` or `client.role`; the last dot parts them, as in Keycloak. */
export function parseRole(text: string): NamedRole {
  const dot = text.lastIndexOf('.');
  return dot < 0 ? { name: text } : { clientId: text.slice(0, dot), name: text.slice(dot + 1) };
}

const namesOf = (roles: GrantedRoles, clientId: string | undefined): readonly string[] => {
  if (clientId === undefined) return roles.realm;
  return Object.hasOwn(roles.clients, clientId) ? (roles.clients[clientId] ?? []) : [];
};

const withNames = (roles: GrantedRoles, clientId: string | undefined, names: readonly string[]): GrantedRoles =>
  clientId === undefined
    ? { ...roles, realm: names }
    : { ...roles, clients: Object.fromEntries([...Object.entries(roles.clients), [clientId, names]]) };

export const hasRole = (roles: GrantedRoles, { clientId, name }: NamedRole): boolean =>
  namesOf(roles, clientId).includes(name);

export const withRole = (roles: GrantedRoles, { clientId, name }: NamedRole): GrantedRoles =>
  withNames(roles, clientId, [...new Set([...namesOf(roles, clientId), name])]);

export const withoutRole = (roles: GrantedRoles, { clientId, name }: NamedRole): GrantedRoles =>
  withNames(
    roles,
    clientId,
    namesOf(roles, clientId).filter((each) => each !== name),
  );
