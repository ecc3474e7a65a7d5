import type { ReactNode } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { DurationField } from '../../../kit/fields/duration-field.js';
import { Switch } from '../../../kit/fields/switch.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { SaveActions } from '../../../kit/layout/save-actions.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useRealmApi } from '../../admin-context.js';
import { useDeed } from '../../use-deed.js';
import { useEventsConfig, type EventsConfig } from '../../use-events-config.js';
import { useMay } from '../../who-am-i.js';
import { useText } from './messages/use-text.js';

/** Which events are kept, and for how long. */
export function EventsTab(): ReactNode {
  const config = useEventsConfig();
  if (config.error) return <ErrorNotice error={config.error} onRetry={() => void config.refetch()} />;
  return config.data ? <EventsForm saved={config.data} /> : <Skeleton />;
}

function EventsForm({ saved }: { readonly saved: EventsConfig }): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const may = useMay();
  const { form, before, isDirty, settle } = useSavedForm<EventsConfig>({
    ...saved,
    eventsExpiration: saved.eventsExpiration ?? 0,
  });
  const { register, control, handleSubmit, reset } = form;
  const adminEvents = useWatch({ control, name: 'adminEventsEnabled' });
  const save = useDeed(['events-config'], (config: EventsConfig) => api.put('/events/config', config), t('saved'));
  const readOnly = !may('manage-events');
  return (
    <form
      onSubmit={(event) =>
        void handleSubmit((config) => save.mutate(config, { onSuccess: () => settle(config) }))(event)
      }
    >
      <Stack>
        <Panel title={t('eventsKept')} description={t('eventsKept.about')}>
          <Switch label={t('eventsEnabled')} disabled={readOnly} {...register('eventsEnabled')} />
          <Controller
            control={control}
            name="eventsExpiration"
            render={({ field: { value, onChange, onBlur } }) => (
              <DurationField
                label={t('eventsExpiration')}
                description={t('eventsExpiration.about')}
                value={value === 0 ? undefined : value}
                onChange={(seconds) => onChange(seconds ?? 0)}
                onBlur={onBlur}
                disabled={readOnly}
              />
            )}
          />
        </Panel>
        <Panel title={t('adminEventsKept')} description={t('adminEventsKept.about')}>
          <Switch label={t('adminEventsEnabled')} disabled={readOnly} {...register('adminEventsEnabled')} />
          {adminEvents && (
            <Switch
              label={t('adminEventsDetailsEnabled')}
              description={t('adminEventsDetailsEnabled.about')}
              disabled={readOnly}
              {...register('adminEventsDetailsEnabled')}
            />
          )}
        </Panel>
        {save.error && <ErrorNotice error={save.error} />}
        {!readOnly && <SaveActions busy={save.isPending} isDirty={isDirty} onUndo={() => reset(before)} />}
      </Stack>
    </form>
  );
}
