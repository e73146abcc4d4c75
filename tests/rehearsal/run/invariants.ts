import type { CaseView } from '../../../src/domain/caseView.ts';
import { dateIn, isWorkingDay } from '../../../src/domain/dates/dates.ts';
import { isOfSheetCorrection, outlivesCooperation } from '../../../src/domain/request.ts';
import { type Appointment, clockOf, type Letter, membersAt, stayOf, whatOf } from './letters.ts';

/**
 * What holds in every rehearsal, whatever its scenario: each rule tells what breaks it. Instants are ISO 8601 in UTC.
 */
export type Told = { view: CaseView; letters: readonly Letter[] };

const RULES: Record<string, (told: Told) => string[]> = {
  // Whoever is late with several things is reminded of each.
  'nobody gets three mails in a minute for one event': ({ letters }) =>
    [...Map.groupBy(of(letters), ({ person, at }) => `${person} ${minute(at)}`)].flatMap(([when, own]) => {
      const counted = own.filter(({ notice }) => notice !== 'reminder');
      return counted.length > 2 ? [`${when}: ${counted.map(whatOf).join(', ')}`] : [];
    }),

  'nobody is written to twice for the same occasion': ({ view, letters }) => [
    ...repeated(letters, ({ messageId }) => messageId),
    ...repeated(
      letters,
      (letter) => `${letter.person} ${whatOf(letter)} ${letter.subject} ${minute(letter.at)}`,
    ),
    // A request is put to a person once, unless a change passes it on or sends it to another address.
    ...repeated(
      of(letters, 'request').filter(({ at }) => !changedAt(view, at, PASSING) && !takenBackAt(view, at)),
      ({ person, request }) => `${person} ${request}`,
    ),
    ...repeated(
      of(letters, 'reminder'),
      ({ person, request, at }) => `${person} ${request} ${at.slice(0, 10)}`,
    ),
    ...repeated(
      of(letters, 'invitation', 'programme-changed', 'programme-issued', 'joined').filter(
        ({ programme }) => programme !== undefined,
      ),
      ({ person, programme }) => `${person} programme ${programme}`,
    ),
  ],

  'nobody hears of a request that their party has answered, or does not owe': ({ view, letters }) =>
    letters.flatMap((letter) => {
      const request = view.requests.find(({ id }) => id === letter.request);
      if (!request || letter.state !== 'sent') return [];
      const answer = request.answers.find(({ party }) => party === letter.party);
      if (answer && answer.at < letter.at) return [`${lineOf(letter)}: answered at ${answer.at}`];
      if (letter.notice === 'request-released') return [];
      if (request.closedAt !== null && request.closedAt < letter.at)
        return [`${lineOf(letter)}: closed at ${request.closedAt}`];
      const released = view.record.find(
        ({ kind, at, data }) =>
          at < letter.at &&
          (data as { request?: string }).request === request.id &&
          ((kind === 'request-waived' && (data as { party?: string }).party === letter.party) ||
            (kind === 'request-reassigned' && (data as { from?: string }).from === letter.party)),
      );
      return released ? [`${lineOf(letter)}: released at ${released.at}`] : [];
    }),

  'whoever is replaced or withdrawn hears of that, and nothing else any more': ({ view, letters }) =>
    letters.flatMap((letter) => {
      const { until } = stayOf(view, letter.person);
      if (until === undefined || letter.at < until || letter.state !== 'sent') return [];
      const farewell =
        letter.notice === 'replaced' || letter.notice === 'left' || letter.appointment?.method === 'CANCEL';
      return farewell && minute(letter.at) <= minute(plus(until, MINUTES))
        ? []
        : [`${lineOf(letter)}: left at ${until}`];
    }),

  'nobody hears anything before they come in': ({ view, letters }) =>
    letters.flatMap((letter) => {
      const { from } = stayOf(view, letter.person);
      return from !== undefined && letter.at < from ? [`${lineOf(letter)}: came at ${from}`] : [];
    }),

  'marks of dates are wanted before the first date that is proposed': ({ view }) =>
    view.requests.flatMap((request) => {
      const { id, kind, openedAt, dueAt, slots } = request;
      const first = slots[0]?.startsAt;
      return kind === 'choose-date' && first !== undefined && first > openedAt && dueAt > first
        ? [`${id}: due at ${dueAt}, first date ${first}`]
        : [];
    }),

  'a request reaches every party that is asked': ({ view, letters }) =>
    view.requests.flatMap(({ id, asked, openedAt, closedAt, windowRanOut }) =>
      asked
        .filter(
          ({ party }) =>
            !letters.some(
              (one) =>
                (one.request === id || (windowRanOut === 'entered' && isAfterTheFact(view, one))) &&
                one.party === party &&
                // The first invitation asks for documents.
                (one.notice === 'request' || one.notice === 'invitation'),
            ),
        )
        .filter(() => closedAt === null || minute(closedAt) > minute(openedAt))
        .map(({ party }) => `${id}: ${party} was not told`),
    ),

  'a request brings four mails to a delegate at most, five to the focal point, one to the Secretariat': ({
    view,
    letters,
  }) =>
    view.requests
      .filter(({ id }) => !replanned(view, id))
      .flatMap(({ id, asked }) => {
        const about = of(letters, 'request', 'reminder').filter(({ request }) => request === id);
        return [...Map.groupBy(about, ({ person }) => person)].flatMap(([person, own]) => {
          const [{ party, role }] = own as [Letter];
          if (!asked.some((one) => one.party === party))
            return own.length > 1 ? [`${person} ${id}: ${own.length}`] : [];
          const most = role === 'delegate' ? (focal(view, person) ? 5 : 4) : 6;
          return own.length > most ? [`${person} ${id}: ${own.length} mails`] : [];
        });
      }),

  'reminders go out at nine on a working day of one of the capitals': ({ view, letters }) =>
    of(letters, 'reminder').flatMap((letter) =>
      view.programme.institutions.some(
        ({ timezone, country }) =>
          clockOf(letter.at, timezone).slice(11, 16) === '09:00' &&
          isWorkingDay(dateIn(letter.at, timezone), country),
      )
        ? []
        : [lineOf(letter)],
    ),

  'SEQUENCE only grows, under one UID': ({ letters }) =>
    [...Map.groupBy(appointments(letters), ({ appointment }) => appointment.session)].flatMap(
      ([session, own]) => [
        ...(new Set(own.map(({ appointment }) => appointment.uid)).size > 1
          ? [`session ${session}: several UIDs`]
          : []),
        ...falls(own, ({ appointment }) => appointment.sequence),
        ...[...Map.groupBy(own, ({ person }) => person)].flatMap(([, hers]) =>
          falls(hers, ({ appointment }) => appointment.sequence, 1),
        ),
      ],
    ),

  'versions of the programme only grow, and what was sent reached everybody': ({ view, letters }) => [
    ...falls(
      view.programmeVersions.map((one) => ({ ...one, at: one.madeAt })),
      ({ version }) => version,
      1,
    ),
    ...[
      ...Map.groupBy(
        of(letters, 'invitation', 'programme-changed', 'programme-issued', 'joined'),
        ({ person }) => person,
      ),
    ].flatMap(([, own]) =>
      falls(
        own.filter(({ programme }) => programme !== undefined),
        ({ programme = 0 }) => programme,
      ),
    ),
    ...view.programmeVersions.flatMap(({ version, issuedAt }) => {
      if (issuedAt === null) return [];
      const later = letters.filter(
        ({ programme = 0, at }) => programme >= version && at <= plus(issuedAt, A_DAY),
      );
      const missed = view.programme.institutions
        .flatMap(({ id }) => membersAt(view, id, issuedAt))
        .filter((person) => !later.some((one) => one.person === person));
      return missed.length > 0
        ? [`version ${version} was sent at ${issuedAt}, and not to ${missed.join(', ')}`]
        : [];
    }),
  ],

  'everybody’s calendar says what the case says': ({ view, letters }) =>
    view.sessions.flatMap((session) =>
      view.people.flatMap((person) => {
        const own = appointments(letters).filter(
          (one) => one.person === person.id && one.appointment.session === session.number,
        );
        const last = own.filter(({ state }) => state === 'sent').at(-1)?.appointment;
        // Whom the mail server refuses knows nothing of it.
        if (own.some(({ state }) => state === 'refused')) return [];
        const of = `${person.id} session-${session.number}`;
        const concerned =
          person.role === 'guest'
            ? person.session === session.number
            : person.role !== 'consultant' && person.role !== 'observer';
        // Nobody writes to whoever has no address.
        if (!concerned || person.email === null) return last ? [`${of}: not invited, and told`] : [];
        if (session.cancelledAt !== null || session.startsAt === null)
          return last === undefined || last.method === 'CANCEL' ? [] : [`${of}: still stands`];
        const { from, until } = stayOf(view, person.id);
        const over = (session.endsAt ?? '') < (from ?? '');
        if (until !== undefined && until < (session.endsAt ?? ''))
          return last === undefined || last.method === 'CANCEL' ? [] : [`${of}: left, and still invited`];
        if (!last) return over || session.sequence < 0 ? [] : [`${of}: not invited`];
        const { method, startsAt, endsAt, where, attendee } = last;
        const shown = { method, startsAt, endsAt, where, attendee };
        const stands = {
          method: 'REQUEST',
          startsAt: session.startsAt,
          endsAt: session.endsAt,
          where: session.link ?? session.place ?? '',
          attendee: person.email,
        };
        return JSON.stringify(shown) === JSON.stringify(stands)
          ? []
          : [`${of}: ${JSON.stringify(shown)}, not ${JSON.stringify(stands)}`];
      }),
    ),

  'guests hear of their own session alone': ({ view, letters }) =>
    letters
      .filter(({ role }) => role === 'guest')
      .filter(({ person, notice, appointment }) => {
        const { session } = view.people.find(({ id }) => id === person) ?? {};
        return notice === 'invitation' ? appointment?.session !== session : notice !== 'agenda';
      })
      .map(lineOf),

  'nothing goes out while it is paused, but what the Secretariat changes': ({ view, letters }) => {
    const pauses = view.changes.flatMap(({ kind, madeAt }, index) =>
      kind === 'pause'
        ? [
            {
              from: madeAt,
              to: view.changes.slice(index).find((one) => one.kind === 'resume')?.madeAt ?? '9999',
            },
          ]
        : [],
    );
    return of(letters, 'request', 'reminder', 'news', 'agenda', 'session-recorded', 'programme-issued')
      .filter(({ at }) => pauses.some(({ from, to }) => from < at && at < to))
      .filter(({ at }) => !changedAt(view, at, PASSING))
      .map(lineOf);
  },

  'nothing goes out after the end': ({ view, letters }) =>
    letters
      // What came of it, and a corrected sheet, are asked for after the end, and nothing else is.
      .filter(({ request }) => !request || !outlivesCooperation({ id: request }))
      .filter(({ notice }) => !OF_SHEETS.includes(notice) || !view.requests.some(isOfSheetCorrection))
      .filter(
        ({ at, state }) =>
          state === 'sent' && view.closedAt !== null && at > plus(view.closedAt, 5 * MINUTES),
      )
      .map(lineOf),

  'the record only grows, in the order of time': ({ view: { record } }) => [
    ...falls(record, ({ seq }) => seq, 1),
    ...record.flatMap(({ at, kind }, index) => {
      const before = record[index - 1]?.at ?? '';
      return minute(at) < minute(before) ? [`${kind} at ${at}, after ${before}`] : [];
    }),
  ],
};

/** What breaks the rules, each with the rule. */
export const violationsOf = (told: Told): string[] =>
  Object.entries(RULES).flatMap(([rule, broken]) => broken(told).map((what) => `${rule}: ${what}`));

const MINUTES = 60_000;
const A_DAY = 24 * 60 * MINUTES;
const OF_SHEETS = ['sheet-published', 'sheet-correction-cancelled'];
const PASSING = ['hand-over', 'absence', 'replace', 'reassign', 'correct-person', 'annul'];

const minute = (instant: string): string => instant.slice(0, 16);
const plus = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

const of = (letters: readonly Letter[], ...notices: string[]): Letter[] =>
  letters
    .filter(({ notice, state }) => state === 'sent' && (notices.length === 0 || notices.includes(notice)))
    .sort(byTime);

const byTime = (a: { at: string }, b: { at: string }): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

type WithAppointment = Letter & { appointment: Appointment };
const appointments = (letters: readonly Letter[]): WithAppointment[] =>
  letters
    .flatMap((letter) => [
      ...(letter.appointment ? [{ ...letter, appointment: letter.appointment }] : []),
      ...letter.further.map((appointment) => ({ ...letter, appointment })),
    ])
    .sort(byTime);

const lineOf = (letter: Letter): string => `${letter.at} ${whatOf(letter)} → ${letter.person}`;

/** Whether a change of these kinds was made just before. */
const changedAt = ({ changes }: CaseView, at: string, kinds: readonly string[]): boolean =>
  changes.some(({ kind, madeAt }) => kinds.includes(kind) && madeAt <= at && at <= plus(madeAt, 5 * MINUTES));

/** Whether an answer was taken back just before: those of its party are asked again. */
const takenBackAt = ({ record }: CaseView, at: string): boolean =>
  record.some(
    (entry) => entry.kind === 'answer-taken-back' && entry.at <= at && at <= plus(entry.at, 5 * MINUTES),
  );

/** Whether a request's reminders were planned more than once. */
const replanned = ({ record }: CaseView, request: string): boolean =>
  record.some(
    ({ kind, data }) =>
      (/^(request-(extended|reassigned)|answer-annulled)$/.test(kind) &&
        (data as { request?: string }).request === request) ||
      (kind === 'cooperation-resumed' && JSON.stringify(data).includes(`"${request}"`)),
  );

/** A focal point, or somebody in a focal point's place. */
const focal = ({ programme, people, record }: CaseView, id: string): boolean => {
  const person = people.find((one) => one.id === id);
  if (
    record.some(
      ({ kind, data }) => kind === 'focal-point-named' && (data as { person?: string }).person === id,
    )
  )
    return true;
  const before = record.find(
    ({ kind, data }) => kind === 'person-replaced' && (data as { by?: string }).by === id,
  );
  if (before)
    return focal({ programme, people, record } as CaseView, (before.data as { person: string }).person);
  const own = programme.participants.filter(({ institution }) => institution === person?.party);
  const marked = own.find(({ focalPoint }) => focalPoint) ?? own.find(({ email }) => email !== undefined);
  return marked?.email?.toLowerCase() === person?.email?.toLowerCase();
};

function repeated<T extends Letter>(letters: readonly T[], key: (letter: T) => string): string[] {
  return [...Map.groupBy(letters, key)].flatMap(([same, own]) =>
    own.length > 1 ? [`${own.length}× ${same}`] : [],
  );
}

/** Where a number is less than the one before it, or not more by `least`. */
function falls<T>(all: readonly T[], number: (one: T) => number, least = 0): string[] {
  return all.flatMap((one, index) => {
    const before = all[index - 1];
    return before !== undefined && number(one) < number(before) + least
      ? [`${number(one)} after ${number(before)}: ${JSON.stringify(one).slice(0, 160)}`]
      : [];
  });
}

/** It asks about sessions that had passed when the cooperation was entered: one mail asks about all of them. */
const isAfterTheFact = ({ requests }: CaseView, { request }: Letter): boolean =>
  requests.some(({ id, windowRanOut }) => id === request && windowRanOut === 'entered');
