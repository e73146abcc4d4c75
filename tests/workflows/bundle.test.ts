import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows } from '../../worker/worker.ts';
import * as workflows from '../../workflows/index.ts';

/** Each cached workflow evaluates the bundle for itself, so it holds what workflows need and nothing else. */

/** Bytes above a bundle of the SDK alone. */
const MOST = 220_000;

const withoutMap = (code: string): string => code.slice(0, code.indexOf('\n//# sourceMappingURL'));

describe('the bundle of the workflows', () => {
  let ours: string;
  let alone: string;
  beforeAll(async () => {
    ours = withoutMap(readFileSync(process.env.RIAL_TEST_BUNDLE ?? '', 'utf8'));
    const sdk = fileURLToPath(new URL('../../bench/bareWorkflow.ts', import.meta.url));
    alone = withoutMap(((await bundleWorkflows([], sdk)) as { code: string }).code);
  });

  it('is little more than the SDK', () => {
    expect(alone.length).toBeGreaterThan(400_000);
    expect(ours.length - alone.length).toBeLessThan(MOST);
  });

  it('holds nothing of a library that the SDK does not bring', () => {
    const libraries = (code: string) =>
      [...code.matchAll(/node_modules\/((?:@[^/"]+\/)?[^/"]+)/g)].map(([, name]) => name);
    expect(new Set(libraries(ours))).toEqual(new Set(libraries(alone)));
  });

  it('holds of ours the workflows, the domain without its schemas, and the words that they say', () => {
    const files = [...ours.matchAll(/^;\/\/ \.\/(\S+\.ts)$/gm)].map(([, file = '']) => file);
    expect(files.filter((file) => file.startsWith('workflows/')).length).toBeGreaterThan(10);
    expect(files.filter((file) => !/^(workflows|src\/domain|src\/words)\//.test(file))).toEqual([]);
    const schemas = ['programme', 'content', 'change', 'refusal', 'mistake', 'brief', 'caseView'];
    expect(files.filter((file) => schemas.includes(file.replace(/^src\/domain\/|\.ts$/g, '')))).toEqual([]);
    expect(files.filter((file) => /^src\/words\/(catalogue|speaker|messages)\.ts$/.test(file))).toEqual([]);
  });

  it('leaves each workflow the name that it is started by', () => {
    for (const name of Object.keys(workflows)) expect(ours).toContain(`async function ${name}(`);
  });
});
