import type { ReactNode } from 'react';
import { classes } from '../style/classes.js';
import styles from './badge.module.css';

export type BadgeKind = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

/** A word about the state of something. Its colour never says more than the word. */
export function Badge({
  kind = 'neutral',
  children,
}: {
  readonly kind?: BadgeKind;
  readonly children: ReactNode;
}): ReactNode {
  return <span className={classes(styles.badge, styles[kind])}>{children}</span>;
}
