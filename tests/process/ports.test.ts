import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { assertPortFree, freePort } from '../../src/process/ports.ts';

let occupant: net.Server | undefined;

afterEach(() => {
  occupant?.close();
  occupant = undefined;
});

async function occupy(ip: string): Promise<number> {
  const port = await freePort(ip);
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(port, ip, resolve));
  occupant = server;
  return port;
}

test('a free port passes', async () => {
  await expect(assertPortFree(await freePort(), '127.0.0.1', 'The site', '--port')).resolves.toBeUndefined();
});

test.each(['127.0.0.1', '0.0.0.0'])(
  'a port taken on %s is refused, with the flag that moves it',
  async (ip) => {
    const port = await occupy(ip);
    await expect(assertPortFree(port, '127.0.0.1', 'The site', '--port')).rejects.toThrow(
      `The site cannot listen on port ${port} of 127.0.0.1: another program is using it. ` +
        'Stop that program, or choose another port (--port).',
    );
  },
);

test('an address of another machine is refused as such', async () => {
  await expect(assertPortFree(await freePort(), '192.0.2.1', 'The site', '--port')).rejects.toThrow(
    'this machine has no such address',
  );
});
