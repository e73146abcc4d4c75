import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { locateTemporalCli } from '../../src/temporal-server/locate.ts';
import { registerSearchAttributes } from '../../src/temporal-server/searchAttributes.ts';
import { startTemporalServer } from '../../src/temporal-server/server.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import { freePorts } from './system.ts';

const ATTRIBUTES = Object.values(SEARCH_ATTRIBUTES);
const RETENTION = msToTs('400 days');

/** One Temporal server for all tests of a run: `RIAL_TEST_TEMPORAL` is where it is. */
export default async function setup() {
  // Another project of the run was first.
  if (process.env.RIAL_TEST_TEMPORAL) return undefined;
  const server = await testTemporalServer();
  process.env.RIAL_TEST_TEMPORAL = server.address;
  return server.stop;
}

/** A namespace with our search attributes. */
export type TestNamespace = { address: string; namespace: string; stop(): Promise<void> };

/**
 * A server of its own, for settings of its own.
 * @param dynamicConfig such as `limit.historyCount.suggestContinueAsNew=60`
 */
export async function testTemporalServer({
  dynamicConfig,
}: {
  dynamicConfig?: string[];
} = {}): Promise<TestNamespace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-test-'));
  const [port] = (await freePorts(1)) as [number];
  const server = await startTemporalServer({
    cli: await locateTemporalCli(),
    port,
    log: path.join(folder, 'temporal.log'),
    searchAttributes: ATTRIBUTES,
    ...(dynamicConfig && { dynamicConfig }),
  });
  return {
    address: server.address,
    namespace: server.namespace,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let made = 0;

/** A namespace of its own on the run's server; where there is none, on one of its own. */
export async function testNamespace(): Promise<TestNamespace> {
  const address = process.env.RIAL_TEST_TEMPORAL;
  if (!address) return testTemporalServer();
  const namespace = `test-${process.pid}-${++made}`;
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: RETENTION,
    });
    await registerSearchAttributes(connection, namespace, ATTRIBUTES);
  } finally {
    await connection.close();
  }
  return { address, namespace, stop: async () => {} };
}
