import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button, IconButton } from '../../../kit/actions/button.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table, type Column } from '../../../kit/data/table.js';
import { PAGE_SIZE } from '../../../kit/data/use-list-address.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Row } from '../../../kit/layout/stack.js';
import { Dialog } from '../../../kit/overlays/dialog.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import type { Change, Version } from '../../flows/flow-api.js';
import { flowPath, useVersions } from '../../flows/flow-queries.js';
import { useMay } from '../../who-am-i.js';
import { EditTrouble } from './edit-trouble.js';
import { useText } from './messages/use-text.js';
import type { FlowEdits } from './use-flow-edits.js';

interface VersionsViewProps {
  readonly alias: string;
  readonly edits: FlowEdits;
}

/** What the flow was: who changed it when, what differs, and the way back. */
export function VersionsView({ alias, edits }: VersionsViewProps): ReactNode {
  const t = useText();
  const toast = useToast();
  const manages = useMay()('manage-realm');
  const [first, setFirst] = useState(0);
  const [compared, setCompared] = useState<Version>();
  const versions = useVersions(alias, first, PAGE_SIZE);
  const restore = useMutation({
    mutationFn: ({ version }: Version) =>
      edits.attempt((api, ifMatch) =>
        api.send(`${flowPath(alias)}/versions/${version}/restore`, { method: 'POST', ifMatch }),
      ),
    onSuccess: (_, { version }) => {
      setCompared(undefined);
      toast(t('restored', { version }));
    },
  });
  const newest = first === 0 ? versions.data?.[0] : undefined;
  const columns: readonly Column<Version>[] = [
    {
      id: 'version',
      label: t('version'),
      cell: (version) => (
        <Row>
          {version.version}
          {version === newest && <Badge>{t('newest')}</Badge>}
          {version.running && <Badge kind="success">{t('running')}</Badge>}
        </Row>
      ),
    },
    { id: 'at', label: t('time'), cell: ({ at }) => <DateTime at={at} /> },
    { id: 'editor', label: t('editor'), cell: ({ editor }) => editor?.username ?? t('theServer') },
    {
      id: 'actions',
      label: t('actions'),
      actions: true,
      cell: (version) => (
        <Row>
          {version.version > 1 && (
            <Button look="quiet" onClick={() => setCompared(version)}>
              {t('changes')}
            </Button>
          )}
          {manages && version !== newest && (
            <IconButton
              icon="undo"
              label={t('restore')}
              busy={restore.isPending}
              onClick={() => restore.mutate(version)}
            />
          )}
        </Row>
      ),
    },
  ];
  return (
    <Panel title={t('versions')} description={t('versionsAbout')}>
      {restore.error && (
        <EditTrouble
          alias={alias}
          error={restore.error}
          onAgain={() => {
            const { variables } = restore;
            void edits.reload().then(() => restore.mutate(variables));
          }}
          onDismiss={() => restore.reset()}
        />
      )}
      {versions.error ? (
        <ErrorNotice error={versions.error} onRetry={() => void versions.refetch()} />
      ) : (
        <>
          <Table
            label={t('versions')}
            columns={columns}
            rows={versions.data}
            idOf={({ version }) => String(version)}
            nameOf={({ version }) => String(version)}
            empty={<EmptyState title={t('noVersions')} />}
          />
          <Paging first={first} size={PAGE_SIZE} shown={versions.data?.length ?? 0} onChange={setFirst} />
        </>
      )}
      {compared && <DiffDialog alias={alias} version={compared} onClose={() => setCompared(undefined)} />}
    </Panel>
  );
}

interface DiffDialogProps {
  readonly alias: string;
  readonly version: Version;
  readonly onClose: () => void;
}

/** What a version changed. */
function DiffDialog({ alias, version: { version }, onClose }: DiffDialogProps): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const diff = useQuery({
    queryKey: ['flows', useRealmName(), 'of', alias, 'diff', version],
    queryFn: ({ signal }) => api.get<readonly Change[]>(`${flowPath(alias)}/versions/${version}/diff`, {}, signal),
  });
  return (
    <Dialog wide title={t('changesOf', { version })} onClose={onClose}>
      {diff.error ? (
        <ErrorNotice error={diff.error} onRetry={() => void diff.refetch()} />
      ) : diff.data ? (
        diff.data.length === 0 ? (
          <p>{t('noChanges')}</p>
        ) : (
          <ul>
            {diff.data.map(({ executionId, name, kind, members = {} }) => (
              <li key={`${executionId} ${kind}`}>
                <strong>{name}</strong> {t(`change.${kind}`)}
                {kind === 'changed' && (
                  <ul>
                    {Object.entries(members).map(([member, [from, to]]) => (
                      <li key={member}>
                        {member}: <del>{from || t('nothing')}</del> → <ins>{to || t('nothing')}</ins>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        )
      ) : (
        <Skeleton />
      )}
    </Dialog>
  );
}
