import { Suspense, type ReactNode } from 'react';
import { Outlet } from 'react-router';
import { Spinner } from '../kit/feedback/loading.js';
import { Menu } from '../kit/overlays/menu.js';
import { Preferences } from '../kit/shell/preferences.js';
import { useSession } from '../kit/shell/session-provider.js';
import { Shell } from '../kit/shell/shell.js';
import { useText } from './messages/use-text.js';
import { SECTIONS } from './routes.js';

/** The frame of the account console. */
export function AccountShell(): ReactNode {
  const t = useText();
  const session = useSession();
  return (
    <Shell
      name={t('console')}
      navigation={[{ entries: SECTIONS.map(({ label, path }) => ({ label: t(label), to: `/${path}` })) }]}
      tools={
        <>
          <Preferences />
          <Menu
            label={session.person.name}
            icon="person"
            entries={[{ label: t('signOut'), onAction: () => void session.signOut() }]}
          />
        </>
      }
    >
      <Suspense fallback={<Spinner />}>
        <Outlet />
      </Suspense>
    </Shell>
  );
}
