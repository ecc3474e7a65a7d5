import { ADMIN_ROLES } from '../../realm/admin-realm.js';
import type { RoleData } from '../../representations/role-body.js';
import { adminClientId } from './clients.js';

/** A seeded role; its description is the key of a text that consoles translate. */
const role = (name: string, composites?: RoleData['composites']): RoleData => ({
  name,
  description: `\${role_${name}}`,
  ...(composites && { composites }),
});

/** To view a thing means to find it. */
const CONTAINED: Readonly<Record<string, readonly string[]>> = {
  'view-clients': ['query-clients'],
  'view-organizations': ['query-organizations'],
  'view-users': ['query-users', 'query-groups'],
};

/** The admin roles as roles of the client that holds them. */
export const adminRoles = (clientId: string): RoleData[] =>
  ADMIN_ROLES.map((name) => {
    const contained = CONTAINED[name];
    return contained ? role(name, { client: { [clientId]: [...contained] } }) : role(name);
  });

/** Roles of the seeded clients, by clientId. */
export function seedClientRoles(master: boolean): Map<string, RoleData[]> {
  const admin = adminClientId(master);
  const all = role('realm-admin', { client: { [admin]: [...ADMIN_ROLES] } });
  return new Map([
    [admin, master ? adminRoles(admin) : [...adminRoles(admin), all]],
    ['broker', [role('read-token')]],
    [
      'account',
      [
        role('view-profile'),
        role('manage-account', { client: { account: ['manage-account-links'] } }),
        role('manage-account-links'),
        role('view-applications'),
        role('view-consent'),
        role('manage-consent', { client: { account: ['view-consent'] } }),
        role('delete-account'),
        role('view-groups'),
      ],
    ],
  ]);
}

/** Roles of a new realm itself. `admin` and `create-realm` exist in master only. */
export function seedRealmRoles(defaultRole: string, master: boolean): RoleData[] {
  const masterRoles = [
    role('create-realm'),
    role('admin', { realm: ['create-realm'], client: { [adminClientId(true)]: [...ADMIN_ROLES] } }),
  ];
  return [
    {
      name: defaultRole,
      description: '${role_default-roles}',
      composites: {
        realm: ['offline_access', 'uma_authorization'],
        client: { account: ['view-profile', 'manage-account'] },
      },
    },
    { name: 'offline_access', description: '${role_offline-access}' },
    role('uma_authorization'),
    ...(master ? masterRoles : []),
  ];
}
