import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  /** That there is nothing, and of what. */
  readonly title: string;
  /** Why, or what would be here. */
  readonly children?: ReactNode;
  /** What makes the first one. */
  readonly action?: ReactNode;
}

/** In place of a list without entries. */
export function EmptyState({ title, children, action }: EmptyStateProps): ReactNode {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {children !== undefined && <div className={styles.about}>{children}</div>}
      {action}
    </div>
  );
}
