#!/usr/bin/env node
import { installedNode, run24 } from './setup.mjs';

await installedNode();
await run24('src/cli/main.ts', process.argv.slice(2));
