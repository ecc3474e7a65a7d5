import type { ReactNode } from 'react';
import { Select } from '../../kit/fields/select.js';
import { Switch } from '../../kit/fields/switch.js';
import { TextArea, TextField } from '../../kit/fields/text-field.js';
import type { ConfigProperty } from './flow-api.js';
import { useText } from './messages/use-text.js';

/** Separates the values of a member that has several, as stored. */
const SEPARATOR = '##';

interface ConfigFieldsProps {
  readonly properties: readonly ConfigProperty[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
  /** What is wrong, by member. */
  readonly errors?: Readonly<Record<string, string | undefined>>;
  /** The choice of nothing in a list, in words. */
  readonly blank?: string;
}

/** A form made of the descriptions of a step's settings. */
export const ConfigFields = ({ properties, values, onChange, errors = {}, blank }: ConfigFieldsProps): ReactNode =>
  properties.map((property) => (
    <ConfigField
      key={property.name}
      property={property}
      value={values[property.name] ?? ''}
      error={errors[property.name]}
      blank={blank}
      onChange={(value) => onChange(property.name, value)}
    />
  ));

interface ConfigFieldProps {
  readonly property: ConfigProperty;
  readonly value: string;
  readonly error: string | undefined;
  readonly blank: string | undefined;
  readonly onChange: (value: string) => void;
}

function ConfigField({ property, value, error, blank, onChange }: ConfigFieldProps): ReactNode {
  const t = useText();
  const { label, helpText, type, options = [], required = false } = property;
  const text = { label, ...(helpText !== undefined && { description: helpText }), error };
  if (type === 'boolean')
    return (
      <Switch
        {...text}
        checked={value === 'true'}
        onChange={({ currentTarget }) => onChange(String(currentTarget.checked))}
      />
    );
  if (type === 'List')
    return (
      <Select
        {...text}
        value={value}
        choices={[
          ...(required ? [] : [{ value: '', label: blank ?? t('none') }]),
          ...options.map((one) => ({ value: one, label: one })),
        ]}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  if (type === 'MultivaluedString' || type === 'MultivaluedList')
    return (
      <TextArea
        {...text}
        description={[helpText, t('onePerLine')].filter(Boolean).join(' ')}
        value={value.split(SEPARATOR).join('\n')}
        onChange={({ currentTarget }) => onChange(currentTarget.value.split('\n').join(SEPARATOR))}
      />
    );
  if (type === 'Text')
    return <TextArea {...text} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
  return (
    <TextField
      {...text}
      type={property.secret === true || type === 'Password' ? 'password' : 'text'}
      autoComplete={property.secret === true || type === 'Password' ? 'new-password' : 'off'}
      value={value}
      required={required}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** What the form begins with: the values that are stored, else the defaults. */
export const firstValues = (
  properties: readonly ConfigProperty[],
  stored: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> =>
  stored ??
  Object.fromEntries(
    properties.flatMap(({ name, defaultValue }) =>
      defaultValue === undefined || defaultValue === null
        ? []
        : [[name, typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)]],
    ),
  );
