import { useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { ApiClient } from '../../../kit/api/api-client.js';
import { useRealmApi, useRealmName } from '../../admin-context.js';
import { useDeed } from '../../use-deed.js';
import type { User } from './user-representation.js';

/** Id of the user that is shown. */
export function useUserId(): string {
  const { user = '' } = useParams();
  return user;
}

/** The Admin API of the user that is shown. */
export function useUserApi(): ApiClient {
  return useRealmApi().below('users', useUserId());
}

/** The user that is shown, with what its form needs to know. */
export function useUser(): UseQueryResult<User> {
  const api = useUserApi();
  return useQuery({
    queryKey: ['users', useRealmName(), useUserId(), 'full'],
    queryFn: ({ signal }) => api.get<User>('', { userProfileMetadata: true }, signal),
  });
}

/** Does something to the user that is shown; afterwards everything about users is read again. @param done what is told then */
export function useUserDeed<T>(
  deed: (value: T) => Promise<unknown>,
  done: string,
): UseMutationResult<unknown, Error, T> {
  return useDeed(['users', 'sessions'], deed, done);
}
