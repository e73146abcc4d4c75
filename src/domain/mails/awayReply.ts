import { z } from 'zod';
import { DAY_MS } from '../dates/durations.ts';

/** A mailbox that answers by itself that its owner is away: it is shown for some days, and counts as nothing else. */

/** When somebody's mailbox said so last. */
export const awayReply = z.strictObject({ person: z.string(), at: z.iso.datetime() });
export type AwayReply = z.infer<typeof awayReply>;

const SHOWN_MS = 7 * DAY_MS;

/** Those of a party whose mailboxes have said so of late. */
export const awayAmong = (
  {
    people,
    awayReplies,
  }: {
    people: readonly { id: string; party: string; name: string; active: boolean }[];
    awayReplies: readonly AwayReply[];
  },
  party: string,
  now: string,
): { name: string; at: string }[] =>
  awayReplies.flatMap(({ person, at }) => {
    const found = people.find(({ id, active }) => id === person && active);
    const isLate = Date.parse(at) > Date.parse(now) - SHOWN_MS;
    return found?.party === party && isLate ? [{ name: found.name, at }] : [];
  });
