import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { cutSilent, PATIENT } from '../../src/http/silence.ts';

/** How long a request may take, and how long it may keep silent. Windows of a fifth of a second, and a kilobyte in each. */

const WINDOW_MS = 200;
const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function served(take: (request: IncomingMessage) => Promise<number>) {
  const server = createServer(PATIENT, (request, response) => {
    take(request).then(
      (size) => response.end(`took ${size}`),
      () => response.destroy(),
    );
  });
  cutSilent(server, WINDOW_MS, 1_024);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  closing.push(() => socket.destroy());
  socket.on('error', () => {});
  return socket;
}
async function sizeOf(request: IncomingMessage): Promise<number> {
  let size = 0;
  for await (const chunk of request) size += chunk.length;
  return size;
}
const head = (length: number) => `POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: ${length}\r\n\r\n`;
const answerOf = (socket: Socket) =>
  new Promise<string>((resolve) => {
    let said = '';
    socket.on('data', (piece) => {
      said += piece;
      if (said.includes('took')) resolve(said);
    });
    socket.on('close', () => resolve(said));
  });
/** Sends pieces with a pause between them. */
async function trickle(socket: Socket, pieces: number, bytes: number, everyMs: number): Promise<void> {
  for (let i = 0; i < pieces && !socket.destroyed; i++) {
    socket.write(Buffer.alloc(bytes, 'a'));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

it('takes what comes slowly, for many times as long as it may be silent', async () => {
  const socket = await served(sizeOf);
  const answer = answerOf(socket);
  socket.write(head(60 * 2_048));
  await trickle(socket, 60, 2_048, 50);
  expect(await answer).toMatch(/took 122880$/);
});

it.each([
  ['keeps silent', 0],
  ['brings a byte now and then', 1],
])('cuts off, with 408, what %s', async (_, bytes) => {
  const socket = await served(sizeOf);
  const answer = answerOf(socket);
  socket.write(`${head(1_000_000)}${'a'.repeat(100)}`);
  await Promise.race([answer, trickle(socket, 200, bytes, 20)]);
  expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
});

it('has patience while what came is not taken yet', async () => {
  const waits = (request: IncomingMessage) =>
    new Promise<number>((resolve, reject) => {
      setTimeout(() => sizeOf(request).then(resolve, reject), 5 * WINDOW_MS);
    });
  const socket = await served(waits);
  const answer = answerOf(socket);
  socket.write(`${head(500_000)}${'a'.repeat(500_000)}`);
  expect(await answer).toMatch(/took 500000$/);
});
