import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { freePort } from '../src/process/ports.ts';

/** How much memory the site's process takes while large files are sent to it. */

const SERVER = fileURLToPath(new URL('./uploadServer.ts', import.meta.url));
const MB = 1024 * 1024;
const CHUNK = 64 * 1024;
const BOUNDARY = 'rial-bench-boundary';
const WARM_UP = 5;
export const SAMPLE_MS = 5;

/** What was added at most, in MB, to what the process held before. */
export type UploadMemory = {
  /** While the first large file came, by its kind. */
  pdf: number;
  docx: number;
  /** While one of the four after these came: the most. */
  later: number;
  /** Over all six, from before the first. */
  all: number;
};

/** Six files of 100 MB, one after the other, to a process of its own. */
export async function uploadMemory(): Promise<UploadMemory> {
  const data = await mkdtemp(path.join(tmpdir(), 'rial-bench-upload-'));
  const child = spawn(process.execPath, ['--expose-gc', SERVER, data, String(await freePort())], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    if (!child.stdout) throw new Error('the site cannot be heard');
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const { form, cookie } = JSON.parse(line) as { form: string; cookie: string };
    const send = async (name: string, bytes: AsyncIterable<Uint8Array>) => {
      const response = await fetch(form, {
        method: 'POST',
        headers: {
          cookie,
          origin: new URL(form).origin,
          'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        },
        body: ReadableStream.from(formWith(name, bytes)),
        duplex: 'half',
        redirect: 'manual',
      } as RequestInit);
      await response.arrayBuffer();
      if (response.status !== 303) throw new Error(`${name} was answered with ${response.status}`);
    };
    const pid = child.pid ?? 0;
    // What the process loads and compiles when it is first used, whatever the size, is not the upload's.
    for (let n = 0; n < WARM_UP; n++) {
      await (await fetch(form, { headers: { cookie } })).arrayBuffer();
      await send(`small-${n}.pdf`, pdf(MB));
      await send(`small-${n}.docx`, docx(MB));
    }
    await atRest(child);
    const before = residentMb(pid);
    const peaks: number[] = [];
    const added: number[] = [];
    for (const n of [1, 2, 3])
      for (const [name, bytes] of [
        [`${n}.pdf`, pdf(100 * MB)],
        [`${n}.docx`, docx(100 * MB)],
      ] as const) {
        const standing = residentMb(pid);
        const peak = await peakWhile(pid, () => send(name, bytes));
        peaks.push(peak);
        added.push(peak - standing);
      }
    const [ofPdf = Number.NaN, ofDocx = Number.NaN, ...later] = added;
    return { pdf: ofPdf, docx: ofDocx, later: Math.max(...later), all: Math.max(...peaks) - before };
  } finally {
    child.kill();
    await once(child, 'exit');
    await rm(data, { recursive: true, force: true });
  }
}

/** What a process holds in memory, in MB, as Linux says of it. */
export const residentMb = (pid: number): number => {
  const [, kb] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
};

/** Waits until compiling in the background has ended, and garbage is collected. */
export async function atRest(child: ChildProcess): Promise<void> {
  for (let standing = 0, now = residentMb(child.pid ?? 0); Math.abs(now - standing) > 1; ) {
    const collected = once(child, 'message');
    child.send('collect');
    await collected;
    await setTimeout(1000);
    standing = now;
    now = residentMb(child.pid ?? 0);
  }
}

export async function peakWhile(pid: number, run: () => Promise<void>): Promise<number> {
  let peak = residentMb(pid);
  const sample = () => {
    peak = Math.max(peak, residentMb(pid));
  };
  const sampling = setInterval(sample, SAMPLE_MS);
  try {
    await run();
  } finally {
    clearInterval(sampling);
  }
  sample();
  return peak;
}

async function* formWith(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  );
  yield* bytes;
  yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
}

async function* noise(length: number): AsyncGenerator<Buffer> {
  for (let left = length; left > 0; left -= CHUNK) yield randomBytes(Math.min(CHUNK, left));
}

async function* pdf(size: number): AsyncGenerator<Buffer> {
  const head = Buffer.from('%PDF-1.7\n');
  yield head;
  yield* noise(size - head.byteLength);
}

/** A Word file whose pictures are the rest of its bytes: an archive, of which nothing is packed. */
async function* docx(size: number): AsyncGenerator<Buffer> {
  const types = Buffer.from(
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  );
  const picture = noise(size - 1024);
  const parts = [
    { name: '[Content_Types].xml', length: types.byteLength, bytes: [types], sum: crc32(types) },
    { name: 'word/document.xml', length: 0, bytes: [], sum: 0 },
    // Its sum is not known before its bytes are; nobody holds it against them.
    { name: 'word/media/image1.png', length: size - 1024, bytes: picture, sum: 0 },
  ];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, length, bytes, sum } of parts) {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt32LE(sum, 14);
    header.writeUInt32LE(length, 18);
    header.writeUInt32LE(length, 22);
    header.writeUInt16LE(name.length, 26);
    yield Buffer.concat([header, Buffer.from(name)]);
    yield* bytes;
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    header.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    directory.push(entry, Buffer.from(name));
    at += header.byteLength + name.length + length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.byteLength, 12);
  end.writeUInt32LE(at, 16);
  yield Buffer.concat([listed, end]);
}
