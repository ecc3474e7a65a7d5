import type { ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Select } from '../../../kit/fields/select.js';
import { Switch } from '../../../kit/fields/switch.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { FormActions } from '../../../kit/layout/form-actions.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Columns, Stack } from '../../../kit/layout/stack.js';
import { useMay } from '../../who-am-i.js';
import { CapabilityFields, HomeFields, LinesField } from './client-fields.js';
import { changesOf, settingsOf, type SettingsValues } from './settings-form.js';
import { useClient, useSaveClient } from './use-client.js';
import { useText } from './messages/use-text.js';

/** What the client is called, where it lives and what it may do. Only what was changed is sent. */
export function SettingsTab(): ReactNode {
  const t = useText();
  const client = useClient();
  const save = useSaveClient();
  const mayManage = useMay()('manage-clients');
  const { form, before, isDirty, settle } = useSavedForm<SettingsValues>(settingsOf(client), { disabled: !mayManage });
  const { dirtyFields } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const changes = changesOf(values, dirtyFields);
    await save.mutateAsync(changes).then(
      () => settle(values),
      () => undefined,
    );
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack>
        {save.error && <ErrorNotice error={save.error} />}
        <General form={form} />
        <Addresses form={form} />
        <Capabilities form={form} />
        <Logout form={form} />
        {mayManage && (
          <FormActions>
            <Button type="submit" look="primary" busy={save.isPending}>
              {t('save')}
            </Button>
            <Button disabled={!isDirty} onClick={() => form.reset(before)}>
              {t('discard')}
            </Button>
          </FormActions>
        )}
      </Stack>
    </form>
  );
}

interface PartProps {
  readonly form: UseFormReturn<SettingsValues>;
}

function General({ form: { register, formState } }: PartProps): ReactNode {
  const t = useText();
  return (
    <Panel title={t('general')}>
      <Columns>
        <TextField
          code
          label={t('clientId')}
          description={t('clientIdAbout')}
          error={formState.errors.clientId && t('required')}
          {...register('clientId', { required: true })}
        />
        <TextField label={t('name')} description={t('nameAbout')} {...register('name')} />
        <TextField label={t('description')} {...register('description')} />
        <Switch
          label={t('alwaysDisplay')}
          description={t('alwaysDisplayAbout')}
          {...register('alwaysDisplayInConsole')}
        />
      </Columns>
    </Panel>
  );
}

function Addresses({ form: { register } }: PartProps): ReactNode {
  const t = useText();
  return (
    <Panel title={t('addresses')} description={t('addressesAbout')}>
      <Columns>
        <HomeFields register={register} />
        <LinesField field={register('redirectUris')} />
        <LinesField field={register('postLogoutUris')} />
        <LinesField field={register('webOrigins')} />
        <TextField code type="url" label={t('adminUrl')} description={t('adminUrlAbout')} {...register('adminUrl')} />
      </Columns>
    </Panel>
  );
}

function Capabilities({ form: { register, watch } }: PartProps): ReactNode {
  const t = useText();
  return (
    <Panel title={t('step.capabilities')} description={t('step.capabilitiesAbout')}>
      <Columns>
        <CapabilityFields register={register} confidential={watch('confidential')} />
        <Switch label={t('implicitFlow')} description={t('implicitFlowAbout')} {...register('implicitFlowEnabled')} />
        <Switch label={t('consent')} description={t('consentAbout')} {...register('consentRequired')} />
        <Select
          label={t('pkce')}
          description={t('pkceAbout')}
          choices={[
            { value: '', label: t('pkce.optional') },
            { value: 'S256', label: t('pkce.S256') },
            { value: 'plain', label: t('pkce.plain') },
          ]}
          {...register('pkce')}
        />
      </Columns>
    </Panel>
  );
}

function Logout({ form: { register } }: PartProps): ReactNode {
  const t = useText();
  return (
    <Panel title={t('logout')} description={t('logoutAbout')}>
      <Columns>
        <TextField
          code
          type="url"
          label={t('backchannelUrl')}
          description={t('backchannelUrlAbout')}
          {...register('backchannelUrl')}
        />
        <Switch label={t('frontchannel')} description={t('frontchannelAbout')} {...register('frontchannelLogout')} />
        <TextField code type="url" label={t('frontchannelUrl')} {...register('frontchannelUrl')} />
      </Columns>
    </Panel>
  );
}
