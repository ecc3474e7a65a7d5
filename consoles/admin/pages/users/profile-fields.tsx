import type { ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Select } from '../../../kit/fields/select.js';
import { TextArea, TextField } from '../../../kit/fields/text-field.js';
import { Columns } from '../../../kit/layout/stack.js';
import { isKey, useText } from './messages/use-text.js';
import { optionsOf, type UserFormValues } from './user-form-values.js';
import type { ProfileField } from './user-representation.js';

interface ProfileFieldsProps {
  readonly fields: readonly ProfileField[];
  readonly form: UseFormReturn<UserFormValues>;
  readonly readOnly?: boolean;
}

/** A field for each attribute that the realm's user profile shows to administrators. */
export function ProfileFields({ fields, form, readOnly = false }: ProfileFieldsProps): ReactNode {
  const t = useText();
  const nameOf = useFieldName();
  const { register, formState } = form;
  return (
    <Columns>
      {fields.map((field, index) => {
        const options = optionsOf(field);
        const common = {
          label: nameOf(field),
          error: formState.errors.fields?.[index]?.message,
          disabled: readOnly || field.readOnly,
          'aria-required': field.required || undefined,
          ...register(`fields.${index}`, field.required ? { required: t('required') } : {}),
        };
        if (field.multivalued === true)
          return <TextArea key={field.name} {...common} rows={3} description={t('lists')} />;
        if (options)
          return (
            <Select
              key={field.name}
              {...common}
              choices={['', ...options].map((value) => ({ value, label: value || '—' }))}
            />
          );
        return <TextField key={field.name} {...common} {...(field.name === 'email' && { type: 'email' })} />;
      })}
    </Columns>
  );
}

/** Name of an attribute in words: the profile writes `${email}` where it leaves them to whoever shows it. */
function useFieldName(): (field: ProfileField) => string {
  const t = useText();
  return ({ name, displayName = '' }) => {
    const key = `attribute.${/^\$\{(.+)\}$/.exec(displayName)?.[1] ?? name}`;
    if (isKey(key)) return t(key);
    return displayName === '' || displayName.startsWith('${') ? name : displayName;
  };
}
