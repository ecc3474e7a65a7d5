import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { Select, type Choice } from '../../../kit/fields/select.js';
import { TextArea, TextField } from '../../../kit/fields/text-field.js';
import { useLocale } from '../../../kit/i18n/locale.js';
import { useAccount } from '../../account-context.js';
import { useText } from './messages/use-text.js';
import type { AttributeMetadata } from './profile.js';
import { useWords } from './use-words.js';

const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  username: 'username',
  email: 'email',
  firstName: 'given-name',
  lastName: 'family-name',
  phoneNumber: 'tel',
};
/** Kinds of input that the profile may ask for, and browsers know. */
const INPUT_TYPES = ['email', 'tel', 'url', 'number', 'date', 'month', 'week', 'time', 'datetime-local', 'range'];

interface AttributeFieldProps {
  readonly attribute: AttributeMetadata;
  /** What to know about its value. */
  readonly note?: string | undefined;
  readonly error: string | undefined;
  readonly input: UseFormRegisterReturn;
}

/** The field of one attribute, as its metadata asks for it. */
export function AttributeField({ attribute, note, error, input }: AttributeFieldProps): ReactNode {
  const t = useText();
  const words = useWords();
  const languages = useLanguages(attribute.name === 'locale');
  const { name, displayName, required, readOnly, annotations = {}, multivalued = false } = attribute;
  const label = words.label(displayName || `\${${name}}`);
  const about = ['inputHelperTextBefore', 'inputHelperTextAfter'].map((key) => text(annotations[key])).map(words.label);
  const description = [...about, multivalued ? t('eachLine') : '', readOnly ? t('fixed') : '', note ?? '']
    .filter(Boolean)
    .join(' ');
  const placeholder = text(annotations['inputTypePlaceholder']);
  const field = {
    ...input,
    label: required || readOnly ? label : t('optional', { label }),
    error,
    ...(description !== '' && { description }),
  };
  const choices = languages ?? optionsOf(attribute, words.label);
  if (choices && !multivalued)
    return <Select {...field} disabled={readOnly} choices={[{ value: '', label: t('unchosen') }, ...choices]} />;
  const common = { ...field, readOnly, ...(placeholder !== '' && { placeholder: words.label(placeholder) }) };
  if (multivalued || text(annotations['inputType']) === 'textarea') return <TextArea {...common} />;
  return <TextField {...common} type={inputType(attribute)} autoComplete={AUTOCOMPLETE[name] ?? 'off'} />;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function inputType({ name, annotations }: AttributeMetadata): string {
  if (name === 'email') return 'email';
  const asked = text(annotations?.['inputType']).replace(/^html5-/, '');
  return INPUT_TYPES.includes(asked) ? asked : 'text';
}

/** What may be chosen, where the profile says so. */
function optionsOf(
  { validators, annotations = {} }: AttributeMetadata,
  label: (text: string) => string,
): readonly Choice[] | undefined {
  const options = validators['options']?.['options'];
  if (!Array.isArray(options)) return undefined;
  const labels = (annotations['inputOptionLabels'] ?? {}) as Readonly<Record<string, unknown>>;
  return options.map(String).map((value) => ({ value, label: label(text(labels[value]) || value) }));
}

/** Languages of the realm's pages; undefined until they are known, and for other attributes. */
function useLanguages(wanted: boolean): readonly Choice[] | undefined {
  const { api } = useAccount();
  const { locale } = useLocale();
  const languages = useQuery({
    queryKey: ['languages'],
    queryFn: ({ signal }) => api.get<readonly string[]>('/supportedLocales', {}, signal),
    enabled: wanted,
  });
  if (!wanted) return undefined;
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return languages.data?.map((value) => ({ value, label: names.of(value) ?? value }));
}
