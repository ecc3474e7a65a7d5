import { createContext, use, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Button } from '../actions/button.js';
import type { ConsoleSession } from '../auth/console-session.js';
import { Notice } from '../feedback/notice.js';
import { useKitText } from '../messages/use-kit-text.js';
import { Dialog } from '../overlays/dialog.js';

const SessionContext = createContext<ConsoleSession | undefined>(undefined);

/** The login of the person who uses the console. */
export function useSession(): ConsoleSession {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no SessionProvider around this');
  return session;
}

/** Makes the session known to everything inside. When it is over, it says so in front of the page, which stays. */
export function SessionProvider({
  session,
  children,
}: {
  readonly session: ConsoleSession;
  readonly children: ReactNode;
}): ReactNode {
  const end = useSyncExternalStore(session.subscribe, session.ended);
  return (
    <SessionContext value={session}>
      {children}
      {end && <SessionOver session={session} {...(end.reason !== undefined && { reason: end.reason })} />}
    </SessionContext>
  );
}

function SessionOver({ session, reason }: { readonly session: ConsoleSession; readonly reason?: string }): ReactNode {
  const t = useKitText();
  const [state, setState] = useState<'asking' | 'waiting' | 'failed'>('asking');
  const signIn = (): void => {
    setState('waiting');
    session.signInAgain().catch(() => setState('failed'));
  };
  return (
    <Dialog
      title={t('ended')}
      actions={
        <Button look="primary" busy={state === 'waiting'} onClick={signIn}>
          {t('signInAgain')}
        </Button>
      }
    >
      {state === 'failed' && <Notice kind="danger">{t('noPopup')}</Notice>}
      {reason !== undefined && <p>{t('endedHow', { reason })}</p>}
      <p>{t('endedAbout')}</p>
    </Dialog>
  );
}
