import { Temporal as Dates } from 'temporal-polyfill';
import { dateIn, instantOf, isWorkingDay } from './dates.ts';
import { type Party, secretariatAmong } from './party.ts';
import type { Programme } from './programme.ts';

/** When the ministries are asked what came of a cooperation. */

/** One time that they are asked: so many months after the acceptance, at an instant (ISO 8601, UTC). */
export type FollowUp = { months: number; at: string };

/** When they are asked, on the secretariat's clock. */
const ASKED_AT = '09:00';

/**
 * When the ministries are asked, in turn: the programme says after how many months. Each time it is the first morning from
 * then on on which everybody works.
 *
 * @param closedAt when the report was accepted (ISO 8601)
 * @param monthMs how long a month is taken to last, in a play that shows it; without it, it is the calendar's
 */
export function followUpsOf(
  { followUp }: Pick<Programme, 'followUp'>,
  parties: readonly Party[],
  closedAt: string,
  monthMs?: number,
): FollowUp[] {
  if (!followUp) return [];
  const { first, second = first } = followUp;
  return [...new Set([first, second])]
    .sort((a, b) => a - b)
    .map((months) => ({
      months,
      at:
        monthMs === undefined
          ? morningAfter(months, parties, closedAt)
          : new Date(Date.parse(closedAt) + months * monthMs).toISOString(),
    }));
}

function morningAfter(months: number, parties: readonly Party[], closedAt: string): string {
  const { timeZone } = secretariatAmong(parties);
  let day = Dates.PlainDate.from(dateIn(closedAt, timeZone)).add({ months });
  while (!parties.every((party) => isWorkingDay(day.toString(), party))) day = day.add({ days: 1 });
  return instantOf(day.toString(), ASKED_AT, timeZone);
}

/** What a cooperation has of its follow-up, as the case file keeps it. */
type FollowedUp = {
  closedAt: string | null;
  cancelledAt: string | null;
  followUps: readonly FollowUp[];
  followedUpAt: string | null;
};

/** Whether what came of it is still to be asked, or waited on: its report was accepted, and the last time is not over. */
export const isFollowedUp = ({ closedAt, cancelledAt, followUps, followedUpAt }: FollowedUp): boolean =>
  closedAt !== null && cancelledAt === null && followUps.length > 0 && followedUpAt === null;
