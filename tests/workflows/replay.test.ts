import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows } from '../../worker/worker.ts';

/**
 * Workflows run for months: what those under way have done, the workflows of today must do again. When this is
 * red, bring the change in behind `patched()`; tests/histories/record.ts is for changes before the first release.
 */

const HISTORIES = new URL('../histories/', import.meta.url);
const recorded = readdirSync(HISTORIES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(new URL(`${name}/`, HISTORIES)).map((file) => `${name}/${file}`));

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
    const kinds = recorded.map((file) => file.replace(/^.*\/|(-\d)?\.json$/g, ''));
    expect([...new Set(kinds)].sort()).toEqual([
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
    const [cooperation, scope = ''] = file.replace('.json', '').split('/');
    const id = scope === 'cooperation' ? `cooperation/${cooperation}` : `cooperation/${cooperation}/${scope}`;
    expect(text).not.toMatch(/"identity":"(?!recorded")|file:\/\/|node_modules/);
    await Worker.runReplayHistory({ workflowBundle }, JSON.parse(text), id);
  });
});
