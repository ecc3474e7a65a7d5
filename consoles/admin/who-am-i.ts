import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useAdmin, useRealmName } from './admin-context.js';

/** Who uses the console, and what they may do in the realm that is shown (Admin API reference 5.7). */
interface WhoAmI {
  readonly displayName: string;
  readonly createRealm: boolean;
  /** Admin roles by realm. */
  readonly realm_access: Readonly<Record<string, readonly string[]>>;
}

/** Asks the server what the person may do in the realm that is shown; refused for who may do nothing there. */
export function useWhoAmI(): UseQueryResult<WhoAmI> {
  const { api, address } = useAdmin();
  const realm = useRealmName();
  return useQuery({
    queryKey: ['whoami', realm],
    queryFn: ({ signal }) =>
      api.get<WhoAmI>(`/admin/${encodeURIComponent(address.realm)}/console/whoami`, { currentRealm: realm }, signal),
    staleTime: 60_000,
  });
}

/**
 * What the person may do in the realm that is shown: `const may = useMay(); may('manage-users')`. Pages leave out what would be refused;
 * that it is refused is the server's to decide.
 */
export function useMay(): (...anyOf: readonly string[]) => boolean {
  const realm = useRealmName();
  const { data } = useWhoAmI();
  const roles = data?.realm_access[realm] ?? [];
  return (...anyOf) => anyOf.length === 0 || anyOf.some((role) => roles.includes(role));
}
