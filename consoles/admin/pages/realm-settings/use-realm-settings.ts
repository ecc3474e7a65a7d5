import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useDeed } from '../../use-deed.js';
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
  return useDeed(['realm'], (members: Partial<RealmRepresentation>) => api.put('', members), t('saved'));
}
