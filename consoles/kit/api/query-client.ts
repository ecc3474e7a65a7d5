import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.js';

const ATTEMPTS = 3;

/**
 * The cache of what was read: a page shows it and reads again, as sessions come and go. Nothing is read again because a window got the
 * focus: that would keep sessions alive that nobody uses. What the server refused is not asked for again; a server that does not answer
 * is, twice.
 */
export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (count, error) => count < ATTEMPTS - 1 && error instanceof ApiError && isPassing(error),
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
      mutations: { networkMode: 'always' },
    },
  });

const isPassing = ({ trouble, status }: ApiError): boolean => trouble === 'unreachable' || status === 503;
