import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Menu } from '../../kit/overlays/menu.js';
import { useAdmin, useRealmName } from '../admin-context.js';
import { useText } from '../messages/use-text.js';

interface BriefRealm {
  readonly realm: string;
  readonly displayName?: string;
}

/** Which realm is shown, and the ways to the others that the person may see. */
export function RealmSwitcher(): ReactNode {
  const t = useText();
  const { api } = useAdmin();
  const realm = useRealmName();
  const navigate = useNavigate();
  const realms = useQuery({
    queryKey: ['realms'],
    queryFn: ({ signal }) => api.get<readonly BriefRealm[]>('/admin/realms', { briefRepresentation: true }, signal),
  });
  const names = (realms.data ?? []).map(({ realm: name }) => name);
  return (
    <Menu
      label={t('realm', { realm })}
      entries={(names.length === 0 ? [realm] : names).map((name) => ({
        label: name,
        current: name === realm,
        onAction: () => void navigate(`/${encodeURIComponent(name)}`),
      }))}
    />
  );
}
