import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Switch } from '../../../kit/fields/switch.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { Row, Stack } from '../../../kit/layout/stack.js';
import { scopeValues, type ClientScope, type ScopeValues } from './client-scope.js';
import { useText } from './messages/use-text.js';

interface ScopeFormProps {
  readonly scope: ClientScope;
  /** The verb of the button. */
  readonly action: string;
  readonly mayManage: boolean;
  readonly save: (values: ScopeValues) => Promise<unknown>;
}

/** What a client scope is called, and how people see it. */
export function ScopeForm({ scope, action, mayManage, save }: ScopeFormProps): ReactNode {
  const t = useText();
  const { form, settle } = useSavedForm<ScopeValues>(scopeValues(scope), { disabled: !mayManage });
  const { register, handleSubmit, formState, control } = form;
  const saving = useMutation({ mutationFn: save, onSuccess: (_answer, values) => settle(values) });
  const onConsentScreen = useWatch({ control, name: 'onConsentScreen' });
  return (
    <form noValidate onSubmit={(event) => void handleSubmit((values) => saving.mutate(values))(event)}>
      <Stack>
        {saving.error && <ErrorNotice error={saving.error} />}
        <TextField
          code
          label={t('name')}
          description={t('nameAbout')}
          error={formState.errors.name && t('required')}
          {...register('name', { required: true })}
        />
        <TextField label={t('description')} {...register('description')} />
        <Switch label={t('inTokenScope')} description={t('inTokenScopeAbout')} {...register('inTokenScope')} />
        <Switch label={t('onConsentScreen')} description={t('onConsentScreenAbout')} {...register('onConsentScreen')} />
        {onConsentScreen && (
          <TextField label={t('consentText')} description={t('consentTextAbout')} {...register('consentText')} />
        )}
        {mayManage && (
          <Row>
            <Button type="submit" look="primary" busy={saving.isPending}>
              {action}
            </Button>
          </Row>
        )}
      </Stack>
    </form>
  );
}
