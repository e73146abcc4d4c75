import type { Logger } from 'pino';
import { DAY_MS } from '../../domain/dates/durations.ts';
import type { Actor, SecurityCode, SecurityEntry, SecurityEvent } from '../../domain/securityEvent.ts';
import { type CaseFile, json } from '../database/database.ts';

/**
 * The security log: a table of its own, to which the database lets nobody but add. Only what is older than
 * LEAST_KEPT_DAYS can be deleted.
 */

const LEAST_KEPT_DAYS = 30;

/** Who did something, and the address it came from; neither where they are not known. */
export type Origin = { who?: Actor | undefined; from?: string | undefined };
export type SecurityLog = {
  /** Writes an event down. Never rejects: what cannot be written is told to the ordinary log. */
  note(event: SecurityEvent, seen: Origin): Promise<void>;
};

/** @param ship takes each event as a line of JSON too, also where the database is away */
export function securityLogOver({
  caseFile,
  now,
  log,
  ship,
}: {
  caseFile: CaseFile;
  now: () => string;
  log: Logger;
  ship?: ((line: string) => void) | undefined;
}): SecurityLog {
  return {
    async note({ code, ...values }, { who, from }) {
      const at = now();
      ship?.(json({ at, who: who ?? null, from: from ?? null, event: { code, ...values } }));
      try {
        await caseFile
          .insertInto('securityEvent')
          .values({
            ...{ at, code, data: json(values) },
            ...{ whoKind: who?.kind ?? null, who: who?.id ?? null, fromAddress: from ?? null },
          })
          .execute();
      } catch (error) {
        log.error({ err: error, code }, 'a security event could not be written down');
      }
    },
  };
}

/** The newest entries before one, the newest first. */
export async function securityEntries(
  db: CaseFile,
  { before, most, code }: { before?: string | undefined; most: number; code?: SecurityCode | undefined },
): Promise<SecurityEntry[]> {
  const rows = await db
    .selectFrom('securityEvent')
    .selectAll()
    .$if(before !== undefined, (all) => all.where('seq', '<', before as string))
    .$if(code !== undefined, (all) => all.where('code', '=', code as SecurityCode))
    .orderBy('seq', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ seq, at, code, data, whoKind, who, fromAddress }) => ({
    ...{ seq: Number(seq), at, from: fromAddress },
    who: whoKind && who ? { kind: whoKind, id: who } : null,
    event: { ...data, code } as SecurityEvent,
  }));
}

/** Deletes what is older than so many days. Returns how many entries that were. */
export async function forgetSecurityEvents(db: CaseFile, days: number, at: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('securityEvent')
    .where('at', '<', new Date(Date.parse(at) - Math.max(days, LEAST_KEPT_DAYS) * DAY_MS).toISOString())
    .executeTakeFirst();
  return Number(numDeletedRows);
}
