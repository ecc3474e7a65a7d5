import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useToast } from '../kit/feedback/toasts.js';
import { useRealmName } from './admin-context.js';

/**
 * A change in the realm that is shown: afterwards what it touches is read again, and it is told that it was done.
 * @param nouns with which the keys of the queries begin that are read again
 * @param done what is told
 */
export function useDeed<V>(
  nouns: readonly string[],
  deed: (value: V) => Promise<unknown>,
  done: string,
): UseMutationResult<unknown, Error, V> {
  const queries = useQueryClient();
  const realm = useRealmName();
  const toast = useToast();
  return useMutation({
    mutationFn: deed,
    onSuccess: async () => {
      await Promise.all(nouns.map((noun) => queries.invalidateQueries({ queryKey: [noun, realm] })));
      toast(done);
    },
  });
}
