import type { ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Switch } from '../../../kit/fields/switch.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { DateTime } from '../../../kit/format/date-time.js';
import { FormActions } from '../../../kit/layout/form-actions.js';
import { Facts, Panel } from '../../../kit/layout/panel.js';
import { Code, Stack } from '../../../kit/layout/stack.js';
import { useMay } from '../../who-am-i.js';
import { ActionChoices } from './action-choices.js';
import { useText } from './messages/use-text.js';
import { ProfileFields } from './profile-fields.js';
import { useFieldError } from './use-field-error.js';
import { useUser, useUserApi, useUserDeed } from './use-user.js';
import { formValuesOf, userBodyOf, type UserFormValues } from './user-form-values.js';
import type { User } from './user-representation.js';

/** Who the user is, as the realm's user profile describes people. */
export function DetailsTab(): ReactNode {
  const { data } = useUser();
  return data ? <DetailsForm key={data.id} user={data} /> : <Skeleton />;
}

function DetailsForm({ user }: { readonly user: User }): ReactNode {
  const t = useText();
  const api = useUserApi();
  const readOnly = !useMay()('manage-users');
  const fields = user.userProfileMetadata?.attributes ?? [];
  const { form, isDirty, settle } = useSavedForm<UserFormValues>(formValuesOf(fields, user));
  const save = useUserDeed((values: UserFormValues) => api.put('', userBodyOf(fields, values, user)), t('saved'));
  const onError = useFieldError(fields, form);
  const submit = form.handleSubmit((values) => save.mutate(values, { onSuccess: () => settle(values), onError }));
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack>
        <Panel title={t('profile')} description={t('profile.about')}>
          <ProfileFields fields={fields} form={form} readOnly={readOnly} />
          <Switch label={t('emailVerified')} disabled={readOnly} {...form.register('emailVerified')} />
          <Switch
            label={t('enabled')}
            description={t('enabled.about')}
            disabled={readOnly}
            {...form.register('enabled')}
          />
        </Panel>
        <Panel title={t('requiredActions')} description={t('requiredActions.about')}>
          <ActionChoices more={user.requiredActions} disabled={readOnly} register={form.register('requiredActions')} />
          <Facts
            facts={[
              ['ID', <Code key="id">{user.id}</Code>],
              [t('created'), <DateTime key="created" at={user.createdTimestamp} />],
            ]}
          />
        </Panel>
        {save.error && <ErrorNotice error={save.error} />}
        {!readOnly && (
          <FormActions>
            <Button type="submit" look="primary" busy={save.isPending} disabled={!isDirty}>
              {t('save')}
            </Button>
          </FormActions>
        )}
      </Stack>
    </form>
  );
}
