import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';
import { unpackChromium } from './chromium-files.js';

/**
 * Switches of the bundled build that would hide what is tested: all pages in one process, and web security, whose rules
 * (Content-Security-Policy, cookies, CORS) the tests are about, turned off.
 */
const UNWANTED = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
]);

/**
 * Starts a real headless Chromium out of an npm package: nothing to install, also where the system lacks the libraries it
 * needs. It runs without its own sandbox, so that it starts as root and in containers; it only ever opens pages of this
 * project's tests.
 */
export async function launchChromium(): Promise<Browser> {
  const { executable, libraries } = await unpackChromium();
  const args = chromium.args.filter((argument) => !UNWANTED.has(argument));
  const launch = (env: NodeJS.ProcessEnv) =>
    playwright.launch({ executablePath: executable, headless: true, args, env });
  try {
    return await launch(process.env);
  } catch {
    return launch({ ...process.env, LD_LIBRARY_PATH: libraries });
  }
}
