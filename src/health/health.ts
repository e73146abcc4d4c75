import type { Finding, HealthCheck } from '../domain/health.ts';

/** Whether all is well with what the system depends on: asked side by side, each within its own limit, whatever hangs. */

export type Check = {
  name: HealthCheck;
  /** How long a look waits for it. Below a second. */
  limitMs: number;
  /** How long it may take before it is ill, where that is longer: a mail server may keep those who connect waiting. */
  patienceMs?: number;
  /** How long a finding stands, where asking costs the other side something. A second unless said. */
  restMs?: number;
  /** What is wrong, as a code; nothing where all is well. What it throws is told as `failed`, or by its `code`. */
  look: () => Promise<string | undefined>;
};

export type Health = {
  /** How each is now, in a second at most. Never rejects. */
  look(): Promise<Finding[]>;
  /** How each was found some seconds ago, at once; none before the first look. */
  last(): readonly Finding[];
};

const REST_MS = 1_000;
/** Pages are told what was found within this time. */
const KEPT_MS = 5_000;

export function healthOf(checks: readonly Check[]): Health {
  const watched = checks.map(watching);
  let last: readonly Finding[] = [];
  let looked = Number.NEGATIVE_INFINITY;
  const look = async () => {
    looked = performance.now();
    const found = await Promise.all(watched.map((one) => one()));
    last = found;
    return found;
  };
  return {
    look,
    last() {
      if (performance.now() - looked > KEPT_MS) void look();
      return last;
    },
  };
}

/** One that hangs is not asked again until it has answered: each question may hold a thread or a connection. */
function watching({ name, limitMs, patienceMs = 0, restMs = REST_MS, look }: Check) {
  const well: Finding = { check: name, ok: true };
  let last = { finding: well, at: Number.NEGATIVE_INFINITY };
  let running: { finding: Promise<Finding>; began: number } | undefined;
  const begin = () => {
    const finding = look()
      .catch(reasonOf)
      .then((why): Finding => (why === undefined ? well : { check: name, ok: false, why }))
      .then((found) => {
        last = { finding: found, at: performance.now() };
        running = undefined;
        return found;
      });
    return { finding, began: performance.now() };
  };
  return async (): Promise<Finding> => {
    if (!running && performance.now() - last.at < restMs) return last.finding;
    running ??= begin();
    const { finding, began } = running;
    const late = Promise.withResolvers<Finding>();
    const timer = setTimeout(() => {
      const patient = performance.now() - began < patienceMs;
      late.resolve(patient ? last.finding : { check: name, ok: false, why: 'late' });
    }, limitMs);
    return Promise.race([finding, late.promise]).finally(() => clearTimeout(timer));
  };
}

/** The system's or the database's code: `ENOSPC`, `53300`. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = said instanceof Error && 'code' in said ? String(said.code) : '';
  return /^[\w-]{1,20}$/.test(code) ? code : 'failed';
}
