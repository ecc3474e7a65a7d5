import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { Switch } from '../../../kit/fields/switch.js';
import { TextArea, TextField } from '../../../kit/fields/text-field.js';
import { useText } from './messages/use-text.js';

interface FieldsProps<Name extends string> {
  /** Connects a field to the form, as React Hook Form's `register` does. */
  readonly register: (name: Name) => UseFormRegisterReturn;
}

/** Where the application lives. */
export function HomeFields({ register }: FieldsProps<'rootUrl' | 'baseUrl'>): ReactNode {
  const t = useText();
  return (
    <>
      <TextField code type="url" label={t('rootUrl')} description={t('rootUrlAbout')} {...register('rootUrl')} />
      <TextField code label={t('homeUrl')} description={t('homeUrlAbout')} {...register('baseUrl')} />
    </>
  );
}

interface LinesFieldProps {
  readonly field: UseFormRegisterReturn<'redirectUris' | 'postLogoutUris' | 'webOrigins'>;
  readonly rows?: number;
}

/** Addresses, one on a line. */
export function LinesField({ field, rows = 3 }: LinesFieldProps): ReactNode {
  const t = useText();
  return <TextArea code rows={rows} label={t(field.name)} description={t(`${field.name}About`)} {...field} />;
}

interface CapabilityFieldsProps extends FieldsProps<
  'confidential' | 'standardFlowEnabled' | 'directAccessGrantsEnabled' | 'serviceAccountsEnabled'
> {
  /** Whether the client keeps a secret: without one it cannot act for itself. */
  readonly confidential: boolean;
  readonly serviceAccountDisabled?: boolean;
}

/** Whether it keeps a secret, and how it gets its tokens. */
export function CapabilityFields(props: CapabilityFieldsProps): ReactNode {
  const { register, confidential, serviceAccountDisabled = false } = props;
  const t = useText();
  return (
    <>
      <Switch label={t('confidential')} description={t('confidentialAbout')} {...register('confidential')} />
      <Switch label={t('standardFlow')} description={t('standardFlowAbout')} {...register('standardFlowEnabled')} />
      <Switch
        label={t('directAccess')}
        description={t('directAccessAbout')}
        {...register('directAccessGrantsEnabled')}
      />
      <Switch
        label={t('serviceAccount')}
        description={confidential ? t('serviceAccountAbout') : t('serviceAccountNeeds')}
        disabled={serviceAccountDisabled}
        {...register('serviceAccountsEnabled')}
      />
    </>
  );
}
