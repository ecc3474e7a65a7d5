import type { ReactNode } from 'react';
import { DurationField } from '../../../kit/fields/duration-field.js';
import { Select } from '../../../kit/fields/select.js';
import { durationText } from '../../../kit/format/duration.js';
import { useLocale } from '../../../kit/i18n/locale.js';
import { Stack } from '../../../kit/layout/stack.js';
import { useText } from './messages/use-text.js';

interface LifetimeFieldProps {
  readonly label: string;
  readonly description: string;
  readonly error: string | undefined;
  readonly disabled: boolean;
  /** Seconds as text, `-1` for "as long as the session", `0` while an own value is not there yet, empty for what the realm says. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What the realm says: seconds, or no limit; undefined while it is not known. */
  readonly inherited: number | 'none' | undefined;
  readonly mayFollowSession: boolean;
}

const SESSION = '-1';
/** What an own value begins with where there is nothing to begin with, in seconds. */
const FIRST = 1800;

/** A lifetime that is either the realm's, which is said, or the client's own. */
export function LifetimeField(props: LifetimeFieldProps): ReactNode {
  const { label, description, error, disabled, value, onChange, inherited, mayFollowSession } = props;
  const t = useText();
  const { locale } = useLocale();
  const fromRealm =
    inherited === undefined
      ? t('inherited')
      : t('inheritedFrom', { value: inherited === 'none' ? t('noLimit') : durationText(inherited, locale) });
  const isOwn = value !== '' && value !== SESSION;
  return (
    <Stack gap="tight">
      <Select
        label={label}
        description={description}
        disabled={disabled}
        error={isOwn ? undefined : error}
        value={isOwn ? 'own' : value}
        choices={[
          { value: '', label: fromRealm },
          { value: 'own', label: t('lifetime.own') },
          ...(mayFollowSession ? [{ value: SESSION, label: t('lifetime.session') }] : []),
        ]}
        onChange={({ currentTarget }) =>
          onChange(
            currentTarget.value === 'own'
              ? String(typeof inherited === 'number' ? inherited : FIRST)
              : currentTarget.value,
          )
        }
      />
      {isOwn && (
        <DurationField
          hideLabel
          label={t('lifetime.value', { name: label })}
          disabled={disabled}
          error={error}
          value={value === '0' ? undefined : Number(value)}
          onChange={(seconds) => onChange(String(seconds ?? 0))}
        />
      )}
    </Stack>
  );
}
