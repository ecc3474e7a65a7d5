import type { Page } from 'playwright-core';
import { median } from '../../src/proof/figures.js';

/** What a deed took in the page. */
export interface Timing {
  /** Milliseconds from the deed to the first frame in which it is done. */
  readonly ms: number;
  /** Requests to the API, the longest of them in milliseconds, and bytes of their answers as they were sent. */
  readonly requests: number;
  readonly slowestAnswerMs: number;
  readonly bytes: number;
  /** Milliseconds of the longest task of the page's thread: nothing moves for so long; 0 for none over 50. */
  readonly longestTaskMs: number;
  /** Milliseconds between two frames, at the most; 16.7 is the screen's own pace. */
  readonly slowestFrameMs: number;
}

/** So long a page may take before the measurement is given up. */
const GIVE_UP_MS = 60_000;

/**
 * Does something in the page and waits until it is seen, frame by frame, without the way between this process and the browser.
 * @param deed statements for the page
 * @param done an expression that holds when it is there to see
 * @throws Error when it never comes
 */
export async function timed(page: Page, deed: string, done: string): Promise<Timing> {
  const timing = await page.evaluate<Timing | null>(`new Promise((resolve) => {
    performance.clearResourceTimings();
    let longestTaskMs = 0;
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
    });
    tasks.observe({ type: 'longtask' });
    let slowestFrameMs = 0;
    const began = performance.now();
    let shown = began;
    const look = () => {
      const now = performance.now();
      slowestFrameMs = Math.max(slowestFrameMs, now - shown);
      shown = now;
      const ms = now - began;
      if (ms > ${GIVE_UP_MS}) resolve(null);
      else if (!(${done})) requestAnimationFrame(look);
      // The entry of an answer and that of a task come after it.
      else setTimeout(() => {
        tasks.disconnect();
        const calls = performance.getEntriesByType('resource').filter(({ name }) => /\\/(admin\\/realms|account)\\//.test(name));
        resolve({
          ms, longestTaskMs, slowestFrameMs,
          requests: calls.length,
          slowestAnswerMs: Math.max(0, ...calls.map(({ duration }) => duration)),
          bytes: calls.reduce((sum, { transferSize }) => sum + transferSize, 0),
        });
      }, 100);
    };
    ${deed};
    requestAnimationFrame(look);
  })`);
  if (!timing) throw new Error(`It was not seen within ${GIVE_UP_MS} ms: ${done}`);
  return timing;
}

/** The middle of each figure; of what makes a page stand still the longest. */
export const middle = (timings: readonly Timing[]): Timing => {
  const of = (figure: keyof Timing): readonly number[] => timings.map((timing) => timing[figure]);
  return {
    ms: median(of('ms')),
    requests: median(of('requests')),
    slowestAnswerMs: median(of('slowestAnswerMs')),
    bytes: median(of('bytes')),
    longestTaskMs: Math.max(...of('longestTaskMs')),
    slowestFrameMs: Math.max(...of('slowestFrameMs')),
  };
};

/** Statement that goes to a page of the console as its links do: without a new login. */
export const visit = (address: string): string =>
  `history.pushState({ idx: history.state.idx + 1 }, '', ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent('popstate'))`;
