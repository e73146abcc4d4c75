import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The folder for what can be fetched again: the Temporal server and the time-skipping test server.
 * `RIAL_CACHE`, else `$XDG_CACHE_HOME/rial`, else `~/.cache/rial`. Absolute; it need not exist yet.
 */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.RIAL_CACHE) return path.resolve(env.RIAL_CACHE);
  // The XDG specification tells programs to ignore a relative value.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return path.join(env.XDG_CACHE_HOME, 'rial');
  return path.join(homedir(), '.cache', 'rial');
}
