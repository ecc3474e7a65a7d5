import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ButtonLink } from '../../../kit/actions/link.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Switch } from '../../../kit/fields/switch.js';
import { FormActions } from '../../../kit/layout/form-actions.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useKitText } from '../../../kit/messages/use-kit-text.js';
import { useGoOn, useUnsaved } from '../../../kit/shell/leave-guard.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { useText } from './messages/use-text.js';
import { ProfileFields } from './profile-fields.js';
import { useFieldError } from './use-field-error.js';
import { formValuesOf, userBodyOf, type UserFormValues } from './user-form-values.js';
import type { ProfileField, ProfileMetadata } from './user-representation.js';

/** Makes a user. */
export function CreateUserPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const api = useRealmApi();
  const profile = useQuery({
    queryKey: ['user-profile', useRealmName(), 'metadata'],
    queryFn: ({ signal }) => api.get<ProfileMetadata>('/users/profile/metadata', {}, signal),
  });
  return (
    <Page title={t('create')} crumbs={[{ label: t('users'), to: to('users') }]} description={t('create.about')}>
      {profile.error ? (
        <ErrorNotice error={profile.error} onRetry={() => void profile.refetch()} />
      ) : profile.data ? (
        <CreateForm fields={profile.data.attributes} />
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

function CreateForm({ fields }: { readonly fields: readonly ProfileField[] }): ReactNode {
  const t = useText();
  const kit = useKitText();
  const to = useTo();
  const api = useRealmApi();
  const realm = useRealmName();
  const goOn = useGoOn();
  const queries = useQueryClient();
  const form = useForm<UserFormValues>({ defaultValues: formValuesOf(fields) });
  useUnsaved(form.formState.isDirty);
  const create = useMutation({
    mutationFn: (values: UserFormValues) => api.post('/users', userBodyOf(fields, values)),
    onSuccess: async ({ createdId }) => {
      await queries.invalidateQueries({ queryKey: ['users', realm] });
      await goOn(createdId === undefined ? to('users') : to('users', createdId, 'credentials'));
    },
  });
  const onError = useFieldError(fields, form);
  return (
    <form
      noValidate
      onSubmit={(event) => void form.handleSubmit((values) => create.mutate(values, { onError }))(event)}
    >
      <Stack>
        <Panel title={t('profile')} description={t('profile.about')}>
          <ProfileFields fields={fields} form={form} />
          <Switch label={t('emailVerified')} {...form.register('emailVerified')} />
          <Switch label={t('enabled')} description={t('enabled.about')} {...form.register('enabled')} />
        </Panel>
        {create.error && <ErrorNotice error={create.error} />}
        <FormActions>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t('create')}
          </Button>
          <ButtonLink to={to('users')}>{kit('cancel')}</ButtonLink>
        </FormActions>
      </Stack>
    </form>
  );
}
