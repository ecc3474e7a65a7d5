import type { ReactNode } from 'react';
import { RoleMapping } from '../../role-mapping/role-mapping.js';
import { fullName } from '../../role-mapping/role.js';
import { useText } from './messages/use-text.js';
import { useUserId } from './use-user.js';

/** Roles that were given to the user, of the realm and of clients. */
export function RolesTab(): ReactNode {
  const t = useText();
  return (
    <RoleMapping
      kind="users"
      id={useUserId()}
      title={t('roles')}
      description={t('roles.about')}
      nameOf={fullName}
      takesAtOnce
    />
  );
}
