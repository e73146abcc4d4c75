import { sql } from 'kysely';
import { DAY_MS, HOUR_MS } from '../../domain/dates/durations.ts';
import { refused } from '../../domain/refusal.ts';
import type { CaseFile } from '../database/database.ts';
import { after } from './access.ts';

/** How much one person may write and send in all that they take part in, by their address. */
export type Quotas = { messagesAnHour: number; bytesADay: number };

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
      union all
      select at from comment join me on me.cooperation = comment.cooperation and me.id = comment.by
    ) as written where at > ${after(now, -HOUR_MS)} order by at desc limit ${most}`.execute(db);
  const oldest = rows[most - 1];
  if (oldest) refused({ code: 'QuotaReached', of: 'messages', most, freeAt: after(oldest.at, HOUR_MS) });
}

/** A file that somebody sends, until it is in the case file or refused. */
export type ArrivingFile = {
  /** Its bytes as they come. What else the same person is sending counts with them. @throws Refused `QuotaReached` */
  counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** What has been sent by now, with this one and what is under way. @throws Refused `QuotaReached` where it is too much */
  hold(): Promise<void>;
  /** It is in the case file, or nowhere. */
  end(): void;
};
/** How many bytes each is sending that are in no case file yet: of many files at once none is counted too late. */
const underWay = new WeakMap<CaseFile, Map<string, number>>();

/**
 * Begins to count a file against what somebody may send within a day.
 * @throws Refused `QuotaReached` where that is nothing
 */
export async function beginArrival(
  db: CaseFile,
  who: Somebody,
  quotas: Quotas,
  now: () => string,
): Promise<ArrivingFile> {
  const { left, refusal, address } = await sentWithinADay(db, who, quotas, now());
  const sending = underWay.get(db) ?? new Map<string, number>();
  underWay.set(db, sending);
  const ofAll = () => sending.get(address) ?? 0;
  if (ofAll() >= left) refused(refusal);
  let own = 0;
  const add = (size: number) => {
    own += size;
    sending.set(address, ofAll() + size);
    if (ofAll() === 0) sending.delete(address);
  };
  return {
    async *counted(bytes) {
      for await (const chunk of bytes) {
        add(chunk.byteLength);
        if (ofAll() > left) refused(refusal);
        yield chunk;
      }
    },
    async hold() {
      const { left: stillLeft, refusal: why } = await sentWithinADay(db, who, quotas, now());
      if (ofAll() > stillLeft) refused(why);
    },
    end: () => add(-own),
  };
}
async function sentWithinADay(db: CaseFile, who: Somebody, { bytesADay }: Quotas, now: string) {
  const { rows } = await sql<{ at: string; size: string }>`
    with me as (${same(who)})
    select at, size from (
      select cooperation, by, at, size from document_version
      union all
      select cooperation, by, at, size from waiting_file
      union all
      select cooperation, by, at, size from forgotten_file
    ) as sent join me on me.cooperation = sent.cooperation and me.id = sent.by
    where at > ${after(now, -DAY_MS)} order by at`.execute(db);
  const sender = await db
    .selectFrom('person')
    .select('email')
    .where('cooperation', '=', who.cooperation)
    .where('id', '=', who.person)
    .executeTakeFirst();
  const used = rows.reduce((sum, { size }) => sum + Number(size), 0);
  const most = Math.round(bytesADay / MB);
  const freeAt = after(rows[0]?.at ?? now, DAY_MS);
  return {
    left: bytesADay - used,
    // Who has no address is themselves in one cooperation alone.
    address: sender?.email?.toLowerCase() ?? `${who.cooperation}/${who.person}`,
    refusal: { code: 'QuotaReached', of: 'megabytes', most, freeAt } as const,
  };
}
const MB = 1024 * 1024;
