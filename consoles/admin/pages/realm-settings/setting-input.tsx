import type { ReactNode } from 'react';
import { Controller, useFormContext, useWatch } from 'react-hook-form';
import { DurationField } from '../../../kit/fields/duration-field.js';
import { NumberField } from '../../../kit/fields/number-field.js';
import { Select } from '../../../kit/fields/select.js';
import { Switch } from '../../../kit/fields/switch.js';
import { TextField } from '../../../kit/fields/text-field.js';
import { durationText } from '../../../kit/format/duration.js';
import { useLocale } from '../../../kit/i18n/locale.js';
import { useText } from './messages/use-text.js';
import type { RealmRepresentation } from './realm-representation.js';
import type { SettingField } from './settings-fields.js';

interface SettingInputProps {
  readonly field: SettingField;
  readonly readOnly: boolean;
  /** What is wrong between this and other settings. */
  readonly problem?: string | undefined;
}

/** One setting of a form around it. */
export function SettingInput({ field, readOnly, problem }: SettingInputProps): ReactNode {
  const t = useText();
  const { locale } = useLocale();
  const { register, control, formState } = useFormContext<RealmRepresentation>();
  const values = useWatch<RealmRepresentation>();
  if (field.when !== undefined && values[field.when] !== true) return null;
  const { name } = field;
  const error = problem ?? (formState.errors[name] as { message?: string } | undefined)?.message;
  const words = { label: t(name), description: t(`${name}.about`), error };
  switch (field.kind) {
    case 'text':
      return <TextField {...words} disabled={readOnly || field.disabled === true} {...register(name)} />;
    case 'flag':
      return <Switch {...words} disabled={readOnly} {...register(name)} />;
    case 'number':
      return (
        <NumberField
          {...words}
          {...(field.unit && { unit: t(field.unit) })}
          min={field.min}
          disabled={readOnly}
          {...register(name, {
            valueAsNumber: true,
            validate: (value) => Number.isSafeInteger(value) || t('wholeNumber'),
          })}
        />
      );
    case 'choice':
      return (
        <Select
          {...words}
          disabled={readOnly}
          choices={field.choices.map(({ value, label }) => ({
            value,
            label: typeof label === 'string' ? t(label) : label.plain,
          }))}
          {...register(name)}
        />
      );
    case 'duration': {
      const { inherits } = field;
      const inherited = inherits && values[inherits];
      const now =
        inherited === undefined || values[field.name] !== 0
          ? undefined
          : t('inherited', { duration: durationText(inherited, locale), from: t(field.inherits ?? name) });
      return (
        <Controller
          control={control}
          name={field.name}
          rules={{ validate: (value) => inherits !== undefined || value > 0 || t('durationNeeded') }}
          render={({ field: { value, onChange, onBlur } }) => (
            <DurationField
              {...words}
              description={now === undefined ? words.description : `${words.description} ${now}`}
              value={inherits !== undefined && value === 0 ? undefined : value}
              onChange={(seconds) => onChange(seconds ?? 0)}
              onBlur={onBlur}
              disabled={readOnly}
            />
          )}
        />
      );
    }
  }
}
