import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { locateTemporalCli } from '../../src/temporal-server/locate.ts';
import { startTemporalServer, type TemporalServer } from '../../src/temporal-server/server.ts';
import { exampleSource } from '../support/programme.ts';
import { freePorts, type SystemProcess, systemProcess } from '../support/system.ts';

/**
 * A Temporal behind mTLS, as an institution or Temporal Cloud has it: a TLS server in front of one that has none, which
 * lets in only who shows a certificate of ours. Site and worker reach it by a profile.
 */

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let temporal: TemporalServer;
let proxy: tls.Server;
let system: SystemProcess | undefined;
let refused = 0;
let connected = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rial-tls-'));
  const [port, proxyPort] = (await freePorts(2)) as [number, number];
  temporal = await startTemporalServer({
    cli: await locateTemporalCli(),
    port,
    namespace: 'rial',
    log: path.join(folder, 'temporal.log'),
    searchAttributes: [],
  });
  const ca = await generate([{ name: 'commonName', value: 'an institution' }], {
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const signed = (name: string) =>
    generate([{ name: 'commonName', value: name }], {
      ca: { key: ca.private, cert: ca.cert },
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
      ],
    });
  const [server, client] = await Promise.all([signed('temporal.example'), signed('rial.example')]);
  proxy = tls.createServer(
    {
      cert: server.cert,
      key: server.private,
      ca: ca.cert,
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ['h2'],
    },
    (socket) => {
      connected++;
      const behind = net.connect(port, '127.0.0.1');
      socket.pipe(behind).pipe(socket);
      for (const one of [socket, behind]) one.on('error', () => one.destroy());
    },
  );
  proxy.on('tlsClientError', () => refused++);
  await new Promise<void>((resolve) => proxy.listen(proxyPort, '127.0.0.1', resolve));
  await Promise.all([
    writeFile(path.join(folder, 'ca.pem'), ca.cert),
    writeFile(path.join(folder, 'client.pem'), client.cert),
    writeFile(path.join(folder, 'client.key'), client.private),
    writeFile(
      path.join(folder, 'temporal.toml'),
      `[profile.ministry]
address = "127.0.0.1:${proxyPort}"
namespace = "rial"
[profile.ministry.tls]
server_name = "temporal.example"
server_ca_cert_path = "${path.join(folder, 'ca.pem')}"
client_cert_path = "${path.join(folder, 'client.pem')}"
client_key_path = "${path.join(folder, 'client.key')}"

[profile.stranger]
address = "127.0.0.1:${proxyPort}"
namespace = "rial"
[profile.stranger.tls]
server_name = "temporal.example"
server_ca_cert_path = "${path.join(folder, 'ca.pem')}"
`,
    ),
  ]);
}, 120_000);
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  proxy?.close();
  await temporal?.stop();
  await rm(folder, { recursive: true, force: true });
});

const started = (flags: string[]) =>
  systemProcess({ flags, env: { TEMPORAL_CONFIG_FILE: path.join(folder, 'temporal.toml') } });

it('who shows no certificate is told so with the setting, and not by a stack', async () => {
  const failed = await started(['--temporal-profile', 'stranger', '--start-wait', '1']).catch(String);
  expect(failed).toMatch(/Temporal at 127\.0\.0\.1:\d+ \(--temporal-profile.*does not answer after 1 s/);
  expect(failed).not.toMatch(/\n\s+at /);
  expect([connected, refused > 0]).toEqual([0, true]);
});

it('a profile with certificates lets site and worker in, and a cooperation runs', async () => {
  system = await started(['--temporal-profile', 'ministry']);
  await system.api.start({ body: exampleSource() });
  await expect
    .poll(async () => (await system?.api.show({ id: '14-per-chl' }))?.requests.map(({ id }) => id))
    .toContain('coordination/confirm-coordination.1');
  expect(connected).toBeGreaterThanOrEqual(3);
});
