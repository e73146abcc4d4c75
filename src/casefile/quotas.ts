import { sql } from 'kysely';
import { refused } from '../domain/refusal.ts';
import { after, HOUR_MS } from './access.ts';
import type { CaseFile } from './database.ts';

/** How much one person may write and send in all that they take part in, by their address. */
export type Quotas = { messagesAnHour: number; bytesADay: number };

const DAY_MS = 24 * HOUR_MS;

/** Somebody in a cooperation; elsewhere the same address is the same person. */
type Somebody = { cooperation: string; person: string };
const same = ({ cooperation, person }: Somebody) => sql`
  select other.cooperation, other.id from person as one join person as other on lower(other.email) = lower(one.email)
  where one.cooperation = ${cooperation} and one.id = ${person}`;

/** @throws Refused `QuotaReached` where somebody asked and wrote as much as they may within an hour */
export async function mayWrite(
  db: CaseFile,
  who: Somebody,
  { messagesAnHour: most }: Quotas,
  now: string,
): Promise<void> {
  const { rows } = await sql<{ at: string }>`
    with me as (${same(who)})
    select at from (
      select asked_at as at from question join me on me.cooperation = question.cooperation and me.id = question.by
      union all
      select at from communication join me on me.cooperation = communication.cooperation and me.id = communication.by and kind = 'enquiry'
    ) as written where at > ${after(now, -HOUR_MS)} order by at desc limit ${most}`.execute(db);
  const oldest = rows[most - 1];
  if (oldest) refused({ code: 'QuotaReached', of: 'messages', most, freeAt: after(oldest.at, HOUR_MS) });
}

/**
 * How many bytes somebody may still send within a day.
 * @throws Refused `QuotaReached` where there are none
 */
export async function bytesLeft(db: CaseFile, who: Somebody, quotas: Quotas, now: string): Promise<number> {
  const { left, refusal } = await sentWithinADay(db, who, quotas, now);
  return left > 0 ? left : refused(refusal);
}

/** @throws Refused `QuotaReached`: a file was larger than what somebody may still send */
export async function tooMuchSent(db: CaseFile, who: Somebody, quotas: Quotas, now: string): Promise<never> {
  return refused((await sentWithinADay(db, who, quotas, now)).refusal);
}

async function sentWithinADay(db: CaseFile, who: Somebody, { bytesADay }: Quotas, now: string) {
  const { rows } = await sql<{ at: string; size: string }>`
    with me as (${same(who)})
    select at, size from document_version as sent join me on me.cooperation = sent.cooperation and me.id = sent.by
    where at > ${after(now, -DAY_MS)} order by at`.execute(db);
  const used = rows.reduce((sum, { size }) => sum + Number(size), 0);
  const most = Math.round(bytesADay / MB);
  const freeAt = after(rows[0]?.at ?? now, DAY_MS);
  return {
    left: bytesADay - used,
    refusal: { code: 'QuotaReached', of: 'megabytes', most, freeAt } as const,
  };
}
const MB = 1024 * 1024;
