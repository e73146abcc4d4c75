import { createServer } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { expect, it } from 'vitest';
import { patient, workflowsOver } from '../../src/client/temporal.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { example } from '../support/programme.ts';

it('a Temporal that takes calls and answers none is away', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  const connection = Connection.lazy({ address: `127.0.0.1:${port}`, connectTimeout: '60 s' });
  const client = new Client({ connection });
  const workflows = patient(workflowsOver(client), client, 500);
  const began = performance.now();
  const calls = [workflows.start(planOf(example())), workflows.exchange('14-per-chl')];
  await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: 'Unavailable' })));
  expect(performance.now() - began).toBeLessThan(5_000);
  await connection.close();
  silent.close();
}, 10_000);
