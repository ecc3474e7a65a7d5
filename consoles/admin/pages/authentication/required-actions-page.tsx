import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { IconButton } from '../../../kit/actions/button.js';
import { Table, type Column } from '../../../kit/data/table.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Switch } from '../../../kit/fields/switch.js';
import { Page } from '../../../kit/layout/page.js';
import { Code, Row, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { ActionConfigDialog } from './action-config-dialog.js';
import { AuthenticationTabs } from './authentication-tabs.js';
import { useText } from './messages/use-text.js';
import { UnregisteredActions } from './unregistered-actions.js';

/** RequiredActionProviderRepresentation. */
export interface RequiredAction {
  readonly alias: string;
  readonly name: string;
  readonly providerId: string;
  readonly enabled: boolean;
  readonly defaultAction: boolean;
  readonly priority: number;
  readonly config?: Readonly<Record<string, string>>;
}

/** What people can be made to do after they have signed in. */
export function RequiredActionsPage(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const queries = useQueryClient();
  const manages = useMay()('manage-realm');
  const [configured, setConfigured] = useState<RequiredAction>();
  const key = ['required-actions', realm];
  const actions = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<readonly RequiredAction[]>('/authentication/required-actions', {}, signal),
  });
  const path = ({ alias }: RequiredAction): string => `/authentication/required-actions/${encodeURIComponent(alias)}`;
  const change = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  const set = (action: RequiredAction, part: Partial<RequiredAction>): void =>
    change.mutate(() => api.put(path(action), { ...action, ...part }));
  const rows = actions.data;

  const columns: readonly Column<RequiredAction>[] = [
    {
      id: 'name',
      label: t('action'),
      cell: ({ name, alias }) => (
        <Stack gap="tight">
          {name}
          <span>
            <Code>{alias}</Code>
          </span>
        </Stack>
      ),
    },
    {
      id: 'enabled',
      label: t('enabled'),
      cell: (action) => (
        <Switch
          label={t('enabledOf', { name: action.name })}
          checked={action.enabled}
          disabled={!manages}
          onChange={({ currentTarget }) => set(action, { enabled: currentTarget.checked })}
        />
      ),
    },
    {
      id: 'default',
      label: t('defaultAction'),
      cell: (action) => (
        <Switch
          label={t('defaultActionOf', { name: action.name })}
          checked={action.defaultAction}
          disabled={!manages || !action.enabled}
          onChange={({ currentTarget }) => set(action, { defaultAction: currentTarget.checked })}
        />
      ),
    },
    {
      id: 'actions',
      label: t('actions'),
      actions: true,
      cell: (action) =>
        manages && (
          <Row>
            <IconButton
              icon="up"
              label={t('earlier', { name: action.name })}
              disabled={action === rows?.[0]}
              onClick={() => change.mutate(() => api.post(`${path(action)}/raise-priority`))}
            />
            <IconButton
              icon="down"
              label={t('later', { name: action.name })}
              disabled={action === rows?.at(-1)}
              onClick={() => change.mutate(() => api.post(`${path(action)}/lower-priority`))}
            />
            <IconButton
              icon="edit"
              label={t('configure', { name: action.name })}
              onClick={() => setConfigured(action)}
            />
          </Row>
        ),
    },
  ];
  return (
    <Page title={t('authentication')} description={t('requiredActionsAbout')}>
      <AuthenticationTabs />
      {change.error && <ErrorNotice error={change.error} />}
      {actions.error ? (
        <ErrorNotice error={actions.error} onRetry={() => void actions.refetch()} />
      ) : (
        <Table
          label={t('requiredActions')}
          columns={columns}
          rows={rows}
          idOf={({ alias }) => alias}
          nameOf={({ name }) => name}
          empty={<EmptyState title={t('noActions')} />}
        />
      )}
      {manages && <UnregisteredActions />}
      {configured && <ActionConfigDialog action={configured} onClose={() => setConfigured(undefined)} />}
    </Page>
  );
}
