import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Row } from '../../../kit/layout/stack.js';
import { useUnsaved } from '../../../kit/shell/leave-guard.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useDescription } from '../../flows/flow-queries.js';
import { PendingNotices } from '../../flows/pending-notices.js';
import { useMay } from '../../who-am-i.js';
import { LimitForm, type LimitInput } from './limit-form.js';
import { discard, make, putIntoForce, type MadeDoor } from './limit-making.js';
import { LimitOutcome } from './limit-outcome.js';
import { LIMITER, type LimitWishes } from './limit-plan.js';
import { MadeView, PlanView } from './limit-plan-view.js';
import { areSame, valuesOf } from './limiter-values.js';
import { useText } from './messages/use-text.js';
import { useDoorPlans } from './use-door-plans.js';

/** Seconds in which a limit on trial is to be confirmed. */
const TRIAL = 300;

const FIRST: LimitInput = {
  client: undefined,
  doors: ['browser', 'direct_grant'],
  realmMax: '1',
  clientMax: '0',
  whenFull: 'Deny new session',
  message: '',
  isOnTrial: false,
};

/** Everything it takes to limit sessions, on one page: what is asked for, what is made of it, its proof, and the bind. */
export function LimitSessionsPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const queries = useQueryClient();
  const may = useMay();
  const [set, setSet] = useState<Partial<LimitInput>>({});
  const [made, setMade] = useState<readonly MadeDoor[]>();
  const knowsJoins = useDescription(LIMITER).data?.properties.some(({ name }) => name === 'ssoLogins') ?? false;
  const wishes = wishesOf({ ...FIRST, ...set });
  const plans = useDoorPlans(wishes);
  const [shown, ...others] = (plans.data ?? []).filter(({ caps }) => caps !== undefined);
  // What nobody has set here stays as it is in force.
  const input: LimitInput = { ...FIRST, ...shown?.caps, ...set };
  const values = valuesOf(input, knowsJoins);
  const refresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['flows', realm] });
    await queries.invalidateQueries({ queryKey: ['clients', realm] });
  };
  const prepare = useMutation({
    mutationFn: async () => {
      const done: MadeDoor[] = [];
      try {
        for (const plan of plans.data ?? []) done.push(await make(api, plan, values));
      } catch (error) {
        await discard(api, done).catch(() => undefined);
        throw error;
      }
      return done;
    },
    onSuccess: (done) => {
      setMade(done);
      force.reset();
    },
  });
  const force = useMutation({
    mutationFn: (doors: readonly MadeDoor[]) =>
      putIntoForce(api, wishes, doors, values, input.isOnTrial ? TRIAL : undefined),
    onSettled: refresh,
  });
  const giveUp = useMutation({
    mutationFn: (doors: readonly MadeDoor[]) => discard(api, doors),
    onSuccess: () => {
      setMade(undefined);
      force.reset();
    },
  });
  useUnsaved(Object.keys(set).length > 0 && !force.isSuccess);
  const isProved = made?.every(({ proof }) => proof.verdict === 'green') ?? false;
  const hasCap = Number(input.realmMax) > 0 || Number(input.clientMax) > 0;
  return (
    <Page
      title={t('limitSessions')}
      crumbs={[{ label: t('limits'), to: to('limits') }]}
      description={t('limitSessionsAbout')}
    >
      {!force.isSuccess && <PendingNotices />}
      {!may('manage-realm') && <Notice kind="warning" title={t('mayNot')} />}
      <Panel title={t('what')}>
        <LimitForm input={input} onChange={(part) => setSet({ ...set, ...part })} isMade={made !== undefined} />
        {shown?.caps && others.some(({ caps }) => caps && shown.caps && !areSame(caps, shown.caps)) && (
          <Notice title={t('doorsDiffer', { door: t(`limitDoor.${shown.door}`) })} />
        )}
      </Panel>
      <Panel title={t('willBe')} description={t('willBeAbout')}>
        {plans.error ? (
          <ErrorNotice error={plans.error} onRetry={() => void plans.refetch()} />
        ) : !plans.data ? (
          <Skeleton />
        ) : made ? (
          made.map((one) => <MadeView key={one.door} made={one} />)
        ) : (
          <PlanView plans={plans.data} wishes={wishes} />
        )}
        {prepare.error && <ErrorNotice error={prepare.error} />}
        {giveUp.error && <ErrorNotice error={giveUp.error} />}
        {force.error && <ErrorNotice error={force.error} />}
        {force.isSuccess && made ? (
          <LimitOutcome made={made} client={wishes.client} />
        ) : made ? (
          <>
            {isProved ? <Notice kind="success" title={t('proved')} /> : <Notice kind="danger" title={t('notProved')} />}
            <Row>
              <Button look="primary" busy={force.isPending} disabled={!isProved} onClick={() => force.mutate(made)}>
                {t('putIntoForce')}
              </Button>
              <Button busy={giveUp.isPending} onClick={() => giveUp.mutate(made)}>
                {t('takeBack')}
              </Button>
            </Row>
          </>
        ) : (
          <Row>
            <Button
              look="primary"
              busy={prepare.isPending}
              disabled={!may('manage-realm') || !hasCap || plans.isPlaceholderData || (plans.data ?? []).length === 0}
              onClick={() => prepare.mutate()}
            >
              {t('prepare')}
            </Button>
            {!hasCap && <span>{t('noCap')}</span>}
          </Row>
        )}
      </Panel>
    </Page>
  );
}

const wishesOf = ({ client, doors, isOnTrial }: LimitInput): LimitWishes => ({
  doors,
  isOnTrial,
  ...(client && {
    client: { ...client, overrides: client.authenticationFlowBindingOverrides ?? {} },
  }),
});
