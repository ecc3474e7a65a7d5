import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { RoleMapping } from '../../role-mapping/role-mapping.js';
import { useClientApi, useClientKey } from './use-client.js';
import { useText } from './messages/use-text.js';

/** Roles that the client has when it acts for itself. */
export function ServiceAccountTab(): ReactNode {
  const t = useText();
  const api = useClientApi();
  const user = useQuery({
    queryKey: [...useClientKey(), 'service-account'],
    queryFn: ({ signal }) => api.get<{ readonly id: string }>('/service-account-user', {}, signal),
  });
  if (user.error) return <ErrorNotice error={user.error} onRetry={() => void user.refetch()} />;
  if (!user.data) return <Skeleton lines={4} />;
  return (
    <RoleMapping
      kind="users"
      id={user.data.id}
      title={t('serviceAccountTab')}
      description={t('serviceAccountTabAbout')}
    />
  );
}
