import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Table } from '../../../kit/data/table.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { TextArea, TextField } from '../../../kit/fields/text-field.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Columns, Muted, Row, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useClientApi, useClientKey } from './use-client.js';
import { useText } from './messages/use-text.js';

interface EvaluatedMapper {
  readonly mapperId: string;
  readonly mapperName: string;
  readonly containerName: string;
  readonly containerType: string;
}

interface Found {
  readonly id: string;
  readonly username: string;
}

/** What tokens of the client would contain, for a scope and a user, without a login. */
export function EvaluatePanel(): ReactNode {
  const t = useText();
  const api = useClientApi();
  const realmApi = useRealmApi();
  const key = useClientKey();
  const mayViewUsers = useMay()('view-users');
  const [scope, setScope] = useState('openid');
  const [username, setUsername] = useState('');
  const [asked, setAsked] = useState('openid');
  const mappers = useQuery({
    queryKey: [...key, 'evaluate', asked],
    queryFn: ({ signal }) =>
      api.get<readonly EvaluatedMapper[]>('/evaluate-scopes/protocol-mappers', { scope: asked }, signal),
    placeholderData: keepPreviousData,
  });
  const example = useMutation({
    mutationFn: async () => {
      const [user] = await realmApi.get<readonly Found[]>('/users', { username: username.trim(), exact: true, max: 1 });
      if (!user) throw new Error(t('evaluate.nobody', { name: username }));
      return api.get<object>('/evaluate-scopes/generate-example-access-token', { scope, userId: user.id });
    },
  });
  return (
    <Panel title={t('evaluate')} description={t('evaluateAbout')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(scope.trim());
          if (username.trim() !== '') example.mutate();
        }}
      >
        <Stack>
          <Columns>
            <TextField
              code
              label={t('evaluate.scope')}
              description={t('evaluate.scopeAbout')}
              value={scope}
              onChange={({ currentTarget }) => setScope(currentTarget.value)}
            />
            {mayViewUsers && (
              <TextField
                code
                label={t('evaluate.user')}
                description={t('evaluate.userAbout')}
                value={username}
                onChange={({ currentTarget }) => setUsername(currentTarget.value)}
              />
            )}
          </Columns>
          <Row>
            <Button type="submit" icon="play" busy={example.isPending}>
              {t('evaluate.run')}
            </Button>
          </Row>
          {example.error && <ErrorNotice error={example.error} />}
          {example.data && (
            <TextArea
              code
              readOnly
              rows={14}
              label={t('evaluate.token')}
              value={JSON.stringify(example.data, undefined, 2)}
            />
          )}
          {mappers.error ? (
            <ErrorNotice error={mappers.error} onRetry={() => void mappers.refetch()} />
          ) : (
            <Table
              label={t('evaluate.mappers')}
              columns={[
                { id: 'name', label: t('evaluate.mapper'), cell: ({ mapperName }) => mapperName },
                {
                  id: 'from',
                  label: t('evaluate.from'),
                  cell: ({ containerName, containerType }) => (
                    <Muted>{containerType === 'client' ? t('evaluate.ofClient') : containerName}</Muted>
                  ),
                },
              ]}
              rows={mappers.data}
              idOf={({ mapperId }) => mapperId}
              nameOf={({ mapperName }) => mapperName}
              empty={<EmptyState title={t('evaluate.none')} />}
            />
          )}
        </Stack>
      </form>
    </Panel>
  );
}
