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
  'address',
  'disk',
  'clocks',
] as const;
/** The server tries a failing workflow task again and again; a worker that dies costs one attempt. */
export const FAILING_TASK_ATTEMPTS = 3;

const healthCheck = z.enum(HEALTH_CHECKS);
export type HealthCheck = z.infer<typeof healthCheck>;

/** How one of them was found. `why` is a code: no message of a library, which may quote addresses or passwords. */
export const finding = z.object({ check: healthCheck, ok: z.boolean(), why: z.string().optional() });
export type Finding = z.infer<typeof finding>;

/** What `/readyz` and `/api/health` answer: all is well, the server's instant, and each check. */
export const healthReport = z.object({
  ok: z.boolean(),
  time: z.iso.datetime(),
  checks: z.array(finding),
});
export type HealthReport = z.infer<typeof healthReport>;

export const reportOf = (checks: Finding[], time: string): HealthReport => ({
  ok: checks.every(({ ok }) => ok),
  time,
  checks,
});
