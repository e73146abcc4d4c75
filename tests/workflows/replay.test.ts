import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundled } from '../support/workflowBundle.ts';

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

const readHistory = (file: string): string => readFileSync(new URL(file, HISTORIES), 'utf8');
const idOf = (file: string): string => {
  const [, cooperation, scope] = file.replace('.json', '').split('/');
  return scope === 'cooperation' ? `cooperation/${cooperation}` : `cooperation/${cooperation}/${scope}`;
};

/** What each was stopped by, by when it was recorded and its id: nothing where it did the same again. */
const ended = new Map<string, Error | undefined>();
beforeAll(async () => {
  const workflowBundle = await bundled();
  // One worker for all of a time, in which each has an id of its own.
  for (const when of foldersIn(HISTORIES)) {
    const histories = recorded
      .filter((file) => file.startsWith(`${when}/`))
      .map((file) => ({ workflowId: idOf(file), history: JSON.parse(readHistory(file)) }));
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories))
      ended.set(`${when} ${workflowId}`, error);
  }
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

  it.each(recorded)('%s', (file) => {
    expect(readHistory(file)).not.toMatch(/"identity":"(?!recorded")|file:\/\/|node_modules/);
    const replayed = `${file.split('/')[0]} ${idOf(file)}`;
    expect([...ended.keys()]).toContain(replayed);
    expect(ended.get(replayed)).toBeUndefined();
  });
});
