import { DAY_MS } from '../domain/dates/durations.ts';
import type { HealthCheck } from '../domain/health.ts';
import type { Health } from './health.ts';

/** What whoever runs the system is told: what is ill; or, where nothing is, what had been. `since`: ISO 8601, UTC. */
export type HealthNews = { ill: readonly HealthCheck[]; was: readonly HealthCheck[]; since: string };

/** Reminded of what lasts, in milliseconds. */
const REMINDER_MS = DAY_MS;
/** Looks in a row, thirty seconds apart, that all was well in: what comes and goes is one illness, and no storm of mails. */
const WELL_LOOKS = 10;
const LOOK_MS = 30_000;

/**
 * Looks once, and tells what has changed: what is ill twice running, each once and again every day; and that all has
 * been well for some minutes. What cannot be told is told at a later look, as it stands then.
 *
 * @param tell whether the mail was taken. Never rejects
 */
export function operatorWatch({
  health,
  tell,
  now,
}: {
  health: Pick<Health, 'look'>;
  tell: (news: HealthNews) => Promise<boolean>;
  now: () => string;
}): () => Promise<void> {
  let before: readonly HealthCheck[] = [];
  let wellLooks = 0;
  let illness: { since: string; was: Set<HealthCheck>; told: Set<HealthCheck>; toldAt?: string } | undefined;
  return async () => {
    const ill = (await health.look()).flatMap(({ check, ok }) => (ok ? [] : [check]));
    const lasting = ill.filter((check) => before.includes(check));
    before = ill;
    wellLooks = ill.length === 0 ? wellLooks + 1 : 0;
    if (lasting.length > 0) {
      illness ??= { since: now(), was: new Set(), told: new Set() };
      const { since, was, told, toldAt } = illness;
      for (const check of lasting) was.add(check);
      const reminded = toldAt !== undefined && Date.parse(now()) - Date.parse(toldAt) >= REMINDER_MS;
      if (!reminded && lasting.every((check) => told.has(check))) return;
      if (!(await tell({ ill: lasting, was: [...was], since }))) return;
      for (const check of lasting) told.add(check);
      illness.toldAt = now();
    } else if (illness && wellLooks >= WELL_LOOKS) {
      if (await tell({ ill: [], was: [...illness.was], since: illness.since })) illness = undefined;
    }
  };
}

/** Looks every half minute, one look after another, until the process ends. */
export function watchHealth(watch: () => Promise<void>): void {
  const next = () => setTimeout(() => void watch().finally(next), LOOK_MS).unref();
  next();
}
