import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Muted, Stack } from '../../../kit/layout/stack.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import type { FoundSession } from '../../sessions/session-representation.js';
import { useMay } from '../../who-am-i.js';
import { capsOfSession, type LimitedDoor } from './caps-of-session.js';
import { useText } from './messages/use-text.js';

/**
 * Which caps in force a session counts against; undefined for who may not see the realm's flows. Caps are asked for at logins: the flow
 * of the realm or of a client says them.
 */
export function useCaps(): ((session: FoundSession) => ReactNode) | undefined {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const may = useMay()('view-realm', 'manage-realm');
  const { data } = useQuery({
    queryKey: ['limits', realm, 'proof'],
    queryFn: ({ signal }) => api.get<{ readonly doors: readonly LimitedDoor[] }>('/limits/proof', {}, signal),
    enabled: may,
    staleTime: 60_000,
  });
  if (!data) return undefined;
  return ({ clients }) => {
    const caps = capsOfSession(data.doors, Object.values(clients));
    if (caps.length === 0) return <Muted>{t('caps.none')}</Muted>;
    return (
      <Stack gap="tight">
        {caps.map(({ client, door, max }) => {
          const of = client ?? t('caps.realm');
          return (
            <span key={`${client ?? ''} ${door ?? ''}`}>
              {t('caps.cap', { of: door === undefined ? of : `${of}, ${t(`caps.${door}`)}`, max })}
            </span>
          );
        })}
      </Stack>
    );
  };
}
