import { useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../kit/api/api-error.js';
import { useToast } from '../../kit/feedback/toasts.js';
import { useRealmApi, useRealmName } from '../admin-context.js';
import { useText } from './messages/use-text.js';
import type { FoundSession } from './session-representation.js';

/** Ends sessions, one after the other. One that is over already counts as ended. */
export function useEndSessions(): (sessions: readonly Pick<FoundSession, 'id' | 'offline'>[]) => Promise<void> {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const toast = useToast();
  const queries = useQueryClient();
  return async (sessions) => {
    try {
      for (const { id, offline } of sessions) {
        await api.delete(`/sessions/${encodeURIComponent(id)}`, { isOffline: offline }).catch((error: unknown) => {
          if (!(error instanceof ApiError && error.trouble === 'missing')) throw error;
        });
      }
      toast(t('end.done', { count: sessions.length }));
    } finally {
      // Some may have ended before one could not.
      await queries.invalidateQueries({ queryKey: ['sessions', realm] });
    }
  };
}
