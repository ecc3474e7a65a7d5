import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { ButtonLink } from '../../../kit/actions/link.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Notice, type NoticeKind } from '../../../kit/feedback/notice.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import type { Door } from '../../flows/flow-api.js';
import { useBindings, useFlows, usePendingBindings } from '../../flows/flow-queries.js';
import { PendingNotices } from '../../flows/pending-notices.js';
import type { PickedClient } from '../../pickers/client-picker.js';
import type { MadeDoor } from './limit-making.js';
import { presentFlow, type LimitWishes } from './limit-plan.js';
import { useText } from './messages/use-text.js';

/** What has become of a door: `gone` where what was bound before is back, or something else is bound. */
type DoorOutcome = 'inForce' | 'onTrial' | 'gone';

const KINDS: Readonly<Record<DoorOutcome | 'mixed', NoticeKind>> = {
  inForce: 'success',
  onTrial: 'warning',
  gone: 'info',
  mixed: 'warning',
};

interface OutcomeProps {
  readonly made: readonly MadeDoor[];
  readonly client: LimitWishes['client'];
}

/** What has become of what was put into force: what is on trial is to be kept, or goes again. */
export function LimitOutcome({ made, client }: OutcomeProps): ReactNode {
  const t = useText();
  const to = useTo();
  const realm = useRealmName();
  const queries = useQueryClient();
  const pending = usePendingBindings().data;
  const boundAt = useBoundFlows(client);
  const waiting = pending?.length;
  useEffect(() => {
    // A trial that is over without a word has changed what is bound.
    void queries.invalidateQueries({ queryKey: ['flows', realm] });
  }, [queries, realm, waiting]);
  if (!boundAt) return <Skeleton />;
  const doors = made.map(({ door, flow }) => {
    const trial = pending?.find((each) => each.to === flow.alias);
    const outcome: DoorOutcome = trial ? 'onTrial' : boundAt(door) === flow.id ? 'inForce' : 'gone';
    return { door, outcome, until: trial?.dueAt ?? 0 };
  });
  const overall = outcomeOfAll(doors.map(({ outcome }) => outcome));
  return (
    <>
      <Notice
        kind={KINDS[overall]}
        title={t(`outcome.${overall}`)}
        actions={<ButtonLink to={to('limits')}>{t('showLimits')}</ButtonLink>}
      >
        {overall === 'inForce' ? (
          <p>{t('inForceAbout')}</p>
        ) : (
          <ul>
            {doors.map(({ door, outcome, until }) => (
              <li key={door}>
                {t(`limitDoor.${door}`)}: {t(`doorOutcome.${outcome}`, { until })}
              </li>
            ))}
          </ul>
        )}
      </Notice>
      <PendingNotices />
    </>
  );
}

function outcomeOfAll(outcomes: readonly DoorOutcome[]): DoorOutcome | 'mixed' {
  if (outcomes.includes('onTrial')) return 'onTrial';
  const [first = 'inForce'] = outcomes;
  return outcomes.every((outcome) => outcome === first) ? first : 'mixed';
}

/** Which flow is bound at a door now: the client's own, else the realm's. Undefined until it is known. */
function useBoundFlows(client: LimitWishes['client']): ((door: Door) => string | undefined) | undefined {
  const api = useRealmApi();
  const bindings = useBindings().data;
  const flows = useFlows().data;
  const own = useQuery({
    queryKey: ['flows', useRealmName(), 'overrides', client?.id],
    queryFn: ({ signal }) => api.get<PickedClient>(`/clients/${encodeURIComponent(client?.id ?? '')}`, {}, signal),
    enabled: client !== undefined,
  });
  if (!bindings || !flows || (client && !own.data)) return undefined;
  const now = client && { ...client, overrides: own.data?.authenticationFlowBindingOverrides ?? {} };
  return (door) => presentFlow(door, { ...(now && { client: now }) }, bindings, flows)?.id;
}
