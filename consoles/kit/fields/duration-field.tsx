import { useState, type ReactNode } from 'react';
import { DURATION_UNITS, secondsIn, unitName, unitOf, type DurationUnit } from '../format/duration.js';
import { useLocale } from '../i18n/locale.js';
import { useKitText } from '../messages/use-kit-text.js';
import { classes } from '../style/classes.js';
import { Field, type FieldText } from './field.js';
import styles from './field.module.css';

interface DurationFieldProps extends FieldText {
  /** Seconds; `undefined` while the field is empty. */
  readonly value: number | undefined;
  readonly onChange: (seconds: number | undefined) => void;
  readonly onBlur?: () => void;
  readonly disabled?: boolean;
}

/** A lifetime: a number and its unit, "30 minutes". With React Hook Form: inside a `Controller`. */
export function DurationField({
  label,
  description,
  error,
  hideLabel = false,
  value,
  onChange,
  onBlur,
  disabled = false,
}: DurationFieldProps): ReactNode {
  const { locale } = useLocale();
  const t = useKitText();
  const [chosen, setChosen] = useState<DurationUnit>(() => unitOf(value ?? 0));
  // A value that came from elsewhere may not be whole in the unit that is shown.
  const unit = value !== undefined && value % secondsIn(chosen) !== 0 ? unitOf(value) : chosen;
  const change = (text: string, inUnit: DurationUnit): void => {
    const count = Number(text);
    onChange(text.trim() === '' || !Number.isSafeInteger(count) ? undefined : count * secondsIn(inUnit));
  };
  const shown = value === undefined ? '' : String(value / secondsIn(unit));
  return (
    <Field label={label} description={description} error={error} hideLabel={hideLabel}>
      {(ids) => (
        <span className={styles.row}>
          <input
            {...ids}
            type="number"
            inputMode="numeric"
            min={0}
            step={1}
            disabled={disabled}
            className={classes(styles.control, styles.number)}
            value={shown}
            onChange={({ currentTarget }) => change(currentTarget.value, unit)}
            onBlur={onBlur}
            onWheel={(event) => event.currentTarget.blur()}
          />
          <select
            aria-label={t('unitOf', { field: label })}
            disabled={disabled}
            className={classes(styles.control, styles.select, styles.unit)}
            value={unit}
            onChange={({ currentTarget }) => {
              const next = DURATION_UNITS.find((one) => one === currentTarget.value) ?? unit;
              setChosen(next);
              change(shown, next);
            }}
            onBlur={onBlur}
          >
            {DURATION_UNITS.map((one) => (
              <option key={one} value={one}>
                {unitName(one, locale)}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  );
}
