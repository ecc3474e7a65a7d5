import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classes } from '../style/classes.js';
import { Icon, type IconName } from '../layout/icon.js';
import styles from './button.module.css';

/** How much a button calls for attention. One `primary` on a page at most. */
export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  /** What it does is under way: it stays focusable and does nothing. */
  readonly busy?: boolean;
}

export function Button({
  look = 'secondary',
  icon,
  busy = false,
  type = 'button',
  className,
  children,
  onClick,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      {...rest}
      type={type}
      className={classes(styles.button, styles[look], className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  readonly icon: IconName;
  /** What it does, in words. */
  readonly label: string;
}

/** A button that is a picture, with its words for those who do not see it. */
export function IconButton({ label, look = 'quiet', className, ...rest }: IconButtonProps): ReactNode {
  return (
    <Button {...rest} look={look} className={classes(styles.square, className)} aria-label={label} title={label} />
  );
}
