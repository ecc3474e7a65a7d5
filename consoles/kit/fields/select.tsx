import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classes } from '../style/classes.js';
import { Field, type FieldText } from './field.js';
import styles from './field.module.css';

/** One of the choices of a list. */
export interface Choice<T extends string = string> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
}

interface SelectProps extends FieldText, Omit<ComponentPropsWithRef<'select'>, 'id' | 'children'> {
  readonly choices: readonly Choice[];
}

/** One of a few choices: the browser's own list, which every device knows how to show. */
export function Select({
  label,
  description,
  error,
  hideLabel = false,
  choices,
  className,
  ...select
}: SelectProps): ReactNode {
  return (
    <Field label={label} description={description} error={error} hideLabel={hideLabel}>
      {(ids) => (
        <select {...select} {...ids} className={classes(styles.control, styles.select, className)}>
          {choices.map(({ value, label: text, disabled }) => (
            <option key={value} value={value} disabled={disabled}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
