import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
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

const FIELDS = ':is(input, select, textarea):enabled';

/**
 * A question in front of the page: the browser's own modal dialog, so that focus, Escape and what lies behind are taken care of. It is
 * open while it is rendered. The focus is on the first field, where there is one, and afterwards where it was before.
 */
export function Dialog({ title, onClose, children, actions, wide = false }: DialogProps): ReactNode {
  const t = useKitText();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [opener] = useState(findOpener);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      // Left alone, the browser takes the first control, the cross; and React's `autoFocus` comes before a dialog is shown.
      dialog.querySelector<HTMLElement>(FIELDS)?.focus();
    }
    return () => {
      dialog?.close();
      opener?.focus();
    };
  }, [opener]);
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

/** What has the focus while a dialog is asked for. An entry of a menu is gone when the dialog is shown; the menu's button stays. */
function findOpener(): HTMLElement | null {
  const focused = document.activeElement;
  const menu = focused?.closest('[role=menu]');
  const opener = menu ? document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`) : focused;
  return opener instanceof HTMLElement ? opener : null;
}
