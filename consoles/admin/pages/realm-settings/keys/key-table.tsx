import type { ReactNode } from 'react';
import { Table } from '../../../../kit/data/table.js';
import { Badge } from '../../../../kit/feedback/badge.js';
import { EmptyState } from '../../../../kit/feedback/empty-state.js';
import { Code, Muted, Stack } from '../../../../kit/layout/stack.js';
import { Menu, type MenuEntry } from '../../../../kit/overlays/menu.js';
import type { KeyMetadata, KeyProvider } from './key-provider.js';
import { useText } from './messages/use-text.js';

/** A key, and what provides it. */
export interface KeyRow {
  readonly key: KeyMetadata;
  readonly provider: KeyProvider | undefined;
}

interface KeyTableProps {
  readonly rows: readonly KeyRow[] | undefined;
  readonly manages: boolean;
  readonly onAsk: (what: 'edit' | 'delete' | 'publicKey' | 'certificate', row: KeyRow) => void;
}

/** How a key is called. */
export const nameOf = ({ key, provider }: KeyRow): string => provider?.name ?? key.kid;

/** The keys, the one that is used first of each kind. */
export function KeyTable({ rows, manages, onAsk }: KeyTableProps): ReactNode {
  const t = useText();
  const entriesOf = (row: KeyRow): readonly MenuEntry[] => [
    ...(row.key.publicKey === undefined ? [] : [{ label: t('publicKey'), onAction: () => onAsk('publicKey', row) }]),
    ...(row.key.certificate === undefined
      ? []
      : [{ label: t('certificate'), onAction: () => onAsk('certificate', row) }]),
    ...(manages && row.provider
      ? [
          { label: t('edit'), icon: 'edit' as const, onAction: () => onAsk('edit', row) },
          { label: t('delete'), icon: 'delete' as const, danger: true, onAction: () => onAsk('delete', row) },
        ]
      : []),
  ];
  return (
    <Table
      label={t('keys')}
      rows={rows}
      idOf={({ key }) => key.kid}
      nameOf={nameOf}
      empty={<EmptyState title={t('none')} />}
      columns={[
        {
          id: 'name',
          label: t('provider'),
          cell: (row) => (
            <Stack gap="tight">
              {nameOf(row)}
              {row.provider && row.provider.providerId !== row.provider.name && (
                <Muted>{row.provider.providerId}</Muted>
              )}
            </Stack>
          ),
        },
        { id: 'algorithm', label: t('algorithm'), cell: ({ key }) => key.algorithm },
        { id: 'use', label: t('use'), cell: ({ key }) => t(key.use === 'ENC' ? 'use.ENC' : 'use.SIG') },
        {
          id: 'status',
          label: t('status'),
          cell: ({ key }) => (
            <Badge kind={key.status === 'ACTIVE' ? 'success' : 'neutral'}>{t(`status.${key.status}`)}</Badge>
          ),
        },
        { id: 'priority', label: t('priority'), align: 'end', cell: ({ key }) => key.providerPriority },
        { id: 'kid', label: t('kid'), cell: ({ key }) => <Code>{key.kid}</Code> },
        {
          id: 'actions',
          label: t('actions'),
          actions: true,
          cell: (row) => {
            const entries = entriesOf(row);
            return (
              entries.length > 0 && (
                <Menu compact icon="more" label={t('actionsOf', { name: nameOf(row) })} entries={entries} />
              )
            );
          },
        },
      ]}
    />
  );
}
