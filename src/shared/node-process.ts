import { availableParallelism } from 'node:os';

/** Threads for SQLite and files beside those that compute password hashes (at most one per processor). */
const SPARE_THREADS = 4;

/**
 * Options of Node for a process that runs the server. Requests leave little behind that lives on: with a young generation of a quarter of
 * what V8 takes by itself a server needs 25 MiB less, and collects garbage for 5 % of its time instead of 3 (docs/costs.md).
 */
export const NODE_OPTIONS: readonly string[] = ['--max-semi-space-size=4'];

/** libuv sizes its thread pool when it is first used, so its size has to be in the environment of a new process; a larger one stays. */
export const nodeEnvironment = (given: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  UV_THREADPOOL_SIZE: String(
    Math.max(Number(given['UV_THREADPOOL_SIZE'] ?? 0) || 0, availableParallelism() + SPARE_THREADS),
  ),
});
