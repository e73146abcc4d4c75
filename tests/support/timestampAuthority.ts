import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

/** A time stamp authority on this machine: `openssl ts` behind HTTP, with a certificate of its own. */

const run = promisify(execFile);

const CONFIG = `
[ req ]
distinguished_name = name
prompt = no
x509_extensions = stamps
[ name ]
O = Autoridad de prueba
CN = tsa.example
[ stamps ]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ tsa ]
default_tsa = one
[ one ]
serial = ./serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
accuracy = secs:1
`;

export type TestAuthority = {
  url: string;
  /** The file of its certificate. */
  certificate: string;
  folder: string;
  /** How often it was asked. */
  asked(): number;
  /** What it does with a question from now on, in place of an answer; nothing has it answer again. */
  answers(otherwise?: 'silence' | 'refusal' | 'rubbish' | 'flood' | 'redirect' | 'another'): void;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function timestampAuthority(key: readonly string[] = ['rsa:2048']): Promise<TestAuthority> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-tsa-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await writeFile(path.join(folder, 'tsa.cnf'), CONFIG);
  await writeFile(path.join(folder, 'serial'), '01\n');
  await openssl(
    ...['req', '-x509', '-newkey', ...key, '-nodes', '-days', '30'],
    ...['-config', 'tsa.cnf', '-keyout', 'key.pem', '-out', 'tsa.pem'],
  );
  let asked = 0;
  let otherwise: Parameters<TestAuthority['answers']>[0];
  let before: Buffer | undefined;
  const server = createServer(async (request, response) => {
    const question = await buffer(request);
    asked += 1;
    if (otherwise === 'silence') return;
    if (otherwise === 'refusal') return response.writeHead(503).end();
    if (otherwise === 'redirect') return response.writeHead(307, { location: '/elsewhere' }).end();
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
    if (otherwise === 'rubbish') return response.end('rubbish');
    if (otherwise === 'flood') return response.end(Buffer.alloc(4 * 1024 * 1024));
    if (otherwise === 'another' && before) return response.end(before);
    await writeFile(path.join(folder, `${asked}.tsq`), question);
    await openssl(
      ...['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', `${asked}.tsq`],
      ...['-signer', 'tsa.pem', '-inkey', 'key.pem', '-out', `${asked}.tsr`],
    );
    before = await readFile(path.join(folder, `${asked}.tsr`));
    return response.end(before);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`,
    ...{ certificate: path.join(folder, 'tsa.pem'), folder, asked: () => asked },
    answers: (next) => {
      otherwise = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
