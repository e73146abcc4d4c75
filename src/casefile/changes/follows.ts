import type { Change } from '../../domain/change.ts';
import type { Follow } from '../../domain/follows.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type {
  MeetingRow,
  PersonRow,
  ProgrammeVersionRow,
  RequestRow,
  SessionRow,
} from '../database/schema.ts';
import type { ChangeOutcome } from './making.ts';

/** What the workflows do once a change is made, of which nobody is told with it. */

/** A cooperation, as far as that depends on it. */
export type Stage = {
  meeting: Pick<MeetingRow, 'sequence' | 'startsAt'>;
  sessions: readonly Pick<
    SessionRow,
    'number' | 'startsAt' | 'sequence' | 'recordedAt' | 'cancelledAt' | 'windowFrom'
  >[];
  /** Those that are open. */
  requests: readonly Pick<RequestRow, 'id' | 'kind' | 'item' | 'parties' | 'dueAt'>[];
  /** All that was ever asked. */
  asked: readonly Pick<RequestRow, 'id' | 'kind' | 'item'>[];
  versions: readonly Pick<ProgrammeVersionRow, 'version'>[];
  people: readonly Pick<PersonRow, 'id' | 'name' | 'active'>[];
  /** Both ministries have approved the programme. */
  approved: boolean;
  /** Its code. */
  secretariat: string;
};

/**
 * @param before as it stands before the change; after it in `after`
 * @param effects what its workflow is to know of it
 */
export function followsOf(
  what: Change,
  before: Stage,
  after: Stage,
  effects: ChangeOutcome['effects'] = {},
): Follow[] {
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
    case 'correct-sheet':
      return effects.sheet
        ? [
            {
              follows: 'sheet-correction',
              party: effects.sheet.drafter,
              secretariat: effects.sheet.drafter === before.secretariat,
            },
          ]
        : [];
    case 'waive':
      return after.requests.some(({ id }) => id === what.request) ? [] : [{ follows: 'next-step' }];
    case 'reassign':
      return after.requests
        .filter(({ id }) => id === what.request)
        .map((row) => ({ follows: 'asked', how: 'instead', ...askingOf(row, [what.to]) }));
    case 'resume':
      return [
        { follows: 'goes-on' },
        ...after.requests
          .filter(({ id, dueAt }) => before.requests.some((one) => one.id === id && one.dueAt !== dueAt))
          .map((row): Follow => ({ follows: 'due-moved', ...askingOf(row, row.parties) })),
      ];
    case 'annul':
      return afterAnnulment(what.party, before, after, effects);
    default:
      return [];
  }
}

/** What is asked anew, and what does not stand any more. */
function afterAnnulment(
  party: string,
  before: Stage,
  after: Stage,
  { annulled }: NonNullable<ChangeOutcome['effects']>,
): Follow[] {
  if (!annulled) return [];
  const { request, undone } = annulled;
  const anew = undone
    ? after.requests.filter(({ id }) => !before.requests.some((one) => one.id === id))
    : after.requests.filter(({ id }) => id === request);
  const later = undone?.requests.filter((id) => id !== request) ?? [];
  const undated = before.sessions.flatMap(({ number, startsAt }): Follow[] => {
    const now = after.sessions.find((one) => one.number === number)?.startsAt;
    return startsAt && !now ? [{ follows: 'undated', session: number, startsAt }] : [];
  });
  const { startsAt } = before.meeting;
  return [
    ...anew.map((row): Follow => ({ follows: 'asked', how: 'anew', ...askingOf(row, [party]) })),
    ...before.asked
      .filter(({ id }) => later.includes(id))
      .map(({ id, kind, item }): Follow => ({ follows: 'superseded', request: id, kind, item })),
    ...undated,
    ...(startsAt && startsAt !== after.meeting.startsAt
      ? [{ follows: 'undated', session: null, startsAt } satisfies Follow]
      : []),
    ...before.versions
      .filter(({ version }) => !after.versions.some((one) => one.version === version))
      .map(({ version }): Follow => ({ follows: 'version-annulled', version })),
    ...before.people
      .filter(({ id, active }) => active && !after.people.some((one) => one.id === id && one.active))
      .map(({ id, name }): Follow => ({ follows: 'leaves', person: id, name })),
  ];
}

const askingOf = ({ id, kind, item, dueAt }: Stage['requests'][number], parties: readonly string[]) => ({
  request: id,
  kind,
  item,
  parties: [...parties],
  due: dueAt,
});
