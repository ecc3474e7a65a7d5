import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { Link } from '../../../kit/actions/link.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Select } from '../../../kit/fields/select.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Columns, Row, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useClient, useSaveClient } from './use-client.js';
import { useText } from './messages/use-text.js';

interface Flow {
  readonly id: string;
  readonly alias: string;
  readonly providerId: string;
  readonly topLevel: boolean;
}

interface RealmFlows {
  readonly browserFlow?: string;
  readonly directGrantFlow?: string;
}

interface Overrides {
  readonly browser: string;
  readonly direct_grant: string;
}

/** Which flows people go through when they sign in to this client, in place of the realm's. */
export function FlowOverrides(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const { authenticationFlowBindingOverrides: own = {} } = useClient();
  const mayManage = useMay()('manage-clients');
  const save = useSaveClient();
  const flows = useQuery({
    queryKey: ['flows', realm, 'choices'],
    queryFn: ({ signal }) => api.get<readonly Flow[]>('/authentication/flows', {}, signal),
  });
  const bound = useQuery({
    queryKey: ['realm', realm, 'bindings'],
    queryFn: ({ signal }) => api.get<RealmFlows>('', {}, signal),
  });
  const saved: Overrides = { browser: own['browser'] ?? '', direct_grant: own['direct_grant'] ?? '' };
  const { form, isDirty, settle } = useSavedForm(saved, { disabled: !mayManage });
  const { dirtyFields } = form.formState;
  const submit = form.handleSubmit((values) => {
    const changed = Object.entries(values).filter(([door]) => dirtyFields[door as keyof Overrides]);
    save.mutate(
      { authenticationFlowBindingOverrides: Object.fromEntries(changed) },
      { onSuccess: () => settle(values) },
    );
  });
  const choices = (ofRealm: string | undefined): { value: string; label: string }[] => [
    { value: '', label: ofRealm === undefined ? t('inherited') : t('inheritedFrom', { value: ofRealm }) },
    ...(flows.data ?? [])
      .filter(({ topLevel, providerId }) => topLevel && providerId === 'basic-flow')
      .map(({ id, alias }) => ({ value: id, label: alias })),
  ];
  return (
    <Panel title={t('overrides')} description={t('overridesAbout')}>
      {flows.error ? (
        <ErrorNotice error={flows.error} onRetry={() => void flows.refetch()} />
      ) : flows.data ? (
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            {save.error && <ErrorNotice error={save.error} />}
            <Columns>
              <Select
                label={t('browserFlow')}
                description={t('browserFlowAbout')}
                choices={choices(bound.data?.browserFlow)}
                {...form.register('browser')}
              />
              <Select
                label={t('directGrantFlow')}
                description={t('directGrantFlowAbout')}
                choices={choices(bound.data?.directGrantFlow)}
                {...form.register('direct_grant')}
              />
            </Columns>
            <Row gap="normal">
              {mayManage && (
                <Button type="submit" disabled={!isDirty} busy={save.isPending}>
                  {t('overrides.save')}
                </Button>
              )}
              <Link to={to('authentication')}>{t('overrides.flows')}</Link>
            </Row>
          </Stack>
        </form>
      ) : (
        <Skeleton lines={3} />
      )}
    </Panel>
  );
}
