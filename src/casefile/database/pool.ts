import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { effect } from './effects.ts';

/** Connections to a Postgres that may be away, hang, or be cut off at any time. */

/** The database cannot be used at the moment, for reasons that are not the query's. `cause` is what it said. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable';
}

export type PoolOptions = {
  /** How many there are at most. Ten are enough for some people and a worker; a server has a hundred for all who come. */
  connections: number;
  /** How long a connection may take, also where all are in use. */
  connectMs: number;
  /** The server ends a statement after this long. */
  statementMs: number;
  /** And a transaction in which nothing happens: a programme's files are made in one. */
  idleInTransactionMs: number;
  /** A server that does not even end the statement is given up. */
  answerMs: number;
};

const DEFAULTS: PoolOptions = {
  connections: 10,
  connectMs: 5_000,
  statementMs: 15_000,
  idleInTransactionMs: 60_000,
  answerMs: 18_000,
};

const TIMESTAMPTZ = 1184;
/** What Postgres writes where its zone is UTC: `2021-08-01 00:00:00+00`, `2021-08-01 00:00:00.123+00`. */
const UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,3})?\+00$/;
/** ISO 8601. Most of what is read of a list are instants: the text of one in UTC is taken as it is. */
function instant(text: string): string {
  const [, day, time, fraction = '.'] = UTC.exec(text) ?? [];
  return day ? `${day}T${time}${fraction.padEnd(4, '0')}Z` : new Date(text).toISOString();
}

/** How many connections there are, what they do, and how many calls wait for one. */
export type PoolUse = { most: number; open: number; idle: number; waiting: number };
export type Pool = PostgresPool & { use(): PoolUse };

/** What metrics call it, in the process of the site as in a worker. */
export const POOL_METRICS = [
  {
    name: 'rial_database_connections',
    help: 'Connections to Postgres by what they do',
    values: ({ open, idle }: PoolUse) => [
      { state: 'busy', value: open - idle },
      { state: 'idle', value: idle },
    ],
  },
  {
    name: 'rial_database_connections_most',
    help: 'How many connections there are at most',
    values: ({ most }: PoolUse) => [{ value: most }],
  },
  {
    name: 'rial_database_waiting',
    help: 'Calls that wait for a connection',
    values: ({ waiting }: PoolUse) => [{ value: waiting }],
  },
] as const satisfies { name: string; help: string; values(use: PoolUse): PoolValue[] }[];
type PoolValue = { state?: 'busy' | 'idle'; value: number };

export function poolOf(url: string, given: Partial<PoolOptions> = {}): Pool {
  const options = { ...DEFAULTS, ...given };
  const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
    oid === TIMESTAMPTZ
      ? instant
      : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'];
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections,
    types: { getTypeParser },
    connectionTimeoutMillis: options.connectMs,
    statement_timeout: options.statementMs,
    idle_in_transaction_session_timeout: options.idleInTransactionMs,
    query_timeout: options.answerMs,
    keepAlive: true,
    application_name: 'rial',
  });
  // A connection that is lost is replaced; what is asked next on it tells that. Without listeners it ends the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    options: pool.options,
    connect: async () => guarded(await pool.connect().catch(unavailable)),
    end: () => pool.end(),
    use: () => ({
      most: options.connections,
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
  };
}

const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();

/** A connection that is not used again once it is broken. */
function guarded(client: pg.PoolClient): PostgresPoolClient {
  const there = known.get(client);
  if (there) return there;
  let broken: unknown;
  let inTransaction = false;
  const ask = async (text: string, values: readonly unknown[]) => {
    // What ends a transaction would wait as long again.
    if (broken) unavailable(broken);
    try {
      return await client.query(text, values.map(storable));
    } catch (error) {
      if (isLost(error)) broken = error;
      if (broken || isAway(error)) unavailable(error);
      throw error;
    }
  };
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new Error('rows are not read by a cursor here');
    const [verb = ''] = /^\w+/.exec(text) ?? [];
    const changes = inTransaction ? verb === 'commit' : !READING.has(verb);
    if (BEGINNING.has(verb)) inTransaction = true;
    if (ENDING.has(verb)) inTransaction = false;
    return changes ? effect(() => ask(text, values), isUndone) : ask(text, values);
  }
  const guard: PostgresPoolClient = {
    query,
    release(destroy) {
      inTransaction = false;
      client.release(destroy || broken !== undefined);
    },
  };
  known.set(client, guard);
  return guard;
}

/** PostgreSQL's text has no NUL: what comes with one is taken for what halves of characters are sent as, and so is nobody's id. */
const storable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;

const BEGINNING = new Set(['begin', 'start']);
const ENDING = new Set(['commit', 'rollback']);
const READING = new Set(['select', ...BEGINNING, 'rollback']);

function unavailable(cause: unknown): never {
  throw new DatabaseUnavailable('the database cannot be used at the moment', { cause });
}

/**
 * SQLSTATEs of a server that is not to be used for now: insufficient resources (too many connections, a full disk), an
 * operator's or a limit's intervention, a lock that is not to be had, read-only, a broken system.
 */
const AWAY = /^(53|57|58)|^25006$|^55P03$/;
/** Those with which a connection ends. */
const LAST_WORDS = /^(08|57P)|^25P03$/;
/** How `pg` says the same without the server. */
const LOST = /^Connection terminated|^Query read timeout|not queryable/;

/** Whether it is of no use to try again: the server is there, and who comes, the database, or what is asked is wrong. */
export const isForGood = (error: unknown): boolean =>
  !(error instanceof DatabaseUnavailable) ||
  (error.cause instanceof pg.DatabaseError && /^(28|3D|42)/.test(error.cause.code ?? ''));

const isAway = (error: unknown): boolean => error instanceof pg.DatabaseError && AWAY.test(error.code ?? '');

/** Whether the connection is of no use any more. What was sent on it may have been done. */
const isLost = (error: unknown): boolean =>
  error instanceof pg.DatabaseError
    ? LAST_WORDS.test(error.code ?? '')
    : error instanceof Error && ('errno' in error || LOST.test(error.message));

/** Whether the server said that it did not do what it was sent. */
function isUndone(error: unknown): boolean {
  const said = error instanceof DatabaseUnavailable ? error.cause : error;
  return said instanceof pg.DatabaseError && !isLost(said);
}
