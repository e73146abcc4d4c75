import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows } from '../../worker/worker.ts';

/**
 * Workflows run for months: what those under way have done, the workflows of today must do again. When this is
 * red, record them anew until the first release, and bring changes in behind `patched()` from then on. tests/histories/record.ts adds those of today.
 */

const HISTORIES = new URL('../histories/', import.meta.url);
const foldersIn = (folder: URL): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
/** `<when>/<cooperation>/<workflow>.json` */
const recorded = foldersIn(HISTORIES).flatMap((when) =>
  foldersIn(new URL(`${when}/`, HISTORIES)).flatMap((cooperation) =>
    readdirSync(new URL(`${when}/${cooperation}/`, HISTORIES)).map(
      (file) => `${when}/${cooperation}/${file}`,
    ),
  ),
);

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

let workflowBundle: WorkflowBundle;
beforeAll(async () => {
  workflowBundle = await bundleWorkflows();
});

describe('replays', () => {
  it('every kind of workflow', () => {
    const kinds = recorded.map((file) => file.replace(/^.*\/|(-\d+)?\.json$/g, ''));
    expect([...new Set(kinds)].sort()).toEqual([
      'again',
      'amendment',
      'communication',
      'cooperation',
      'coordination',
      'documents',
      'final-report',
      'session',
      'systematization',
    ]);
  });

  it.each(recorded)('%s', async (file) => {
    const text = readFileSync(new URL(file, HISTORIES), 'utf8');
    const [, cooperation, scope = ''] = file.replace('.json', '').split('/');
    const id = scope === 'cooperation' ? `cooperation/${cooperation}` : `cooperation/${cooperation}/${scope}`;
    expect(text).not.toMatch(/"identity":"(?!recorded")|file:\/\/|node_modules/);
    await Worker.runReplayHistory({ workflowBundle }, JSON.parse(text), id);
  });
});
