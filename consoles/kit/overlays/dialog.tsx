import { useEffect, useId, useRef, type ReactNode } from 'react';
import { IconButton } from '../actions/button.js';
import { useKitText } from '../messages/use-kit-text.js';
import { classes } from '../style/classes.js';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** Called when the person leaves without an answer: Escape, or the cross. Without it the dialog needs an answer. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
  /** Buttons at the end, the one to press last. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
}

/**
 * A question in front of the page: the browser's own modal dialog, so that focus, Escape and what lies behind are taken care of. It is
 * open while it is rendered.
 */
export function Dialog({ title, onClose, children, actions, wide = false }: DialogProps): ReactNode {
  const t = useKitText();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={classes(styles.dialog, wide && styles.wide)}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {onClose && <IconButton icon="close" label={t('close')} onClick={onClose} />}
      </header>
      <div className={styles.body}>{children}</div>
      {actions !== undefined && <footer className={styles.foot}>{actions}</footer>}
    </dialog>
  );
}
