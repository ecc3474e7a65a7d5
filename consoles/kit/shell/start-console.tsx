import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Button } from '../actions/button.js';
import { newQueryClient } from '../api/query-client.js';
import type { ConsoleAddress } from '../auth/console-address.js';
import { ConsoleSession } from '../auth/console-session.js';
import { Notice } from '../feedback/notice.js';
import { ToastProvider } from '../feedback/toasts.js';
import { LocaleProvider } from '../i18n/locale.js';
import { useKitText } from '../messages/use-kit-text.js';
import '../style/base.css';
import { applyTheme } from '../theme/theme.js';
import { SessionProvider } from './session-provider.js';

/** What a console is started with. */
export interface ConsoleProgram {
  readonly address: ConsoleAddress;
  /** The console's client in its realm. */
  readonly clientId: string;
  /** The pages, once somebody is signed in. */
  readonly pages: (session: ConsoleSession) => ReactNode;
}

/** Signs the person in and shows the pages, in the element `root` of the document. */
export async function startConsole({ address, clientId, pages }: ConsoleProgram): Promise<void> {
  applyTheme();
  const session = new ConsoleSession(address, clientId);
  const root = createRoot(document.getElementById('root') ?? document.body);
  const started = await session.start();
  if (started.kind === 'leaving') return;
  if (started.kind === 'refused') {
    root.render(
      <LocaleProvider>
        <Refused reason={started.reason} onRetry={() => void session.signIn()} />
      </LocaleProvider>,
    );
    return;
  }
  history.replaceState(null, '', started.returnTo);
  root.render(
    <StrictMode>
      <LocaleProvider>
        <QueryClientProvider client={newQueryClient()}>
          <ToastProvider>
            <SessionProvider session={session}>{pages(session)}</SessionProvider>
          </ToastProvider>
        </QueryClientProvider>
      </LocaleProvider>
    </StrictMode>,
  );
}

function Refused({ reason, onRetry }: { readonly reason: string; readonly onRetry: () => void }): ReactNode {
  const t = useKitText();
  return (
    <main>
      <Notice
        kind="danger"
        title={t('loginRefused')}
        actions={
          <Button look="primary" onClick={onRetry}>
            {t('signIn')}
          </Button>
        }
      >
        <p>{reason}</p>
      </Notice>
    </main>
  );
}
