import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useToast } from '../../kit/feedback/toasts.js';
import { useRealmApi, useRealmName } from '../admin-context.js';
import { useMay } from '../who-am-i.js';
import { useText } from './messages/use-text.js';
import { RoleList, type RoleListLook } from './role-list.js';
import { mappingPath, roleBody, rolesOf, type Mappings, type Role } from './role.js';

interface RoleMappingProps extends RoleListLook {
  /** Whose roles they are. */
  readonly kind: 'users' | 'groups';
  readonly id: string;
}

/** Roles of a user or group, given by themselves. */
export function RoleMapping({ kind, id, ...look }: RoleMappingProps): ReactNode {
  const t = useText();
  const api = useRealmApi().below(kind, id);
  const toast = useToast();
  const cache = useQueryClient();
  const mayManage = useMay()('manage-users');
  const key = [kind, useRealmName(), id, 'role-mappings'];
  const mappings = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Mappings>('/role-mappings', {}, signal),
  });
  const after = async (text: string): Promise<void> => {
    await cache.invalidateQueries({ queryKey: key });
    toast(text);
  };
  const give = async (role: Role): Promise<void> => {
    await api.post(mappingPath(role), [roleBody(role)]);
    await after(t('assigned', { name: role.name }));
  };
  const take = async (role: Role): Promise<void> => {
    await api.delete(mappingPath(role), {}, [roleBody(role)]);
    await after(t('taken', { name: role.name }));
  };
  return (
    <RoleList
      {...look}
      roles={mappings.data && rolesOf(mappings.data)}
      error={mappings.error}
      onRetry={() => void mappings.refetch()}
      taker={{ kind, id }}
      {...(mayManage && { give, take })}
    />
  );
}
