import type { MetricMeter } from '@temporalio/common';
import type { PoolUse } from '../src/casefile/pool.ts';

const EVERY_MS = 5_000;

/**
 * Says every five seconds, beside what Temporal's SDK counts, what the worker's connections to Postgres do, by the names
 * that the site's `/metrics` has for its own. It keeps no process alive.
 *
 * @returns what ends it
 */
export function tellPoolUse(meter: MetricMeter, poolUse: () => PoolUse): () => void {
  const gauge = (name: string, description: string) => meter.createGauge(name, 'int', undefined, description);
  const connections = gauge('rial_database_connections', 'Connections to Postgres by what they do');
  const most = gauge('rial_database_connections_most', 'How many connections there are at most');
  const waiting = gauge('rial_database_waiting', 'Calls that wait for a connection');
  const tell = () => {
    const use = poolUse();
    connections.set(use.open - use.idle, { state: 'busy' });
    connections.set(use.idle, { state: 'idle' });
    most.set(use.most);
    waiting.set(use.waiting);
  };
  tell();
  const timer = setInterval(tell, EVERY_MS).unref();
  return () => clearInterval(timer);
}
