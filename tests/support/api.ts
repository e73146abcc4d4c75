import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pino from 'pino';
import { api } from '../../src/api/server.ts';
import { securityLogOver } from '../../src/casefile/access/securityLog.ts';
import { allWell } from './health.ts';
import type { InProcess } from './inProcess.ts';
import { testSeal } from './seal.ts';

type Api = Parameters<typeof api>[0];
type ApiGiven = Pick<Api, 'machineToken'> & Partial<Pick<Api, 'sendInvitation'>>;

/** The HTTP API over a system's real case file, store and workflows. */
export function apiOver(
  {
    caseFile,
    documents,
    cooperations,
    workflows,
  }: Pick<InProcess, 'caseFile' | 'documents' | 'cooperations' | 'workflows'>,
  given: ApiGiven,
): ReturnType<typeof api> {
  const log = pino({ level: 'silent' });
  const now = () => new Date().toISOString();
  return api({
    url: 'https://cooperacion.oas.example',
    seal: testSeal,
    health: allWell,
    sendInvitation: async () => {},
    ...{ caseFile, documents, cooperations, workflows, log, now },
    securityLog: securityLogOver({ caseFile, log, now }),
    ...given,
  });
}

/** The same on a port of this machine, for a terminal. */
export async function servedApi(system: InProcess, token: string) {
  const app = new Hono().route('/api', apiOver(system, { machineToken: async () => token }));
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening));
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
