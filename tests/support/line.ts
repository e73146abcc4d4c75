import net from 'node:net';

/** A line to a Postgres, or another server, that can be cut, go dead, break off at a word, or be refused. */
export type Line = Awaited<ReturnType<typeof lineTo>>;

export async function lineTo(url: string) {
  const target = new URL(url);
  const host = target.searchParams.get('host') ?? target.hostname;
  const port = Number(target.searchParams.get('port') ?? (target.port || 5432));
  const there = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  const sockets = new Set<net.Socket>();
  let refusing = false;
  let deaf = false;
  let trap: { text: string; sprung: () => Promise<unknown> } | undefined;
  const kept = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = net.createServer((near) => {
    kept(near);
    if (refusing) return near.destroy();
    const far = kept(net.connect(there));
    near.on('data', (bytes) => {
      const at = trap ? bytes.indexOf(trap.text) : -1;
      if (!trap || at < 0) return far.write(bytes);
      const { sprung } = trap;
      trap = undefined;
      far.write(bytes.subarray(0, at));
      return sprung().finally(() => near.destroy());
    });
    far.on('data', (bytes) => {
      if (!deaf) near.write(bytes);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as net.AddressInfo;
  const through = new URL(url);
  through.searchParams.set('host', '127.0.0.1');
  through.searchParams.set('port', String(own));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.href,
    port: own,
    /** Every connection there is. */
    cut,
    /** What is sent arrives, and nothing comes back. */
    goDead: () => {
      deaf = true;
    },
    /**
     * The next time that this is sent, neither it nor what follows arrives: `then` happens, and the connection is cut.
     * Resolves when that is done.
     */
    breakOff: (text: string, then: () => Promise<unknown>) =>
      new Promise<void>((resolve, reject) => {
        trap = { text, sprung: () => then().then(() => resolve(), reject) };
      }),
    /** Cuts all there are, and takes none. */
    refuse: () => {
      refusing = true;
      cut();
    },
    mend: () => {
      [refusing, deaf] = [false, false];
      cut();
    },
    close: () => {
      cut();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
