import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Controller } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Columns, Row, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { inherited, LIFETIMES, type Lifetime, type RealmLifetimes } from './inherited-lifetimes.js';
import { LifetimeField } from './lifetime-field.js';
import { useClient, useSaveClient } from './use-client.js';
import { useText } from './messages/use-text.js';

/** Names of attributes have dots, which forms take for paths: fields are numbered. */
interface Values {
  /** Of each lifetime: seconds as text, `-1` for "as long as the session", empty for what the realm says. */
  readonly own: readonly { readonly text: string }[];
}

/** How long tokens and sessions of this client last; without an own value what the realm says, which is shown. */
export function Lifetimes(): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const realmName = useRealmName();
  const { attributes = {} } = useClient();
  const mayManage = useMay()('manage-clients');
  const save = useSaveClient();
  const realm = useQuery({
    queryKey: ['realm', realmName, 'lifetimes'],
    queryFn: ({ signal }) => api.get<RealmLifetimes>('', {}, signal),
  });
  const { form, isDirty, settle } = useSavedForm<Values>({
    own: LIFETIMES.map((name) => ({ text: attributes[name] ?? '' })),
  });
  const submit = form.handleSubmit((values) => {
    const changed = LIFETIMES.flatMap((name, at) => {
      const { text = '' } = values.own[at] ?? {};
      return text === (attributes[name] ?? '') ? [] : [[name, text] as const];
    });
    save.mutate({ attributes: Object.fromEntries(changed) }, { onSuccess: () => settle(values) });
  });
  return (
    <Panel title={t('lifetimes')} description={t('lifetimesAbout')}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Stack>
          {save.error && <ErrorNotice error={save.error} />}
          {realm.error && <ErrorNotice error={realm.error} onRetry={() => void realm.refetch()} />}
          <Columns>
            {LIFETIMES.map((name, at) => (
              <Controller
                key={name}
                control={form.control}
                name={`own.${at}.text`}
                rules={{ validate: (text) => text === '' || /^(-1|[1-9]\d*)$/.test(text) || t('lifetime.wrong') }}
                render={({ field, fieldState }) => (
                  <LifetimeField
                    label={t(`lifetime.${name}`)}
                    description={t(`lifetime.${name}.about`)}
                    error={fieldState.error?.message}
                    disabled={!mayManage}
                    value={field.value}
                    onChange={field.onChange}
                    inherited={realm.data && inherited(realm.data, name)}
                    mayFollowSession={followsSession(name)}
                  />
                )}
              />
            ))}
          </Columns>
          {mayManage && (
            <Row>
              <Button type="submit" disabled={!isDirty} busy={save.isPending}>
                {t('lifetimes.save')}
              </Button>
            </Row>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

/** Access tokens may last as long as the session. */
const followsSession = (name: Lifetime): boolean => name === 'access.token.lifespan';
