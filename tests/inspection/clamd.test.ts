import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { clamdAt, scanning } from '../../src/inspection/clamd.ts';
import { inspectionHere } from '../../src/inspection/inspection.ts';
import { freePorts } from '../support/system.ts';

/** A malware scanner: a real `clamd` where Debian's is installed (`.ci/debian-clamav`), and one that is away, silent or odd. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });
const CLAMD = '/usr/sbin/clamd';
/** What the test's own signatures know as malware. */
const [WHOLE, PART] = ['a file that is known whole\n', 'a-part-that-is-known'];

const inspected = (place: Parameters<typeof clamdAt>[0], bytes: string | Buffer, silenceMs = 30_000) =>
  scanning(inspectionHere, clamdAt(place, { silenceMs }), pino({ level: 'silent' })).document('a.txt', {
    read: () => Readable.from([Buffer.from(bytes)]),
  });
const MALWARE = { refusal: { code: 'DocumentRefused', why: 'malware' } };
const AWAY = { refusal: { code: 'InspectionUnavailable' } };

describe.runIf(existsSync(CLAMD))('a real clamd', () => {
  let folder: string;
  let clamd: ChildProcess;
  let place: { host: string; port: number };
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rial-clamd-'));
    const [port] = (await freePorts(1)) as [number];
    place = { host: '127.0.0.1', port };
    const md5 = createHash('md5').update(WHOLE).digest('hex');
    await writeFile(path.join(folder, 'own.hdb'), `${md5}:${WHOLE.length}:Rial.Whole\n`);
    await writeFile(path.join(folder, 'own.ndb'), `Rial.Part:0:*:${Buffer.from(PART).toString('hex')}\n`);
    await writeFile(
      path.join(folder, 'clamd.conf'),
      [
        `DatabaseDirectory ${folder}`,
        `LocalSocket ${folder}/socket`,
        `TCPSocket ${port}`,
        'TCPAddr 127.0.0.1',
        'Foreground yes',
        `StreamMaxLength 1M`,
        `TemporaryDirectory ${folder}`,
        '',
      ].join('\n'),
    );
    await chmod(folder, 0o755);
    clamd = spawn(CLAMD, ['-c', path.join(folder, 'clamd.conf')], { stdio: 'ignore' });
    await vi.waitFor(() => clamdAt(place).greet(), { timeout: 100_000 });
  });
  afterAll(async () => {
    clamd?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('lets through what it does not know, and has what it knows refused', async () => {
    await expect(inspected(place, 'hola')).resolves.toBeUndefined();
    await expect(inspected(place, WHOLE)).rejects.toMatchObject(MALWARE);
    await expect(
      inspected(place, `${'a'.repeat(300_000)}${PART}${'b'.repeat(300_000)}`),
    ).rejects.toMatchObject(MALWARE);
    await expect(inspected({ path: path.join(folder, 'socket') }, WHOLE)).rejects.toMatchObject(MALWARE);
  });

  it('what is larger than it takes was not looked at, and is not taken', async () => {
    await expect(inspected(place, 'a'.repeat(3_000_000))).rejects.toMatchObject(AWAY);
  });

  it('is of a version that its own tool tells', () => {
    expect(execFileSync(CLAMD, ['--version'], { encoding: 'utf8' })).toMatch(/^ClamAV \d/);
  });
});

describe('a scanner that', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());
  async function answering(answer: string | undefined) {
    const [port] = (await freePorts(1)) as [number];
    server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => (answer === undefined ? socket.resume() : socket.end(answer)));
    });
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    return { host: '127.0.0.1', port };
  }

  it('is away has nothing taken', async () => {
    const [port] = (await freePorts(1)) as [number];
    await expect(inspected({ host: '127.0.0.1', port }, 'hola')).rejects.toMatchObject(AWAY);
  });

  it.each([
    ['says nothing', undefined],
    ['hangs up', ''],
    ['is out of order', 'INSTREAM: ERROR\0'],
    ['says too much', 'a'.repeat(10_000)],
    ['is another server', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ])('%s has nothing taken', async (_, answer) => {
    await expect(inspected(await answering(answer), 'hola', 300)).rejects.toMatchObject(AWAY);
  });

  it('does not see what is refused already', async () => {
    await expect(inspected({ host: '127.0.0.1', port: 1 }, 'a\0b')).rejects.toMatchObject({
      refusal: { why: 'disguised' },
    });
  });
});
