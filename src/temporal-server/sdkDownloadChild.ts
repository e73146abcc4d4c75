// Run as a program of its own by sdkDownload.ts: `node sdkDownloadChild.ts cli|test-server FOLDER`.
// The SDK downloads a server only in order to start it, and that takes a Runtime, of which a process can have
// one: done here, the application still installs its own.
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [kind, downloadDir] = process.argv.slice(2);
if ((kind !== 'cli' && kind !== 'test-server') || !downloadDir) {
  console.error('usage: sdkDownloadChild cli|test-server FOLDER');
  process.exit(2);
}

const server = { executable: { type: 'cached-download', downloadDir, ttl: '365 days' } } as const;
try {
  const environment =
    kind === 'cli'
      ? await TestWorkflowEnvironment.createLocal({ server })
      : await TestWorkflowEnvironment.createTimeSkipping({ server });
  await environment.teardown();
  process.exit(0);
} catch (error) {
  // One line: the caller shows the last one.
  console.error((error instanceof Error ? error.message : String(error)).replaceAll('\n', ' '));
  process.exit(1);
}
