import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * A real Chromium: the one at `CHROMIUM_PATH`, or the one that an npm package brings. Its own flags are left out: they
 * turn off what pages are to be kept from.
 */
export async function openChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath());
  return playwright.launch({
    executablePath,
    args: ['--no-sandbox', '--no-zygote', '--font-render-hinting=none'],
  });
}
