import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WorkflowBundleOption } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { bundleWorkflows } from '../../worker/worker.ts';

/** The workflows, bundled once for all test files: where they are is in `RIAL_TEST_BUNDLE`. */
export default async function setup(project: TestProject) {
  // Another project of the run was first.
  if (process.env.RIAL_TEST_BUNDLE) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-bundle-'));
  const file = path.join(folder, 'workflows.js');
  const bundle = async () => {
    const { code } = (await bundleWorkflows()) as { code: string };
    await writeFile(file, code);
  };
  await bundle();
  // While tests run again and again as one writes.
  project.onTestsRerun(bundle);
  process.env.RIAL_TEST_BUNDLE = file;
  return () => rm(folder, { recursive: true, force: true });
}

/** As it was left for the tests, or made here. */
export async function bundled(): Promise<WorkflowBundleOption> {
  const codePath = process.env.RIAL_TEST_BUNDLE;
  return codePath ? { codePath } : bundleWorkflows();
}
