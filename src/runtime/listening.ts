import type { Server } from 'node:http';
import { createServer } from 'node:https';
import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { cutSilent, PATIENT } from '../http/silence.ts';
import { RECOMMENDED } from '../process/encryption.ts';

/** Serves an app; resolves once it listens. With a key and its certificate nothing is taken that is not encrypted. */
export const listening = (
  { fetch }: Pick<Hono, 'fetch'>,
  { port, ip, pem }: { port: number; ip: string; pem?: { key: string; cert: string } },
): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const place = { fetch, port, hostname: ip };
    const heard = () => resolve(server);
    const server = pem
      ? serve({ ...place, createServer, serverOptions: { ...PATIENT, ...pem, ...RECOMMENDED } }, heard)
      : serve({ ...place, serverOptions: PATIENT }, heard);
    cutSilent(server as Server);
    server.once('error', reject);
  });
