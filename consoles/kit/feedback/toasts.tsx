import { createContext, use, useCallback, useRef, useState, type ReactNode } from 'react';
import { IconButton } from '../actions/button.js';
import { Icon } from '../layout/icon.js';
import { useKitText } from '../messages/use-kit-text.js';
import styles from './toasts.module.css';

/** How long a toast stays, in milliseconds. Nothing that has to be read or answered is told by one. */
const STAYS_MS = 6_000;

interface ToastText {
  readonly id: number;
  readonly text: string;
}

const ToastContext = createContext<((text: string) => void) | undefined>(undefined);

/** Tells that something was done, in passing: `const toast = useToast(); toast(t('saved'))`. Trouble belongs into a notice. */
export function useToast(): (text: string) => void {
  const show = use(ToastContext);
  if (!show) throw new Error('There is no ToastProvider around this');
  return show;
}

export function ToastProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const t = useKitText();
  const [toasts, setToasts] = useState<readonly ToastText[]>([]);
  const next = useRef(0);
  const remove = useCallback((id: number) => setToasts((present) => present.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (text: string) => {
      const id = next.current++;
      setToasts((present) => [...present.slice(-2), { id, text }]);
      setTimeout(() => remove(id), STAYS_MS);
    },
    [remove],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.toasts} role="status">
        {toasts.map(({ id, text }) => (
          <div key={id} className={styles.toast}>
            <Icon name="check" />
            <span>{text}</span>
            <IconButton icon="close" label={t('close')} onClick={() => remove(id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
