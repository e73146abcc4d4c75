import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { PATIENT } from '../../src/http/silence.ts';

/** Where one message ends and the next begins: what two readers could understand differently is no request. */

const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** What a server of ours answers to these bytes, and how many requests it took them for. */
async function answered(bytes: string): Promise<{ said: string; taken: number }> {
  let taken = 0;
  const server = createServer(PATIENT, (request, response) => {
    taken += 1;
    request.resume().on('end', () => response.end('taken'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  closing.push(() => socket.destroy());
  const said = await new Promise<string>((resolve) => {
    let all = '';
    socket.on('data', (piece) => {
      all += piece;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(all));
    socket.write(bytes);
  });
  return { said, taken };
}

const HEAD = 'POST / HTTP/1.1\r\nHost: a.example\r\n';
const CHUNKED = 'Transfer-Encoding: chunked\r\n';

it('takes what is clear', async () => {
  const { said, taken } = await answered(`${HEAD}Connection: close\r\nContent-Length: 1\r\n\r\na`);
  expect([said.split('\r\n')[0], taken]).toEqual(['HTTP/1.1 200 OK', 1]);
});

it.each([
  [
    'a length and pieces',
    `${HEAD}Content-Length: 4\r\n${CHUNKED}\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n`,
  ],
  ['two lengths', `${HEAD}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd`],
  ['a length that is none', `${HEAD}Content-Length: +4\r\n\r\nabcd`],
  ['an unknown encoding', `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ['pieces that are not the last encoding', `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ['lines that end in another way', 'POST / HTTP/1.1\nHost: a.example\n\n'],
  ['a header with a space before its colon', `${HEAD}Content-Length : 4\r\n\r\nabcd`],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
])('refuses %s', async (_, bytes) => {
  const { said, taken } = await answered(bytes);
  expect(said.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  // One may be begun that cannot be read; none is done, and nothing in it is another.
  expect(taken).toBeLessThan(2);
  expect(said).not.toContain('taken');
});
