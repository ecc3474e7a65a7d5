import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ButtonLink } from '../../../kit/actions/link.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { useToast } from '../../../kit/feedback/toasts.js';
import { Select } from '../../../kit/fields/select.js';
import { Switch } from '../../../kit/fields/switch.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { FormActions } from '../../../kit/layout/form-actions.js';
import { Page } from '../../../kit/layout/page.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useGoOn, useUnsaved } from '../../../kit/shell/leave-guard.js';
import { useRealmApi, useRealmName, useTo } from '../../admin-context.js';
import { CapabilityFields, HomeFields, LinesField } from './client-fields.js';
import { CLIENT_TYPES, newClientBody, type ClientType, type NewClient } from './new-client.js';
import { useText } from './messages/use-text.js';

const STEPS = ['type', 'capabilities', 'urls'] as const;

/** A new client in three steps: what it is, what it may do, where it lives. Nothing is sent before the last. */
export function CreateClientPage(): ReactNode {
  const t = useText();
  const to = useTo();
  const toast = useToast();
  const goOn = useGoOn();
  const realm = useRealmName();
  const api = useRealmApi();
  const cache = useQueryClient();
  const [step, setStep] = useState(0);
  const form = useForm<NewClient>({ defaultValues: { ...CLIENT_TYPES.web, type: 'web', clientId: '', name: '' } });
  useUnsaved(form.formState.isDirty);
  const create = useMutation({
    mutationFn: (values: NewClient) => api.post('/clients', newClientBody(values)),
    onSuccess: async ({ createdId = '' }) => {
      await cache.invalidateQueries({ queryKey: ['clients', realm] });
      toast(t('created'));
      await goOn(to('clients', createdId, 'settings'));
    },
  });
  const isLast = step === STEPS.length - 1;
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (step > 0) heading.current?.focus();
  }, [step]);
  const name = STEPS[step] ?? 'type';
  return (
    <Page
      title={t('create')}
      crumbs={[{ label: t('clients'), to: to('clients') }]}
      description={t('createAbout', { step: step + 1, steps: STEPS.length })}
    >
      <form
        noValidate
        onSubmit={(event) =>
          void form.handleSubmit((values) => (isLast ? create.mutate(values) : setStep(step + 1)))(event)
        }
      >
        <Stack>
          {create.error && <ErrorNotice error={create.error} />}
          <div ref={heading} tabIndex={-1}>
            <Panel title={t(`step.${name}`)} description={t(`step.${name}About`)}>
              {name === 'type' && <TypeStep form={form} />}
              {name === 'capabilities' && <CapabilitiesStep form={form} />}
              {name === 'urls' && <UrlsStep form={form} />}
            </Panel>
          </div>
          <FormActions>
            <Button type="submit" look="primary" busy={create.isPending}>
              {isLast ? t('create') : t('next')}
            </Button>
            {step > 0 && <Button onClick={() => setStep(step - 1)}>{t('back')}</Button>}
            <ButtonLink look="quiet" to={to('clients')}>
              {t('cancel')}
            </ButtonLink>
          </FormActions>
        </Stack>
      </form>
    </Page>
  );
}

interface StepProps {
  readonly form: UseFormReturn<NewClient>;
}

function TypeStep({ form: { register, setValue, formState } }: StepProps): ReactNode {
  const t = useText();
  const types = Object.keys(CLIENT_TYPES) as readonly ClientType[];
  const choose = (type: ClientType): void => {
    for (const [member, value] of Object.entries(CLIENT_TYPES[type]))
      setValue(member as keyof (typeof CLIENT_TYPES)[ClientType], value);
  };
  return (
    <Stack>
      <Select
        label={t('type')}
        description={t('typeAbout')}
        choices={types.map((type) => ({ value: type, label: t(`type.${type}`) }))}
        {...register('type', { onChange: (event: { target: { value: ClientType } }) => choose(event.target.value) })}
      />
      <TextField
        code
        label={t('clientId')}
        description={t('clientIdAbout')}
        error={formState.errors.clientId && t('required')}
        {...register('clientId', { required: true, setValueAs: (text: string) => text.trim() })}
      />
      <TextField label={t('name')} description={t('nameAbout')} {...register('name')} />
    </Stack>
  );
}

function CapabilitiesStep({ form: { register, watch } }: StepProps): ReactNode {
  const t = useText();
  return (
    <Stack>
      <CapabilityFields
        register={register}
        confidential={watch('confidential')}
        serviceAccountDisabled={!watch('confidential')}
      />
      <Switch label={t('pkce')} description={t('pkceAbout')} {...register('pkce')} />
    </Stack>
  );
}

function UrlsStep({ form: { register, watch } }: StepProps): ReactNode {
  return (
    <Stack>
      <HomeFields register={register} />
      {watch('standardFlowEnabled') && (
        <>
          <LinesField field={register('redirectUris')} />
          <LinesField rows={2} field={register('webOrigins')} />
        </>
      )}
    </Stack>
  );
}
