import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';

/** Styles, scripts and the icon: each under a name with its hash, so that browsers may keep it for ever. */

const own = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`./assets/${name}`, import.meta.url)));
/** The typeface of govuk-frontend is the British government's alone. */
const withoutTypeface = (css: string): string =>
  css.replaceAll(/@font-face\{[^{}]*\}/g, '').replaceAll('"GDS Transport",', '');
const govuk = readFileSync(
  createRequire(import.meta.url).resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'),
  'utf8',
).replace(/\/\*# sourceMappingURL[^*]*\*\//, '');

const FILES = {
  'govuk.css': { bytes: Buffer.from(withoutTypeface(govuk)), type: 'text/css; charset=utf-8' },
  'site.css': { bytes: own('site.css'), type: 'text/css; charset=utf-8' },
  'board.css': { bytes: own('board.css'), type: 'text/css; charset=utf-8' },
  'draft.js': { bytes: own('draft.js'), type: 'text/javascript; charset=utf-8' },
  'passkey.js': { bytes: own('passkey.js'), type: 'text/javascript; charset=utf-8' },
  'upload.js': { bytes: own('upload.js'), type: 'text/javascript; charset=utf-8' },
  'icon.svg': { bytes: own('icon.svg'), type: 'image/svg+xml' },
} as const;
export type AssetName = keyof typeof FILES;

const paths = Object.fromEntries(
  Object.entries(FILES).map(([name, { bytes }]) => {
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    return [name, `/assets/${digest}-${name}`];
  }),
) as Record<AssetName, string>;

/** Where a file is served. */
export const asset = (name: AssetName): string => paths[name];

export const assets = new Hono();
for (const [name, { bytes, type }] of Object.entries(FILES))
  assets.get(paths[name as AssetName].replace('/assets', ''), (c) => {
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    c.header('Content-Type', type);
    return c.body(new Uint8Array(bytes));
  });
