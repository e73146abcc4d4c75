import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { InProcess } from './inProcess.ts';
import { type SiteGiven, sessionOf, siteOver } from './site.ts';
import { freePorts } from './system.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** An origin on this machine that nothing listens at yet. */
export async function freeOrigin(): Promise<string> {
  const [port] = (await freePorts(1)) as [number];
  return `http://127.0.0.1:${port}`;
}

/** The site on a port of this machine, for a real browser. */
export async function served(system: InProcess, given: SiteGiven = {}) {
  const url = given.url ?? (await freeOrigin());
  const port = Number(new URL(url).port);
  const site = siteOver(system, { ...given, url });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: site.app.fetch, port, hostname: '127.0.0.1' }, () => resolve(listening));
  });
  return {
    ...site,
    url,
    /** A browser window in which the owner of an address is signed in, at the start. */
    async enter(browser: Browser, address: string, options: BrowserContextOptions = {}) {
      const context = await browser.newContext(options);
      await context.addCookies([{ name: 'rial', value: await sessionOf(system.caseFile, address), url }]);
      const page = await context.newPage();
      await page.goto(url);
      return { context, page };
    },
    /** Cuts every connection there is, as a bad line does. */
    cut: () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** What axe-core finds on a page: rule, and where. The window has to be one that lets script in (`bypassCSP`). */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`);
}
