import { Suspense, type ReactNode } from 'react';
import { Outlet } from 'react-router';
import { ErrorNotice } from '../../kit/feedback/error-state.js';
import { Spinner } from '../../kit/feedback/loading.js';
import { useLocale } from '../../kit/i18n/locale.js';
import { Preferences } from '../../kit/shell/preferences.js';
import { useSession } from '../../kit/shell/session-provider.js';
import { Shell, type NavigationGroup } from '../../kit/shell/shell.js';
import { Menu } from '../../kit/overlays/menu.js';
import { useTo } from '../admin-context.js';
import type { AreaGroup } from '../area.js';
import { useText } from '../messages/use-text.js';
import { AREAS } from '../routes.js';
import { useMay, useWhoAmI } from '../who-am-i.js';
import { RealmSwitcher } from './realm-switcher.js';

const GROUPS: readonly AreaGroup[] = ['manage', 'configure'];

/** The frame of the admin console: which realm, where to go, who one is. */
export function AdminShell(): ReactNode {
  const t = useText();
  const session = useSession();
  const who = useWhoAmI();
  return (
    <Shell
      name={t('console')}
      navigation={useNavigation()}
      context={<RealmSwitcher />}
      tools={
        <>
          <Preferences />
          <Menu
            label={who.data?.displayName ?? session.person.name}
            icon="person"
            entries={[{ label: t('signOut'), onAction: () => void session.signOut() }]}
          />
        </>
      }
    >
      {who.error ? (
        <ErrorNotice error={who.error} onRetry={() => void who.refetch()} />
      ) : who.isPending ? (
        <Spinner />
      ) : (
        <Suspense fallback={<Spinner />}>
          <Outlet />
        </Suspense>
      )}
    </Shell>
  );
}

function useNavigation(): readonly NavigationGroup[] {
  const t = useText();
  const { locale } = useLocale();
  const may = useMay();
  const to = useTo();
  const entries = AREAS.flatMap((area) => area.entries).filter(({ roles }) => may(...roles));
  return GROUPS.map((group) => ({
    label: t(`group.${group}`),
    entries: entries
      .filter((entry) => entry.group === group)
      .map(({ label, path }) => ({ label: label[locale], to: to(...path.split('/')) })),
  })).filter((group) => group.entries.length > 0);
}
