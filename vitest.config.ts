import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { walk, walking } from './tests/support/walk.ts';

/** Tests with real servers. */
const SYSTEM = [
  'tests/workflows/**/*.test.ts',
  'tests/site/**/*.test.ts',
  'tests/api/{server,secure}.test.ts',
  'tests/docs/whoMay.test.ts',
  'tests/browser/**/*.{test,walk}.ts',
  'tests/runtime/**/*.test.ts',
  'tests/postgres-server/**/*.test.ts',
  'tests/temporal-server/**/*.test.ts',
];
/** Tests that kill processes, or let months pass in seconds: none of the others beside them. */
const ALONE = [
  'tests/rehearsal/run/**/*.{test,walk}.ts',
  'tests/system/**/*.{test,walk}.ts',
  'tests/faults/**/*.fault.ts',
];

const FILES = readdirSync('tests', { encoding: 'utf8', recursive: true })
  .filter((file) => /\.(test|walk)\.ts$/.test(file))
  .map((file) => `tests/${file}`)
  .sort();
/** These change the modules they load: what they load is theirs alone. The other files share what is loaded. */
const OWN = FILES.filter((file) => /\bspeakPseudo\(\)|\bvi\.(?:do)?mock\(/i.test(readFileSync(file, 'utf8')));
const SYSTEM_OWN = OWN.filter((file) => SYSTEM.some((pattern) => path.matchesGlob(file, pattern)));

const WALKS = FILES.filter((file) => file.endsWith('.walk.ts'));
const drawn = walk(WALKS, 0);
const exclude = [
  ...WALKS.filter((file) => !drawn.includes(file)),
  // `npm run test:faults`; and a walk of which one case alone takes a minute.
  ...(walking ? [] : ['tests/faults/**', 'tests/rehearsal/run/rebuild.walk.test.ts']),
];

/** One for all of them. */
const POSTGRES = 'tests/support/postgres.ts';
const SERVERS = [POSTGRES, 'tests/support/temporal.ts', 'tests/support/workflowBundle.ts'];

/** One more than a small machine has cores: each waits for its servers, or for processes that start, now and then. */
const AT_ONCE = 3;

/** `unit` and `own` need nothing but the files and a Postgres; the others start real servers. Those of a group run beside each other. */
export default defineConfig({
  test: {
    pool: 'forks',
    // Where Node keeps what it compiled: tests start hundreds of processes.
    env: { NODE_COMPILE_CACHE: path.join(tmpdir(), 'rial-tests-compiled') },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes when it comes: the machine may be busy.
    expect: { poll: { timeout: 20_000, interval: 50 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.{test,walk}.ts'],
          exclude: [...OWN, ...SYSTEM, ...ALONE, ...exclude],
          globalSetup: POSTGRES,
          isolate: false,
          maxWorkers: AT_ONCE,
        },
      },
      {
        extends: true,
        test: {
          name: 'own',
          include: OWN,
          exclude: [...SYSTEM, ...ALONE, ...exclude],
          globalSetup: POSTGRES,
          maxWorkers: AT_ONCE,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: SYSTEM,
          exclude: [...SYSTEM_OWN, ...exclude],
          globalSetup: SERVERS,
          isolate: false,
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'system-own',
          include: SYSTEM_OWN,
          exclude,
          globalSetup: SERVERS,
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          exclude,
          globalSetup: SERVERS,
          maxWorkers: AT_ONCE,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
