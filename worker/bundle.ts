import { writeFileSync } from 'node:fs';
import { bundleWorkflows } from './worker.ts';

/** Writes the workflows as one file, so that a worker needs no bundler: `node worker/bundle.ts FILE`. */
const [file = ''] = process.argv.slice(2);
const { code } = await bundleWorkflows();
writeFileSync(file, code, { mode: 0o600 });
