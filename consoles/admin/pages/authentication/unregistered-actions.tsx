import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Row } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

interface Unregistered {
  readonly providerId: string;
  readonly name: string;
}

/** Actions that the server knows and the realm does not use. */
export function UnregisteredActions(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const key = ['required-actions', useRealmName()];
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: [...key, 'unregistered'],
    queryFn: ({ signal }) =>
      api.get<readonly Unregistered[]>('/authentication/unregistered-required-actions', {}, signal),
  });
  const register = useMutation({
    mutationFn: (action: Unregistered) => api.post('/authentication/register-required-action', action),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  if (!found.data || found.data.length === 0) return null;
  return (
    <Panel title={t('unregistered')} description={t('unregisteredAbout')}>
      {register.error && <ErrorNotice error={register.error} />}
      <Row>
        {found.data.map((action) => (
          <Button key={action.providerId} icon="add" onClick={() => register.mutate(action)}>
            {action.name}
          </Button>
        ))}
      </Row>
    </Panel>
  );
}
