import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../../kit/actions/button.js';
import { Table } from '../../../kit/data/table.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Code, Row, Stack } from '../../../kit/layout/stack.js';
import { useMay } from '../../who-am-i.js';
import { PushReport, type PushResult } from './push-report.js';
import { useClient, useClientApi, useClientDeed } from './use-client.js';
import { useText } from './messages/use-text.js';

/** Machines on which the application runs: each of them is told of revocations and logouts. */
export function Nodes(): ReactNode {
  const t = useText();
  const api = useClientApi();
  const { registeredNodes = {} } = useClient();
  const mayManage = useMay()('manage-clients');
  const [name, setName] = useState('');
  const add = useClientDeed(() => api.post('/nodes', { node: name.trim() }), t('node.added'));
  const remove = useClientDeed((node: string) => api.delete(`/nodes/${encodeURIComponent(node)}`), t('node.removed'));
  const test = useMutation({ mutationFn: () => api.get<PushResult>('/test-nodes-available') });
  const problem = add.error ?? remove.error ?? test.error;
  return (
    <Panel title={t('nodes')} description={t('nodesAbout')}>
      <Stack>
        {problem && <ErrorNotice error={problem} />}
        <Table
          label={t('nodes')}
          columns={[
            { id: 'node', label: t('node'), cell: ([node]) => <Code>{node}</Code> },
            { id: 'since', label: t('node.since'), cell: ([, at]) => <DateTime at={at * 1000} /> },
            {
              id: 'actions',
              label: t('actions'),
              actions: true,
              cell: ([node]) =>
                mayManage && (
                  <IconButton
                    icon="delete"
                    label={t('node.remove', { name: node })}
                    onClick={() => remove.mutate(node)}
                  />
                ),
            },
          ]}
          rows={Object.entries(registeredNodes)}
          idOf={([node]) => node}
          nameOf={([node]) => node}
          empty={<EmptyState title={t('node.none')}>{t('node.noneAbout')}</EmptyState>}
        />
        {mayManage && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() !== '') add.mutate(undefined, { onSuccess: () => setName('') });
            }}
          >
            <Stack gap="tight">
              <TextField
                code
                label={t('node.add')}
                value={name}
                onChange={({ currentTarget }) => setName(currentTarget.value)}
              />
              <Row>
                <Button type="submit" icon="add" busy={add.isPending}>
                  {t('add')}
                </Button>
                <Button busy={test.isPending} onClick={() => test.mutate()}>
                  {t('node.test')}
                </Button>
              </Row>
            </Stack>
          </form>
        )}
        {test.data && <PushReport result={test.data} />}
      </Stack>
    </Panel>
  );
}
