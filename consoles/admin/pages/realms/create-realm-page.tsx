import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { FormActions } from '../../../kit/layout/form-actions.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { useGoOn, useUnsaved } from '../../../kit/shell/leave-guard.js';
import { useAdmin, useTo } from '../../admin-context.js';
import { useText } from './messages/use-text.js';

interface NewRealm {
  readonly realm: string;
  readonly displayName: string;
}

/** Makes a realm. */
export function CreateRealmPage(): ReactNode {
  const t = useText();
  const { api } = useAdmin();
  const to = useTo();
  const toast = useToast();
  const goOn = useGoOn();
  const queries = useQueryClient();
  const { register, handleSubmit, formState } = useForm<NewRealm>({
    defaultValues: { realm: '', displayName: '' },
  });
  useUnsaved(formState.isDirty);
  const create = useMutation({
    mutationFn: ({ realm, displayName }: NewRealm) =>
      api.post('/admin/realms', { realm, enabled: true, ...(displayName !== '' && { displayName }) }),
    onSuccess: async (_answer, { realm }) => {
      toast(t('created', { name: realm }));
      await queries.invalidateQueries({ queryKey: ['realms'] });
      await goOn(`/${encodeURIComponent(realm)}`);
    },
  });
  return (
    <Page title={t('create')} crumbs={[{ label: t('realms'), to: to('realms') }]} description={t('create.about')}>
      <form noValidate onSubmit={(event) => void handleSubmit((realm) => create.mutate(realm))(event)}>
        <Panel>
          <TextField
            code
            label={t('name')}
            description={t('name.about')}
            error={formState.errors.realm?.message}
            {...register('realm', { required: t('required'), setValueAs: (text: string) => text.trim() })}
          />
          <TextField label={t('displayName')} description={t('displayName.about')} {...register('displayName')} />
          {create.error && <ErrorNotice error={create.error} />}
        </Panel>
        <FormActions>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t('create')}
          </Button>
        </FormActions>
      </form>
    </Page>
  );
}
