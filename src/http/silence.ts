import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * A limit on silence, in the place of Node's on how long a request takes: twenty files over a slow line may take hours,
 * as long as they come.
 */

/** What an HTTP server of ours is told: what comes in has no limit of time, what stands before it has. */
export const PATIENT = { requestTimeout: 0, headersTimeout: 60_000 };

const WINDOW_MS = 60_000;
/** Less than this within a window is silence: a line that still works brings a thousand times as much. */
const LEAST_BYTES = 1_024;
const CUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** Cuts off, with 408, a request of which too little came within a window while all that came was taken. */
export function cutSilent(server: Server, windowMs = WINDOW_MS, leastBytes = LEAST_BYTES): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.complete) return;
    const { socket } = request;
    let read = socket.bytesRead;
    let waited = true;
    const watch = setInterval(() => {
      if (request.complete) return clearInterval(watch);
      const came = socket.bytesRead - read;
      read = socket.bytesRead;
      // What waits to be taken, or did when it was last looked at, is not the sender's silence.
      const before = waited;
      waited = request.readableLength > 0;
      if (came >= leastBytes || waited || before) return;
      clearInterval(watch);
      if (response.headersSent) return socket.destroy();
      socket.end(CUT, () => socket.destroy());
    }, windowMs);
    watch.unref();
    response.once('close', () => clearInterval(watch));
  });
}
