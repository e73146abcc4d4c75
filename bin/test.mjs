// npm test: installs what is missing, gets both Temporal servers before a test's time limit runs, and runs the tests.

import path from 'node:path';
import { ensureInstalled, exitAs, root, run24, spawn24 } from './setup.mjs';

await ensureInstalled();
const prepared = await spawn24([path.join(root, 'src/temporal-server/prepare.ts')]);
if (prepared.code !== 0) await exitAs(prepared.code, prepared.signal);
await run24('node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)]);
