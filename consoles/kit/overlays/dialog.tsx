import { useEffect, useId, useRef, type ReactNode, type RefObject } from 'react';
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
  /** What has the focus at first; otherwise the browser takes the first control, the cross. React's `autoFocus` comes before a dialog is shown. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
}

/**
 * A question in front of the page: the browser's own modal dialog, so that focus, Escape and what lies behind are taken care of. It is
 * open while it is rendered.
 */
export function Dialog({ title, onClose, children, actions, wide = false, initialFocus }: DialogProps): ReactNode {
  const t = useKitText();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      initialFocus?.current?.focus();
    }
    return () => dialog?.close();
  }, [initialFocus]);
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
