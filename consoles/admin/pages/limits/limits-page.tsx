import type { ReactNode } from 'react';
import { ButtonLink, Link } from '../../../kit/actions/link.js';
import { Table, type Column } from '../../../kit/data/table.js';
import { Badge, type BadgeKind } from '../../../kit/feedback/badge.js';
import { EmptyState } from '../../../kit/feedback/empty-state.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Muted, Stack } from '../../../kit/layout/stack.js';
import { useTo } from '../../admin-context.js';
import type { LimitedDoor, Limiter } from '../../flows/flow-api.js';
import { useDoors } from '../../flows/flow-queries.js';
import { PendingNotices } from '../../flows/pending-notices.js';
import { useMay } from '../../who-am-i.js';
import { ExplainPanel } from './explain-panel.js';
import { useText } from './messages/use-text.js';
import { DenialsPanel } from './denials-panel.js';

const KINDS: Readonly<Record<LimitedDoor['verdict'], BadgeKind>> = {
  capped: 'success',
  uncapped: 'neutral',
  dodged: 'danger',
  unknown: 'warning',
  opens_none: 'neutral',
};

/** The caps in force: at which door which flow holds how many sessions, and whether it can be got past. */
export function LimitsPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const may = useMay();
  const doors = useDoors();
  const columns: readonly Column<LimitedDoor>[] = [
    {
      id: 'door',
      label: t('door'),
      cell: ({ door, clientId }) => (
        <Stack gap="tight">
          {t(`door.${door}`)}
          <Muted>{clientId === undefined ? t('everyClient') : t('onlyClient', { client: clientId })}</Muted>
        </Stack>
      ),
    },
    {
      id: 'flow',
      label: t('flow'),
      cell: ({ flow }) => flow !== undefined && <Link to={to('authentication', 'flows', flow)}>{flow}</Link>,
    },
    {
      id: 'caps',
      label: t('caps'),
      cell: ({ limiters }) =>
        limiters.length === 0 ? (
          <Muted>{t('noLimiter')}</Muted>
        ) : (
          <ul>
            {limiters.map((limiter, index) => (
              <li key={index}>{capsText(limiter, t)}</li>
            ))}
          </ul>
        ),
    },
    {
      id: 'verdict',
      label: t('holds'),
      cell: ({ verdict, sentence }) => (
        <Stack gap="tight">
          <span>
            <Badge kind={KINDS[verdict]}>{t(`verdict.${verdict}`)}</Badge>
          </span>
          <Muted>
            <span lang="en">{sentence}</span>
          </Muted>
        </Stack>
      ),
    },
  ];
  return (
    <Page
      title={t('limits')}
      description={t('limitsAbout')}
      actions={
        may('manage-realm') && (
          <ButtonLink look="primary" icon="add" to={to('limits', 'new')}>
            {t('limitSessions')}
          </ButtonLink>
        )
      }
    >
      <PendingNotices />
      {doors.error ? (
        <ErrorNotice error={doors.error} onRetry={() => void doors.refetch()} />
      ) : (
        <Table
          label={t('limits')}
          columns={columns}
          rows={doors.data?.doors}
          idOf={({ door, clientId, flow }) => `${door} ${clientId ?? ''} ${flow ?? ''}`}
          nameOf={({ door }) => t(`door.${door}`)}
          empty={<EmptyState title={t('noDoors')} />}
        />
      )}
      {doors.data && (
        <Panel title={t('notCovered')}>
          <ul lang="en">
            {doors.data.notCovered.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Panel>
      )}
      {may('view-users') && <ExplainPanel />}
      {may('view-events') && <DenialsPanel />}
    </Page>
  );
}

/** What a limiter holds down, in words. */
function capsText({ realmMax = 0, clientMax = 0, whenFull, problem }: Limiter, t: ReturnType<typeof useText>): string {
  if (problem !== undefined) return t('limiterBroken', { problem });
  return [
    realmMax > 0 && t('capRealm', { max: realmMax }),
    clientMax > 0 && t('capClient', { max: clientMax }),
    realmMax <= 0 && clientMax <= 0 && t('capNone'),
    whenFull !== undefined && t(`full.${whenFull}`),
  ]
    .filter((part) => part !== false)
    .join(', ');
}
