import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useToast } from '../../../kit/feedback/toasts.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useText } from './messages/use-text.js';
import type { RealmRepresentation } from './realm-representation.js';

/** The realm that is shown. */
export function useRealmSettings(): UseQueryResult<RealmRepresentation> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['realm', useRealmName()],
    queryFn: ({ signal }) => api.get<RealmRepresentation>('', {}, signal),
  });
}

/** Writes members of the realm; what is not named stays, so that two administrators who change different things do not undo each other. */
export function useSaveRealm(): UseMutationResult<unknown, Error, Partial<RealmRepresentation>> {
  const t = useText();
  const api = useRealmApi();
  const realm = useRealmName();
  const queries = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (members: Partial<RealmRepresentation>) => api.put('', members),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['realm', realm] });
      toast(t('saved'));
    },
  });
}
