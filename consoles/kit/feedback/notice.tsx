import type { ReactNode } from 'react';
import { Icon, type IconName } from '../layout/icon.js';
import { classes } from '../style/classes.js';
import styles from './notice.module.css';

export type NoticeKind = 'info' | 'success' | 'warning' | 'danger';

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  info: 'info',
  success: 'check',
  warning: 'error',
  danger: 'error',
};

interface NoticeProps {
  readonly kind?: NoticeKind;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Something to know, where it belongs. Trouble is told at once to those who listen to the page. */
export function Notice({ kind = 'info', title, children, actions }: NoticeProps): ReactNode {
  return (
    <div className={classes(styles.notice, styles[kind])} role={kind === 'danger' ? 'alert' : 'note'}>
      <Icon name={ICONS[kind]} />
      <div className={styles.words}>
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
