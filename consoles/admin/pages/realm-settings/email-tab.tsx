import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Controller, useWatch, type Control } from 'react-hook-form';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { Switch } from '../../../kit/fields/switch.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { useSavedForm } from '../../../kit/fields/use-saved-form.js';
import { FormActions } from '../../../kit/layout/form-actions.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Columns, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi } from '../../admin-context.js';
import { useMay } from '../../who-am-i.js';
import { useText, type MessageKey } from './messages/use-text.js';
import { useRealmSettings, useSaveRealm } from './use-realm-settings.js';

/** `smtpServer` of a realm: texts only, flags as `true` and `false`. */
type Smtp = Readonly<Record<string, string>>;

/** What is not said: without it a form would seem changed. */
const BLANK: Smtp = {
  ...{ host: '', port: '', from: '', fromDisplayName: '', replyTo: '', user: '', password: '' },
  ...{ ssl: 'false', starttls: 'false', auth: 'false' },
};

/** The mail server of the realm, with a test. */
export function EmailTab(): ReactNode {
  const realm = useRealmSettings();
  if (realm.error) return <ErrorNotice error={realm.error} onRetry={() => void realm.refetch()} />;
  return realm.data ? <SmtpForm saved={realm.data.smtpServer} /> : <Skeleton />;
}

function SmtpForm({ saved }: { readonly saved: Smtp }): ReactNode {
  const t = useText();
  const api = useRealmApi();
  const readOnly = !useMay()('manage-realm');
  const save = useSaveRealm();
  const { form, isDirty, settle } = useSavedForm<Record<string, string>>({ ...BLANK, ...saved });
  const { register, control, handleSubmit, formState } = form;
  const hasLogin = useWatch({ control, name: 'auth' }) === 'true';
  const test = useMutation({ mutationFn: (smtp: Smtp) => api.post('/testSMTPConnection', smtp) });
  const given = (values: Smtp): Smtp =>
    Object.fromEntries(
      Object.entries(values).filter(([, value]) => (value as string | undefined) !== undefined && value !== ''),
    );
  const text = (name: string, about?: MessageKey, needed = false): ReactNode => (
    <TextField
      label={t(`smtp.${name}` as MessageKey)}
      {...(about && { description: t(about) })}
      error={formState.errors[name]?.message}
      disabled={readOnly}
      {...register(name, needed ? { required: t('required') } : {})}
    />
  );
  return (
    <form
      noValidate
      onSubmit={(event) =>
        void handleSubmit((values) => save.mutate({ smtpServer: given(values) }, { onSuccess: () => settle(values) }))(
          event,
        )
      }
    >
      <Stack>
        <Panel title={t('email')} description={t('email.about')}>
          <Columns>
            {text('host', undefined, true)}
            {text('port', 'smtp.port.about')}
            {text('from', 'smtp.from.about', true)}
            {text('fromDisplayName')}
            {text('replyTo')}
          </Columns>
          <Flag control={control} name="ssl" label={t('smtp.ssl')} readOnly={readOnly} />
          <Flag control={control} name="starttls" label={t('smtp.starttls')} readOnly={readOnly} />
          <Flag control={control} name="auth" label={t('smtp.auth')} readOnly={readOnly} />
          {hasLogin && (
            <Columns>
              {text('user')}
              <TextField
                type="password"
                autoComplete="new-password"
                label={t('smtp.password')}
                description={t('smtp.password.about')}
                disabled={readOnly}
                {...register('password')}
              />
            </Columns>
          )}
        </Panel>
        {test.isSuccess && <Notice kind="success">{t('smtp.sent')}</Notice>}
        {(save.error ?? test.error) && <ErrorNotice error={save.error ?? test.error} />}
        {!readOnly && (
          <FormActions>
            <Button type="submit" look="primary" busy={save.isPending} disabled={!isDirty}>
              {t('save')}
            </Button>
            <Button busy={test.isPending} onClick={() => void handleSubmit((values) => test.mutate(given(values)))()}>
              {t('smtp.test')}
            </Button>
          </FormActions>
        )}
      </Stack>
    </form>
  );
}

interface FlagProps {
  readonly control: Control<Record<string, string>>;
  readonly name: string;
  readonly label: string;
  readonly readOnly: boolean;
}

/** A flag that is kept as a text. */
const Flag = ({ control, name, label, readOnly }: FlagProps): ReactNode => (
  <Controller
    control={control}
    name={name}
    render={({ field: { value, onChange, onBlur } }) => (
      <Switch
        label={label}
        disabled={readOnly}
        checked={value === 'true'}
        onChange={({ currentTarget }) => onChange(String(currentTarget.checked))}
        onBlur={onBlur}
      />
    )}
  />
);
