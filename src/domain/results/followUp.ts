import { Temporal as Dates } from 'temporal-polyfill';
import { dateIn, instantOf, isWorkingDay } from '../dates/dates.ts';
import { DAY_MS } from '../dates/durations.ts';
import { type Party, secretariatAmong } from '../people/party.ts';
import type { Programme } from '../programme/programme.ts';
import { type CommitmentView, isStillToAsk } from './commitments.ts';

/** When the ministries are asked what came of a cooperation. */

/** One time that they are asked: so many months after the acceptance, at an instant (ISO 8601, UTC). */
export type FollowUp = { months: number; at: string };

/** After how many months, unless the programme says otherwise. */
const USUAL_MONTHS = { first: 6, second: 12 };

/** When they are asked, on the secretariat's clock. */
const ASKED_AT = '09:00';

/**
 * When the ministries are asked, in turn: after how many months the programme says, if not when they usually are. Each time it
 * is the first morning from then on on which everybody works.
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
  if (followUp === 'none') return [];
  const { first, second = first } = followUp ?? USUAL_MONTHS;
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

function morningAfter(months: number, parties: readonly Party[], at: string): string {
  const { timeZone } = secretariatAmong(parties);
  return morningFrom(Dates.PlainDate.from(dateIn(at, timeZone)).add({ months }), parties);
}

/** The first morning, from a day on, on which everybody works. */
function morningFrom(from: Dates.PlainDate, parties: readonly Party[]): string {
  const { timeZone } = secretariatAmong(parties);
  let day = from;
  while (!parties.every((party) => isWorkingDay(day.toString(), party))) day = day.add({ days: 1 });
  return instantOf(day.toString(), ASKED_AT, timeZone);
}

/** An institution is asked what became of what it took upon itself, by the numbers of that, at an instant (ISO 8601, UTC). */
export type CommitmentAsk = { party: string; at: string; commitments: number[] };

/**
 * An institution is asked about its commitments at most once in so many months: with the two times that it is asked what came
 * of the cooperation, that makes six mails a year.
 */
const COMMITMENTS_APART_MONTHS = 3;

type Due = Pick<
  CommitmentView,
  'number' | 'party' | 'due' | 'outcome' | 'withdrawnAt' | 'toldAt' | 'askedAt'
>;

/**
 * When each institution is asked next about its commitments, the first of them first: about those of a month in the one after
 * it, but not before the report was accepted, nor soon after the last time.
 *
 * @param closedAt when the report was accepted (ISO 8601)
 * @param monthMs how long a month is taken to last, as above
 */
export function commitmentsAhead(
  commitments: readonly Due[],
  parties: readonly Party[],
  closedAt: string,
  monthMs?: number,
): CommitmentAsk[] {
  const { timeZone } = secretariatAmong(parties);
  const closed = dateIn(closedAt, timeZone);
  const timeOf = ({ due }: Due): string => {
    const last = Dates.PlainDate.from(due > closed ? due : closed);
    const at = morningFrom(last.with({ day: 1 }).add({ months: 1 }), parties);
    if (monthMs === undefined) return at;
    const passed = (Date.parse(at) - Date.parse(closedAt)) / MEAN_MONTH_MS;
    return new Date(Date.parse(closedAt) + passed * monthMs).toISOString();
  };
  const againAt = (party: string): string => {
    const last = commitments
      .flatMap((one) => (one.party === party && one.askedAt !== null ? [one.askedAt] : []))
      .sort((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1);
    if (last === undefined) return '';
    return monthMs === undefined
      ? morningAfter(COMMITMENTS_APART_MONTHS, parties, last)
      : new Date(Date.parse(last) + COMMITMENTS_APART_MONTHS * monthMs).toISOString();
  };
  return parties
    .flatMap(({ code: party }): CommitmentAsk[] => {
      const open = commitments
        .filter((one) => one.party === party && isStillToAsk(one))
        .map((one) => ({ number: one.number, at: timeOf(one) }));
      const first = open.map(({ at }) => at).sort()[0];
      if (first === undefined) return [];
      const at = [first, againAt(party)].sort().at(-1) ?? first;
      return [{ party, at, commitments: open.flatMap((one) => (one.at <= at ? [one.number] : [])) }];
    })
    .sort((a, b) => a.at.localeCompare(b.at) || a.party.localeCompare(b.party));
}
const MEAN_MONTH_MS = (365.25 / 12) * DAY_MS;

/** What a cooperation has of its follow-up, as the case file keeps it. */
type FollowedUp = {
  closedAt: string | null;
  cancelledAt: string | null;
  /** When nothing of it was left to be asked: with the acceptance, where nothing was to begin with. */
  followedUpAt: string | null;
};

/** Whether what came of it is still to be asked, or waited on: its report was accepted, and the last time is not over. */
export const isFollowedUp = ({ closedAt, cancelledAt, followedUpAt }: FollowedUp): boolean =>
  closedAt !== null && cancelledAt === null && followedUpAt === null;
