import { useEffect, useId, type ReactNode } from 'react';
import { useBlocker, useNavigate, type BlockerFunction } from 'react-router';
import { Button } from '../actions/button.js';
import { useKitText } from '../messages/use-kit-text.js';
import { Dialog } from '../overlays/dialog.js';

/** Forms of the page in which something is typed that is not saved. A router asks one guard only, whatever number of forms there is. */
const unsaved = new Set<string>();

/** Asks before somebody leaves the page while something is typed in a form that is not saved. */
export function useUnsaved(isTyped: boolean): void {
  const id = useId();
  useEffect(() => {
    if (!isTyped) return;
    unsaved.add(id);
    return () => void unsaved.delete(id);
  }, [id, isTyped]);
}

/** Goes to another page after a deed that settles what was typed here: it made that page, or deleted this one. Nobody is asked. */
export function useGoOn(): (to: string) => Promise<void> {
  const navigate = useNavigate();
  return async (to) => {
    unsaved.clear();
    await navigate(to);
  };
}

/** Stands once beside all pages: asks within the console, and lets the browser ask where the console is left. */
export function LeaveGuard(): ReactNode {
  const t = useKitText();
  const blocker = useBlocker(losesTyped);
  useEffect(() => {
    addEventListener('beforeunload', askIfTyped);
    return () => removeEventListener('beforeunload', askIfTyped);
  }, []);
  if (blocker.state !== 'blocked') return null;
  const stay = (): void => blocker.reset();
  return (
    <Dialog
      title={t('leaveTitle')}
      onClose={stay}
      actions={
        <>
          <Button onClick={stay}>{t('stay')}</Button>
          <Button look="danger" onClick={() => blocker.proceed()}>
            {t('leave')}
          </Button>
        </>
      }
    >
      <p>{t('leaveAbout')}</p>
    </Dialog>
  );
}

/** Another search of the same page leaves its forms as they are. */
const losesTyped: BlockerFunction = ({ currentLocation, nextLocation }) =>
  unsaved.size > 0 && currentLocation.pathname !== nextLocation.pathname;

function askIfTyped(event: BeforeUnloadEvent): void {
  if (unsaved.size > 0) event.preventDefault();
}
