import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiAnswer } from '../../kit/api/api-client.js';
import { PAGE_SIZE } from '../../kit/data/use-list-address.js';
import { useRealmApi, useRealmName } from '../admin-context.js';
import type {
  Channel,
  ConfigDescription,
  Execution,
  Flow,
  LimitedDoor,
  PendingBinding,
  Proof,
  Provider,
  RealmBindings,
  StepConfig,
  Version,
} from './flow-api.js';

/** How often it is asked whether a binding on trial is still there, in milliseconds. */
const TRIAL_MS = 5_000;

/** Path of a flow in the Admin API. */
export const flowPath = (alias: string): string => `/authentication/flows/${encodeURIComponent(alias)}`;

/** A page of the flows that stand on their own, by a part of the name or the description. */
export function useFlowPage(search: string, first: number): UseQueryResult<readonly Flow[]> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'list', search, first],
    queryFn: ({ signal }) =>
      api.get<readonly Flow[]>('/authentication/flows', { search, first, max: PAGE_SIZE }, signal),
    placeholderData: keepPreviousData,
  });
}

/** The flow of a name, or none. */
export function useFlow(alias: string): UseQueryResult<readonly [Flow?]> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'list', 'named', alias],
    queryFn: ({ signal }) => api.get<readonly [Flow?]>('/authentication/flows', { search: alias, exact: true }, signal),
  });
}

/** All flows that stand on their own, to choose from. */
export function useFlows(): UseQueryResult<readonly Flow[]> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'list'],
    queryFn: ({ signal }) => api.get<readonly Flow[]>('/authentication/flows', {}, signal),
  });
}

/** What is in a flow, with the version it is. */
export function useExecutions(alias: string): UseQueryResult<ApiAnswer<readonly Execution[]>> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'of', alias, 'executions'],
    queryFn: ({ signal }) => api.send<readonly Execution[]>(`${flowPath(alias)}/executions`, { signal }),
  });
}

/** What can be proved of a flow as it is now. */
export function useProof(alias: string, channel?: Channel): UseQueryResult<Proof> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'of', alias, 'proof', channel],
    queryFn: ({ signal }) => api.get<Proof>(`${flowPath(alias)}/proof`, { channel }, signal),
  });
}

/** A page of the versions of a flow, newest first. */
export function useVersions(alias: string, first: number, max: number): UseQueryResult<readonly Version[]> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'of', alias, 'versions', first, max],
    queryFn: ({ signal }) => api.get<readonly Version[]>(`${flowPath(alias)}/versions`, { first, max }, signal),
  });
}

/** Which flows the realm uses for what. */
export function useBindings(): UseQueryResult<RealmBindings> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'bindings'],
    queryFn: ({ signal }) => api.get<RealmBindings>('', {}, signal),
  });
}

/**
 * Every way in: the realm's, and those of clients with flows of their own.
 * @param enabled false while something else is to be there first: many flows take the server a while
 */
export function useDoors(enabled = true): UseQueryResult<{
  readonly doors: readonly LimitedDoor[];
  readonly notCovered: readonly string[];
}> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'doors'],
    queryFn: ({ signal }) => api.get('/limits/proof', {}, signal),
    enabled,
  });
}

/** Bindings that return by themselves unless somebody confirms them. */
export function usePendingBindings(): UseQueryResult<readonly PendingBinding[]> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'pending'],
    queryFn: ({ signal }) => api.get<readonly PendingBinding[]>('/authentication/pending-bindings', {}, signal),
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? TRIAL_MS : false),
  });
}

const PROVIDER_PATHS = {
  'basic-flow': 'authenticator-providers',
  'form-flow': 'form-action-providers',
  'client-flow': 'client-authenticator-providers',
} as const;

/** What may be placed in flows of a kind. */
export function useProviders(kind: Flow['providerId']): UseQueryResult<readonly Provider[]> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['providers', useRealmName(), kind],
    queryFn: ({ signal }) =>
      api.get<readonly Provider[]>(`/authentication/${PROVIDER_PATHS[kind]}`, { extended: true }, signal),
    staleTime: Infinity,
  });
}

/** How a step is configured. */
export function useDescription(provider: string): UseQueryResult<ConfigDescription> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['providers', useRealmName(), 'description', provider],
    queryFn: ({ signal }) =>
      api.get<ConfigDescription>(
        `/authentication/config-description/${encodeURIComponent(provider)}`,
        { extended: true },
        signal,
      ),
    staleTime: Infinity,
  });
}

/** The config of a step; nothing is asked for a step that has none. */
export function useStepConfig(id: string | undefined): UseQueryResult<StepConfig> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['flows', useRealmName(), 'config', id],
    queryFn: ({ signal }) => api.get<StepConfig>(`/authentication/config/${encodeURIComponent(id ?? '')}`, {}, signal),
    enabled: id !== undefined,
    staleTime: 0,
  });
}
