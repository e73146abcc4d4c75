import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { refused } from '../domain/refusal.ts';
import type { Inspection } from './inspection.ts';

/** A scanner of malware, ClamAV's `clamd`, that is asked over its socket (INSTREAM). */

/** Where it listens: a port of a machine, or a socket in the file system. */
export type ScannerPlace = { host: string; port: number } | { path: string };
export type Scanner = {
  /** Whether it knows what it is given as malware. @throws Error when it does not tell */
  isMalware(bytes: Readable): Promise<boolean>;
  /** @throws Error when it does not answer */
  greet(): Promise<void>;
};

/** How long it may say and take nothing. */
const SILENCE_MS = 30_000;
/** No answer of its is longer. */
const MOST_ANSWER = 4_096;

export function clamdAt(place: ScannerPlace, { silenceMs = SILENCE_MS } = {}): Scanner {
  /** Sends, and gives the answer, which ends with a zero. */
  async function ask(send: (socket: Socket) => Promise<void>): Promise<string> {
    const socket = connect(place);
    socket.setTimeout(silenceMs, () => socket.destroy(new Error('clamd says nothing')));
    const answer = new Promise<string>((resolve, reject) => {
      let said = '';
      socket.setEncoding('latin1');
      socket.on('data', (piece: string) => {
        said += piece;
        if (said.length > MOST_ANSWER) socket.destroy(new Error('clamd says too much'));
        if (said.includes('\0')) resolve(said.slice(0, said.indexOf('\0')));
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('clamd hung up')));
    });
    // It may answer, or go, before all is sent.
    answer.catch(() => {});
    try {
      await Promise.race([send(socket), answer]);
      return await answer;
    } finally {
      socket.destroy();
    }
  }
  return {
    async isMalware(bytes) {
      const said = await ask(async (socket) => {
        await written(socket, Buffer.from('zINSTREAM\0'));
        for await (const chunk of bytes as AsyncIterable<Buffer>) {
          if (chunk.byteLength === 0) continue;
          const length = Buffer.alloc(4);
          length.writeUInt32BE(chunk.byteLength);
          await written(socket, length);
          await written(socket, chunk);
        }
        await written(socket, Buffer.alloc(4));
      }).finally(() => bytes.destroy());
      if (said.endsWith(' FOUND')) return true;
      if (said === 'stream: OK') return false;
      throw new Error(
        said.includes('size limit') ? 'clamd takes no file of this size' : 'clamd has no answer',
      );
    },
    async greet() {
      if ((await ask((socket) => written(socket, Buffer.from('zPING\0')))) !== 'PONG')
        throw new Error('clamd has no answer');
    },
  };
}

/** No faster than it takes it. */
const written = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });

/** Has a scanner look at documents, too, once nothing else speaks against them. What it cannot look at is not taken. */
export const scanning = (
  inspection: Inspection,
  scanner: Scanner,
  log: Pick<Logger, 'error'>,
): Inspection => ({
  ...inspection,
  async document(fileName, arrival) {
    await inspection.document(fileName, arrival);
    const found = await scanner.isMalware(arrival.read()).catch((error: Error) => {
      log.error(
        { error: (error as NodeJS.ErrnoException).code ?? error.message },
        'the malware scanner could not be asked',
      );
      return refused({ code: 'InspectionUnavailable' });
    });
    if (found) refused({ code: 'DocumentRefused', why: 'malware' });
  },
});
