import { EXIT } from './conventions.ts';
import { rial } from './program.ts';

// A reader such as head that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});

await rial(process.argv.slice(2));
