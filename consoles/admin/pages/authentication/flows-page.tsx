import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Link } from '../../../kit/actions/link.js';
import { Paging } from '../../../kit/data/paging.js';
import { Table, type Column } from '../../../kit/data/table.js';
import { PAGE_SIZE, useListAddress } from '../../../kit/data/use-list-address.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { SearchField } from '../../../kit/fields/search-field.js';
import { Page } from '../../../kit/layout/page.js';
import { Muted, Row, Stack } from '../../../kit/layout/stack.js';
import { Menu } from '../../../kit/overlays/menu.js';
import { useTo } from '../../admin-context.js';
import type { Flow } from '../../flows/flow-api.js';
import { useBindings, useDoors, useFlowPage } from '../../flows/flow-queries.js';
import { usesOf } from '../../flows/flow-uses.js';
import { PendingNotices } from '../../flows/pending-notices.js';
import { BindDialog } from '../../flows/bind-dialog.js';
import { useMay } from '../../who-am-i.js';
import { AuthenticationTabs } from './authentication-tabs.js';
import { CopyFlowDialog, CreateFlowDialog, DeleteFlowDialog } from './flow-dialogs.js';
import { FlowUses } from './flow-uses-view.js';
import { useText } from './messages/use-text.js';

interface Asked {
  readonly what: 'create' | 'copy' | 'delete' | 'bind';
  readonly flow?: Flow;
}

/** The flows of the realm, what uses them, and what can be done with each. */
export function FlowsPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const may = useMay();
  const list = useListAddress();
  const flows = useFlowPage(list.search, list.first);
  const bindings = useBindings();
  const doors = useDoors(flows.data !== undefined);
  const [asked, setAsked] = useState<Asked>();
  const manages = may('manage-realm');

  const columns: readonly Column<Flow>[] = [
    {
      id: 'name',
      label: t('name'),
      cell: ({ alias, description }) => (
        <Stack gap="tight">
          <Link to={to('authentication', 'flows', alias)}>{alias}</Link>
          {description !== '' && <Muted>{description}</Muted>}
        </Stack>
      ),
    },
    {
      id: 'usedBy',
      label: t('usedBy'),
      cell: ({ alias }) => (
        <FlowUses
          uses={usesOf(alias, bindings.data ?? {}, doors.data?.doors ?? [])}
          areAll={bindings.isSuccess && doors.isSuccess}
        />
      ),
    },
    {
      id: 'origin',
      label: t('origin'),
      cell: ({ builtIn }) => <Badge kind={builtIn ? 'neutral' : 'accent'}>{t(builtIn ? 'builtIn' : 'own')}</Badge>,
    },
    {
      id: 'actions',
      label: t('actions'),
      actions: true,
      cell: (flow) =>
        manages && (
          <Menu
            compact
            icon="more"
            label={t('actionsFor', { name: flow.alias })}
            entries={[
              { label: t('duplicate'), icon: 'copy', onAction: () => setAsked({ what: 'copy', flow }) },
              { label: t('bind'), icon: 'check', onAction: () => setAsked({ what: 'bind', flow }) },
              {
                label: t('delete'),
                icon: 'delete',
                danger: true,
                disabled: flow.builtIn,
                onAction: () => setAsked({ what: 'delete', flow }),
              },
            ]}
          />
        ),
    },
  ];
  const close = (): void => setAsked(undefined);
  return (
    <Page
      title={t('authentication')}
      description={t('flowsAbout')}
      actions={
        manages && (
          <Button look="primary" icon="add" onClick={() => setAsked({ what: 'create' })}>
            {t('createFlow')}
          </Button>
        )
      }
    >
      <AuthenticationTabs />
      <PendingNotices />
      <Row>
        <SearchField label={t('searchFlows')} value={list.search} onSearch={list.onSearch} />
      </Row>
      {flows.error ? (
        <ErrorNotice error={flows.error} onRetry={() => void flows.refetch()} />
      ) : (
        <>
          <Table
            label={t('flows')}
            columns={columns}
            rows={flows.data}
            idOf={({ id }) => id}
            nameOf={({ alias }) => alias}
            empty={<EmptyState title={t('noFlowFits')} />}
          />
          <Paging first={list.first} size={PAGE_SIZE} shown={flows.data?.length ?? 0} onChange={list.onPage} />
        </>
      )}
      {asked?.what === 'create' && <CreateFlowDialog onClose={close} />}
      {asked?.what === 'copy' && asked.flow && <CopyFlowDialog flow={asked.flow} onClose={close} />}
      {asked?.what === 'delete' && asked.flow && <DeleteFlowDialog flow={asked.flow} onClose={close} />}
      {asked?.what === 'bind' && asked.flow && <BindDialog flow={asked.flow} onClose={close} />}
    </Page>
  );
}
