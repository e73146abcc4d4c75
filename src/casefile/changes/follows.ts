import type { Change } from '../../domain/change.ts';
import type { Follow } from '../../domain/follows.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type { MeetingRow, RequestRow, SessionRow } from '../database/schema.ts';

/** What the workflows do once a change is made, of which nobody is told with it. */

/** A cooperation, as far as that depends on it. */
export type Stage = {
  meeting: Pick<MeetingRow, 'sequence'>;
  sessions: readonly Pick<
    SessionRow,
    'number' | 'startsAt' | 'sequence' | 'recordedAt' | 'cancelledAt' | 'windowFrom'
  >[];
  /** Those that are open. */
  requests: readonly Pick<RequestRow, 'id' | 'kind' | 'item'>[];
  /** Both ministries have approved the programme. */
  approved: boolean;
};

/** @param before as it stands before the change; after it in `after` */
export function followsOf(what: Change, before: Stage, after: Stage): Follow[] {
  const { approved } = before;
  switch (what.change) {
    case 'reschedule': {
      const session = after.sessions.find(({ number }) => number === what.session);
      const was = before.sessions.find(({ number }) => number === what.session);
      // Whoever was invited is told of the date with the change.
      if (!session?.startsAt || session.startsAt === was?.startsAt || session.sequence >= 0) return [];
      const polled = before.requests.some(
        ({ kind, item }) => item === what.session && kinds[kind].about === 'dates',
      );
      return [{ follows: 'invitation', session: session.number, approved, version: polled }];
    }
    case 'add-session': {
      const session = after.sessions.at(-1);
      if (!session) return [];
      const { number } = session;
      return session.startsAt
        ? [{ follows: 'invitation', session: number, approved, version: false }]
        : [{ follows: 'date-poll', session: number, approved }];
    }
    case 'cancel-session':
      return after.sessions.every(({ recordedAt, cancelledAt }) => recordedAt ?? cancelledAt)
        ? [{ follows: 'systematization' }]
        : [];
    case 'reschedule-meeting':
      return what.startsAt !== undefined && before.meeting.sequence < 0 ? [{ follows: 'convocation' }] : [];
    case 'cancel-meeting':
      return [{ follows: 'approval' }];
    case 'waive':
      return after.requests.some(({ id }) => id === what.request) ? [] : [{ follows: 'next-step' }];
    default:
      return [];
  }
}
