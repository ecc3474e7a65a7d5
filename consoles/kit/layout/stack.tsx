import type { ReactNode } from 'react';
import { classes } from '../style/classes.js';
import styles from './stack.module.css';

interface StackProps {
  /** Step of the spacing scale between the parts. */
  readonly gap?: 'tight' | 'normal' | 'wide';
  readonly children: ReactNode;
}

/** Parts one below the other. */
export const Stack = ({ gap = 'normal', children }: StackProps): ReactNode => (
  <div className={classes(styles.stack, styles[gap])}>{children}</div>
);

/** Parts side by side, on more lines where they do not fit. */
export const Row = ({ gap = 'tight', children }: StackProps): ReactNode => (
  <div className={classes(styles.row, styles[gap])}>{children}</div>
);

/** Fields or panels in as many columns as fit. */
export const Columns = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className={styles.columns}>{children}</div>
);

/** Words that matter less. */
export const Muted = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <span className={styles.muted}>{children}</span>
);

/** A name for machines, as it is. */
export const Code = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <code className={styles.code} translate="no">
    {children}
  </code>
);
