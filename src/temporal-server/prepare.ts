// Gets the Temporal server and the time-skipping test server, so that nothing has to be fetched later:
//   node src/temporal-server/prepare.ts
// Progress goes to standard error. Exit code 0 when both are there, 1 otherwise.
import { locateTemporalCli } from './locate.ts';
import { locateTestServer } from './timeSkipping.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => interrupted.abort(new Error('interrupted')));
}

const options = {
  onProgress: (line: string) => process.stderr.write(`${line}\n`),
  signal: interrupted.signal,
};
try {
  await locateTemporalCli(options);
  await locateTestServer(options);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
