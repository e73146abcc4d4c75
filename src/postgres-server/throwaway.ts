import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PostgresServer, startPostgres } from './server.ts';

/** Ends the server and removes its folder when the pipe from this process closes. */
const WATCH = 'trap "" HUP INT TERM; cat >/dev/null; kill -QUIT "$1" 2>/dev/null; sleep 0.2; rm -rf "$2"';

/**
 * A Postgres in a folder of its own that nobody needs afterwards. Nothing of it outlives this process, also where that
 * is killed.
 *
 * @param parent where its folder is made
 * @throws PostgresServerError
 */
export async function throwawayPostgres(parent = tmpdir()): Promise<Pick<PostgresServer, 'url' | 'stop'>> {
  const folder = await mkdtemp(path.join(parent, 'rial-database-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  try {
    const server = await startPostgres({
      folder: path.join(folder, 'postgres'),
      log: path.join(folder, 'postgres.log'),
      durable: false,
    });
    const watch = spawn('sh', ['-c', WATCH, 'sh', String(server.pid), folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    watch.on('error', () => {});
    watch.stdin.on('error', () => {});
    watch.unref();
    return {
      url: server.url,
      async stop() {
        await server.stop();
        watch.kill('SIGKILL');
        watch.stdin.destroy();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
