import pg from 'pg';

/** A connection by itself to a database, `postgres://…`, not yet made; it is given up after 5 s. */
export function clientOf(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // What goes wrong is told by what is awaited.
  client.on('error', () => {});
  return client;
}
