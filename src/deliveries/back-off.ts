const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;

/**
 * How long to wait after an attempt that failed: doubles from 5 seconds to 15 minutes, less up to half of it by chance, so that what
 * failed together does not come back together.
 * @param attempts how many have failed, at least 1
 * @param chance from 0 up to 1
 */
export function backOff(attempts: number, chance: number): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_MS);
  return Math.round(full - (full / 2) * chance);
}
