// npm start: installs what is missing, then runs the application.
import { ensureInstalled, run24 } from './setup.mjs';

await ensureInstalled();
await run24('src/runtime/main.ts', process.argv.slice(2));
