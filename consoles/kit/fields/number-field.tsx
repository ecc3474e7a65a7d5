import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classes } from '../style/classes.js';
import { Field, type FieldText } from './field.js';
import styles from './field.module.css';

interface NumberFieldProps extends FieldText, Omit<ComponentPropsWithRef<'input'>, 'id' | 'type'> {
  /** What is counted, behind the field. */
  readonly unit?: string;
}

/** A whole number. With React Hook Form: `register('max', { valueAsNumber: true })`. */
export function NumberField({
  label,
  description,
  error,
  hideLabel = false,
  unit,
  className,
  ...input
}: NumberFieldProps): ReactNode {
  return (
    <Field label={label} description={description} error={error} hideLabel={hideLabel}>
      {(ids) => (
        <span className={styles.row}>
          <input
            step={1}
            {...input}
            {...ids}
            type="number"
            inputMode="numeric"
            className={classes(styles.control, styles.number, className)}
            // A wheel over a field that has the focus would change it unseen.
            onWheel={(event) => event.currentTarget.blur()}
          />
          {unit}
        </span>
      )}
    </Field>
  );
}
