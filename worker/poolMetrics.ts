import type { MetricMeter } from '@temporalio/common';
import { POOL_METRICS, type PoolUse } from '../src/casefile/database/pool.ts';

const EVERY_MS = 5_000;

/**
 * Says every five seconds, beside what Temporal's SDK counts, what the worker's connections to Postgres do, by the names
 * that the site's `/metrics` has for its own. It keeps no process alive.
 *
 * @returns what ends it
 */
export function tellPoolUse(meter: MetricMeter, poolUse: () => PoolUse): () => void {
  const gauges = POOL_METRICS.map(({ name, help, values }) => ({
    one: meter.createGauge(name, 'int', undefined, help),
    values,
  }));
  const tell = () => {
    const use = poolUse();
    for (const { one, values } of gauges) for (const { value, ...tags } of values(use)) one.set(value, tags);
  };
  tell();
  const timer = setInterval(tell, EVERY_MS).unref();
  return () => clearInterval(timer);
}
