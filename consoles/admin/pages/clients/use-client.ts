import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useOutletContext, useParams } from 'react-router';
import type { ApiClient } from '../../../kit/api/api-client.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useDeed } from '../../use-deed.js';
import type { Client, ClientChanges } from './client-representation.js';
import { useText } from './messages/use-text.js';

/** Internal id of the client in the address. */
function useClientId(): string {
  const { client = '' } = useParams();
  return client;
}

/** The API of the client in the address. */
export const useClientApi = (): ApiClient => useRealmApi().below('clients', useClientId());

/** What queries about the client in the address are kept under. */
export const useClientKey = (): readonly string[] => ['clients', useRealmName(), useClientId()];

/** Asks for the client in the address. */
export function useClientQuery(): UseQueryResult<Client> {
  const api = useClientApi();
  return useQuery({ queryKey: useClientKey(), queryFn: ({ signal }) => api.get<Client>('', {}, signal) });
}

/** The client that the page around this tab has read. */
export const useClient = (): Client => useOutletContext<Client>();

/** Changes members of the client in the address, and says that it was done. */
export function useSaveClient(): UseMutationResult<unknown, Error, ClientChanges> {
  const api = useClientApi();
  return useClientDeed((changes: ClientChanges) => api.put('', changes));
}

/** Something that changes the client in the address. @param done what is told afterwards, in place of "saved" */
export function useClientDeed<V = void>(
  deed: (value: V) => Promise<unknown>,
  done?: string,
): UseMutationResult<unknown, Error, V> {
  const t = useText();
  return useDeed(['clients'], deed, done ?? t('saved'));
}
