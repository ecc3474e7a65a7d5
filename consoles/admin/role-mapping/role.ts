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
export interface Mappings {
  readonly realmMappings?: readonly Role[];
  readonly clientMappings?: Readonly<
    Record<string, { readonly id: string; readonly client: string; readonly mappings: readonly Role[] }>
  >;
}

/** All of them in one list, those of the realm first. */
export const rolesOf = ({ realmMappings = [], clientMappings = {} }: Mappings): readonly Role[] => [
  ...realmMappings.map(({ client: _none, containerId: _realm, ...role }) => role),
  ...Object.values(clientMappings).flatMap(({ id: containerId, client, mappings }) =>
    mappings.map((role) => ({ ...role, client, containerId })),
  ),
];

/** A role's name, after that of the client whose role it is. */
export const fullName = ({ name, client }: Role): string => (client === undefined ? name : `${client} ${name}`);

/** The role as the server takes it. */
export const roleBody = ({ id, name }: Role): Pick<Role, 'id' | 'name'> => ({ id, name });

/** Where roles like this one are given and taken away. */
export const mappingPath = ({ client, containerId = '' }: Role): string =>
  client === undefined ? '/role-mappings/realm' : `/role-mappings/clients/${encodeURIComponent(containerId)}`;
