import { z } from 'zod';

/** What the system depends on, by the names that `/readyz`, `rial doctor` and the pages of staff have in common. */
export const HEALTH_CHECKS = [
  'database-read',
  'database-write',
  'temporal',
  'worker',
  'workflow-tasks',
  'documents-read',
  'documents-write',
  'mail-server',
  'mail-taken',
  'reply-mailbox',
  'scanner',
  'timestamps',
  'address',
  'disk',
  'clocks',
] as const;
/** Without these all goes on, and something lacks: what is sealed meanwhile has no stamp. */
const DEGRADING: readonly HealthCheck[] = ['timestamps'];
/** The server tries a failing workflow task again and again; a worker that dies costs one attempt. */
export const FAILING_TASK_ATTEMPTS = 3;

const healthCheck = z.enum(HEALTH_CHECKS);
export type HealthCheck = z.infer<typeof healthCheck>;

/** How one of them was found. `why` is a code: no message of a library, which may quote addresses or passwords. */
export const finding = z.object({ check: healthCheck, ok: z.boolean(), why: z.string().optional() });
export type Finding = z.infer<typeof finding>;

/**
 * What `/readyz` and `/api/health` answer: nothing that all else waits on is ill, whether something is all the same, the
 * server's instant, and each check.
 */
export const healthReport = z.object({
  ok: z.boolean(),
  degraded: z.boolean(),
  time: z.iso.datetime(),
  checks: z.array(finding),
});
export type HealthReport = z.infer<typeof healthReport>;

export const reportOf = (checks: Finding[], time: string): HealthReport => ({
  ok: checks.every(({ ok, check }) => ok || DEGRADING.includes(check)),
  degraded: checks.some(({ ok, check }) => !ok && DEGRADING.includes(check)),
  time,
  checks,
});
