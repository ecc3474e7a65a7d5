/** A role as it is given and taken away. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Public id of the client whose role it is; absent for a role of the realm. */
  readonly client?: string;
  /** Internal id of that client. */
  readonly containerId?: string;
}

/** As `GET role-mappings` answers; clients by their public ids. */
export interface AssignedRoles {
  readonly realmMappings?: readonly Role[];
  readonly clientMappings?: Readonly<
    Record<string, { readonly id: string; readonly client: string; readonly mappings: readonly Role[] }>
  >;
}

/** A client's role as `ui-ext/available-roles` answers it. */
export interface AvailableClientRole {
  readonly id: string;
  readonly role: string;
  readonly client: string;
  readonly clientId: string;
  readonly description?: string;
}

/** All of them in one list, those of the realm first. */
export const rolesOf = ({ realmMappings = [], clientMappings = {} }: AssignedRoles): readonly Role[] => [
  ...realmMappings.map(({ id, name }) => ({ id, name })),
  ...Object.values(clientMappings).flatMap(({ id: containerId, client, mappings }) =>
    mappings.map(({ id, name }) => ({ id, name, client, containerId })),
  ),
];

/** The role as the server takes it. */
export const bodyOf = ({ id, name }: Role): Pick<Role, 'id' | 'name'> => ({ id, name });

/** Where roles like this one are given and taken away. */
export const mappingPath = ({ client, containerId = '' }: Role): string =>
  client === undefined ? '/role-mappings/realm' : `/role-mappings/clients/${containerId}`;

/** A role in words: of which client it is. */
export const roleName = ({ name, client }: Role): string => (client === undefined ? name : `${client} ${name}`);
