import type { ConsoleTab } from '../../test/browser/console-tab.js';

/** How often a console is loaded. */
const LOADS = 5;

/** The first load of a console. */
export interface LoadFigures {
  readonly console: string;
  /** Milliseconds from the address to a page that can be used, by round: with no file of the console in the browser, and with all of them. */
  readonly emptyMs: readonly number[];
  readonly filledMs: readonly number[];
  /** The files of the console, and their bytes as they are sent. */
  readonly files: number;
  readonly bytes: number;
}

/** Loads with a session at the server. The way over the login, which is there and back, is part of it. */
export async function measureLoad(name: string, { page, context }: ConsoleTab, address: string): Promise<LoadFigures> {
  const debuggerOf = await context.newCDPSession(page);
  const files = new Map<string, number>();
  page.on('response', (response) => {
    const url = response.url();
    if (url.includes('/resources/consoles/')) files.set(url, Number(response.headers()['content-length'] ?? 0));
  });
  const load = async (): Promise<number> => {
    const began = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    await page.locator('main h1').waitFor();
    return performance.now() - began;
  };
  const [emptyMs, filledMs]: [number[], number[]] = [[], []];
  for (let round = 0; round < LOADS; round++) {
    await debuggerOf.send('Network.clearBrowserCache');
    emptyMs.push(await load());
    filledMs.push(await load());
  }
  const bytes = [...files.values()].reduce((sum, size) => sum + size, 0);
  return { console: name, emptyMs, filledMs, files: files.size, bytes };
}
