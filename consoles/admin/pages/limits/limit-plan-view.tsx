import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '../../../kit/actions/link.js';
import { classes } from '../../../kit/style/classes.js';
import { Facts } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useDoors } from '../../flows/flow-queries.js';
import { useText as useFlowText } from '../../flows/messages/use-text.js';
import { ProofView } from '../../flows/proof-view.js';
import styles from './limit-form.module.css';
import type { MadeDoor } from './limit-making.js';
import { exceptionsTo, type DoorPlan, type LimitWishes } from './limit-plan.js';
import { useText } from './messages/use-text.js';

interface PlanViewProps {
  readonly plans: readonly DoorPlan[];
  readonly wishes: LimitWishes;
}

/** What will be made, and who is affected now. */
export function PlanView({ plans, wishes }: PlanViewProps): ReactNode {
  const t = useText();
  const doors = useDoors();
  const sessions = useSessionCount(wishes.client?.clientId);
  const others = [...exceptionsTo(plans, doors.data?.doors ?? [])].map(
    ([client, own]) => `${client} (${own.map((door) => t(`limitDoor.${door}`)).join(', ')})`,
  );
  const affected =
    wishes.client?.clientId ??
    (others.length === 0 ? t('allClients') : t('allClientsBut', { clients: others.join(', ') }));
  return (
    <Facts
      facts={[
        ...plans.map(
          ({ door, kind, name, from, present }) =>
            [
              t(`limitDoor.${door}`),
              kind === 'copy' && !present
                ? t('plan.copy', { name, from: from.alias, place: t(`planPlace.${door}`) })
                : t(kind === 'copy' ? 'plan.copyOfLimited' : 'plan.change', { name, from: from.alias }),
            ] as const,
        ),
        [t('affected'), affected],
        ...(sessions === undefined ? [] : [[t('sessionsNow'), t('sessionsNowCount', { count: sessions })] as const]),
      ]}
    />
  );
}

/** Sessions there are now, in the realm or with a client. */
function useSessionCount(client: string | undefined): number | undefined {
  const api = useRealmApi();
  const realm = useRealmName();
  const count = useQuery({
    queryKey: ['sessions', realm, 'count', client],
    queryFn: ({ signal }) => api.get<{ readonly count: number } | number>('/sessions/count', { client }, signal),
  });
  return typeof count.data === 'object' ? count.data.count : count.data;
}

/** What was made for a door: the flow with the limiter in its place, and its proof. */
export function MadeView({ made }: { readonly made: MadeDoor }): ReactNode {
  const t = useText();
  const tf = useFlowText();
  const to = useTo();
  return (
    <Stack>
      <h3>
        {t(`limitDoor.${made.door}`)}:{' '}
        <Link to={to('authentication', 'flows', made.flow.alias)}>{made.flow.alias}</Link>
      </h3>
      <ul className={styles.outline}>
        {made.executions.map(({ id, level, displayName, requirement }) => (
          <li key={id} className={classes(id === made.limiter.id && styles.new)} style={{ '--level': level } as object}>
            {displayName} ({tf(`requirement.${requirement}`)})
          </li>
        ))}
      </ul>
      <ProofView proof={made.proof} executions={made.executions} />
    </Stack>
  );
}
