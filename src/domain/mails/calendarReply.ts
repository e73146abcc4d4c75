import { z } from 'zod';

/** What people answer to an invitation in their calendar (iTIP, RFC 5546), and how many come. */

export const ATTENDINGS = ['accepted', 'declined', 'tentative'] as const;
export type Attending = (typeof ATTENDINGS)[number];

/** As it is read of a mail. */
export type ReadCalendar = {
  /** `counter`: another date is proposed. */
  method: 'reply' | 'counter';
  uid: string;
  sequence: number;
  /** Whose answer it is, by their address. */
  attendee: string | null;
  /** Nothing where another date is proposed and no more is said. */
  attending: Attending | null;
  /** When it was given (ISO 8601, UTC), by their clock. */
  stamp: string | null;
  comment: string;
  /** The date that is proposed. */
  proposed: { startsAt: string; endsAt: string | null } | null;
};

/** The answer of one person to one invitation: their last. */
export const calendarReply = z.strictObject({
  /** A session's number; 0 of the coordination meeting. */
  session: z.int(),
  person: z.string(),
  attending: z.enum(ATTENDINGS),
  /** Of the invitation that it answers: where another has gone out since, it says nothing of that date. */
  sequence: z.int(),
  /** What they wrote with it; empty where nothing. */
  comment: z.string(),
  at: z.iso.datetime(),
});
export type CalendarReply = z.infer<typeof calendarReply>;

type Invitee = {
  id: string;
  email: string | null;
  role: string;
  session: number | null;
  active: boolean;
};

/** Whether somebody is invited to a session, or to the coordination meeting (0). */
export const isInvited = ({ active, email, role, session }: Omit<Invitee, 'id'>, to: number): boolean =>
  active &&
  email !== null &&
  (role === 'delegate' || role === 'staff' || (role === 'guest' && session === to));

export type Attendances<P> = Readonly<Record<Attending | 'silent', readonly P[]>> & { invited: number };

/** Who of the invited answered what for the date that stands; nothing before anybody has answered. */
export function attendancesOf<P extends Invitee>(
  { people, calendarReplies }: { people: readonly P[]; calendarReplies: readonly CalendarReply[] },
  to: number,
  sequence: number,
): Attendances<P> | undefined {
  const replies = calendarReplies.filter(({ session }) => session === to);
  if (replies.length === 0) return undefined;
  const invited = people.filter((one) => isInvited(one, to));
  const saying = (person: P): Attending | undefined =>
    replies.find((one) => one.person === person.id && one.sequence >= sequence)?.attending;
  const who = (attending: Attending | undefined) => invited.filter((one) => saying(one) === attending);
  return {
    ...{ accepted: who('accepted'), declined: who('declined'), tentative: who('tentative') },
    ...{ silent: who(undefined), invited: invited.length },
  };
}
