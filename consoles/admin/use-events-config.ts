import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useRealmApi, useRealmName } from './admin-context.js';

/** RealmEventsConfigRepresentation, as far as it is used here. */
export interface EventsConfig {
  readonly eventsEnabled: boolean;
  /** Seconds; absent for ever. */
  readonly eventsExpiration?: number;
  /** The kinds that are kept while events are. */
  readonly enabledEventTypes: readonly string[];
  readonly adminEventsEnabled: boolean;
  readonly adminEventsDetailsEnabled: boolean;
}

/** Which events the realm keeps, and for how long. */
export function useEventsConfig(): UseQueryResult<EventsConfig> {
  const api = useRealmApi();
  return useQuery({
    queryKey: ['events-config', useRealmName()],
    queryFn: ({ signal }) => api.get<EventsConfig>('/events/config', {}, signal),
  });
}
