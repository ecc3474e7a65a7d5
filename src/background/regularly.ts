/** Work in the background. */
export interface RegularWork {
  /** Begins a round now, unless one is under way. */
  readonly begin: () => void;
  /** Ends it: a round under way is finished. */
  readonly stop: () => Promise<void>;
}

/**
 * Begins a round every so many milliseconds. Rounds never overlap, and keep no process alive.
 * @param failed is told what a round threw; the next one tries again
 */
export function regularly(everyMs: number, round: () => Promise<void>, failed: (error: unknown) => void): RegularWork {
  let running: Promise<void> | undefined;
  const begin = (): void => {
    running ??= round()
      .catch(failed)
      .finally(() => (running = undefined));
  };
  const timer = setInterval(begin, everyMs);
  timer.unref();
  return {
    begin,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
