import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

/**
 * Switches of the bundled build that would hide what is tested: all pages in one process, and web security, whose rules
 * (Content-Security-Policy, cookies, CORS) the tests are about, turned off.
 */
const UNWANTED = ['--single-process', '--no-zygote', '--disable-web-security', '--allow-running-insecure-content'];

/**
 * Starts a real headless Chromium out of an npm package: nothing to install. It runs without its own sandbox, so that it
 * starts as root and in containers; it only ever opens pages of this project's tests.
 * @throws Error with what to install when the machine lacks a library that Chromium needs.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  try {
    return await playwright.launch({
      executablePath,
      headless: true,
      args: chromium.args.filter((switchText) => !UNWANTED.includes(switchText)),
    });
  } catch (cause) {
    throw new Error(
      'Chromium did not start. On Debian and Ubuntu it needs: apt-get install libnss3 libnspr4 (or, on others, the NSS libraries).',
      { cause },
    );
  }
}

/** Runs `use` with a browser of its own and closes it, whatever happens. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchChromium();
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}
