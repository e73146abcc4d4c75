import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but the files; `system` starts real servers, one file after another. */
const SYSTEM = [
  'tests/rehearsal/run/**/*.test.ts',
  'tests/runtime/**/*.test.ts',
  'tests/workflows/**/*.test.ts',
  'tests/site/**/*.test.ts',
  'tests/system/**/*.test.ts',
];

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes when it comes: the machine may be busy.
    expect: { poll: { timeout: 20_000, interval: 50 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: SYSTEM, maxWorkers: 2 },
      },
      {
        extends: true,
        test: { name: 'system', include: SYSTEM, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
