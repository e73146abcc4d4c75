import net from 'node:net';
import { StartError } from './startError.ts';

/** A TCP port that was free a moment ago on `ip`. Something else may still take it before you do. */
export async function freePort(ip = '127.0.0.1'): Promise<number> {
  const server = await listen(0, ip);
  const { port } = server.address() as net.AddressInfo;
  await close(server);
  return port;
}

/**
 * Checks that `port` on `ip` can be listened on.
 *
 * @param what what wants to listen there, to start a sentence with: `The Temporal server`
 * @param flag what moves it to another port: `--temporal-port`
 * @throws StartError
 */
export async function assertPortFree(port: number, ip: string, what: string, flag: string): Promise<void> {
  const refuse = (why: string) =>
    new StartError(`${what} cannot listen on port ${port} of ${ip}: ${why} (${flag}).`);
  // Some systems let a socket bind 127.0.0.1 beside another's 0.0.0.0, so ask whether anyone answers first.
  if (await isListening(port, ip)) {
    throw refuse('another program is using it. Stop that program, or choose another port');
  }
  try {
    await close(await listen(port, ip));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') {
      throw refuse('another program is using it. Stop that program, or choose another port');
    }
    if (code === 'EACCES') throw refuse('it takes privileges this process lacks. Choose a port above 1023');
    if (code === 'EADDRNOTAVAIL') throw refuse('this machine has no such address');
    throw error;
  }
}

/** Whether something accepts TCP connections on `port` of `ip` within `timeoutMs`. */
export function isListening(port: number, ip: string, timeoutMs = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: reachableAddress(ip), timeout: timeoutMs });
    const settle = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/** The address to connect to for something that listens on `ip`, where the wildcard stands for all. */
export function reachableAddress(ip: string): string {
  if (ip === '0.0.0.0') return '127.0.0.1';
  return ip === '::' ? '::1' : ip;
}

function listen(port: number, ip: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ port, host: ip, exclusive: true }, () => resolve(server));
  });
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}
