import type { Telling } from '../../domain/mails/notice.ts';
import type { RequestRow } from '../database/schema.ts';
import type { Entry } from '../record.ts';
import { answersTo, lapse, owingOf } from '../requests.ts';
import { addresseesOf, type Making, telling } from './making.ts';

/** Closes requests that a new date makes pointless, and releases those who still owed an answer. */
export async function supersede(
  making: Making,
  requests: readonly RequestRow[],
): Promise<{ told: Telling[]; entries: Entry[] }> {
  const { tx, cooperation, at } = making;
  const told: Telling[] = [];
  const entries: Entry[] = [];
  for (const row of requests) {
    const asked = await addresseesOf(making, row, owingOf(row, await answersTo(tx, cooperation.id, row.id)));
    told.push(...telling(asked.people, { notice: 'request-released', request: row.id, how: 'superseded' }));
    entries.push(...asked.entries, ...(await lapse(tx, cooperation.id, [row.id], 'superseded', at)));
  }
  return { told, entries };
}
