// Run as a program of its own by pinnedDownload.ts: `node downloadChild.ts URL FILE`. Node looks at the proxies of the
// environment only where that was asked for when it started (NODE_USE_ENV_PROXY).
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const [url, file] = process.argv.slice(2);
if (!url || !file) {
  console.error('usage: downloadChild URL FILE');
  process.exit(2);
}
try {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  await pipeline(Readable.from(response.body), createWriteStream(file));
  process.exit(0);
} catch (error) {
  // One line: the caller shows the last one.
  const { message, cause } = error as Error & { cause?: { code?: string } };
  console.error([message, cause?.code].filter(Boolean).join(' ').replaceAll('\n', ' '));
  process.exit(1);
}
