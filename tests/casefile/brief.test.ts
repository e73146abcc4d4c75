import { describe, expect, it } from 'vitest';
import { briefOf } from '../../src/casefile/brief.ts';
import type { AnswerRow, RequestRow } from '../../src/casefile/database/schema.ts';
import type { CaseRows } from '../../src/casefile/rows.ts';
import type { Brief } from '../../src/domain/brief.ts';
import type { Decision } from '../../src/domain/kinds/kind.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { resultsOf } from '../../src/domain/results/survey.ts';
import { example } from '../support/programme.ts';

const programme = example();

/** What a request asks follows from the case file's rows alone. */

const ID = programme.id;
const at = (day: number, hour = 15): string => `2021-06-${String(day).padStart(2, '0')}T${hour}:00:00.000Z`;
const NOW = at(20);

const row = (given: Pick<RequestRow, 'id' | 'kind'> & Partial<RequestRow>): RequestRow => ({
  cooperation: ID,
  round: 1,
  item: null,
  parties: ['per-mtpe', 'chl-mtps'],
  subjectRef: 'subject',
  subjectHash: 'a'.repeat(64),
  trouble: null,
  openedAt: at(10),
  dueAt: at(25),
  reminders: [at(23), at(28)],
  waived: [],
  windowRanOut: null,
  until: null,
  told: true,
  reminded: 0,
  remindedUntil: null,
  renews: null,
  closedAt: null,
  outcome: null,
  lapse: null,
  ...given,
});
const answer = (
  request: string,
  party: string,
  decision: Decision,
  content: string | null = null,
): AnswerRow => ({
  ...{ cooperation: ID, request, party, by: `${party}-1`, decision, content, data: {}, at: at(12) },
  before: null,
  door: { door: 'site' },
  ...{ revision: 1, withdrawnAt: null, withdrawnBy: null, withdrawnHow: null, withdrawnTold: false },
});
const MEETING: CaseRows['meeting'] = {
  ...{ cooperation: ID, hours: 2.5, timeZone: 'America/Lima', link: null, place: null },
  ...{ startsAt: '2021-06-09T15:00:00.000Z', endsAt: '2021-06-09T17:30:00.000Z', sequence: 0 },
  ...{ minutes: null, attendance: null, outputs: null, recordedAt: null, notHeldAt: null, cancelledAt: null },
};
const WHY = { cooperation: ID, hash: 'b'.repeat(64), value: { reason: 'Falta el financiamiento.' } };

const rows = (given: Partial<CaseRows> = {}): CaseRows => ({
  calendarReplies: [],
  closingPaper: undefined,
  awayReplies: [],
  meeting: MEETING,
  cooperation: {
    id: ID,
    programme,
    plan: planOf(programme),
    language: 'es',
    callNumber: 14,
    callYear: 2021,
    filedAt: at(1),
    closedAt: null,
    cancelledAt: null,
    pausedAt: null,
    followUps: [],
    followedUpAt: null,
  },
  people: [],
  sessions: [],
  versions: [],
  requests: [],
  answers: [],
  withdrawn: [],
  questions: [],
  documents: [],
  record: [],
  contents: [WHY],
  proposals: [],
  changes: [],
  absences: [],
  handOvers: [],
  resendings: [],
  communications: [],
  commitments: [],
  survey: resultsOf([]),
  comments: [],
  certificates: [],
  laterConsents: [],
  ...given,
});

describe('why something is asked once more', () => {
  const closed = { closedAt: at(13), openedAt: at(9), outcome: 'changes' };
  const review = row({ ...closed, id: 'systematization/review-sheet.1', kind: 'review-sheet' });
  const poll = row({
    ...closed,
    id: 'session-2/choose-date.1',
    kind: 'choose-date',
    item: 2,
    outcome: 'marks',
  });
  const date = row({ ...closed, id: 'session-2/confirm-date.1', kind: 'confirm-date', item: 2 });
  const record = row({ ...closed, id: 'session-2/record-session.1', kind: 'record-session', item: 2 });
  const approval = row({ ...closed, id: 'coordination/approve-programme.1', kind: 'approve-programme' });
  const amended = {
    ...{ cooperation: ID, number: 7, kind: 'amend' as const, reason: 'Cambió el marco.', by: 'oas-1' },
    ...{
      what: { change: 'amend' as const, programme: '' },
      door: null,
      seen: null,
      askedAt: at(11),
      madeAt: at(11),
    },
    ...{ effects: null, told: [], doneAt: null, programmeChanges: [], follows: null },
  };
  const then = { openedAt: at(14), round: 2 };

  it.each<[string, RequestRow, RequestRow[], AnswerRow[], Brief['again'], string[]]>([
    [
      'nothing came before',
      row({ id: 'systematization/review-sheet.1', kind: 'review-sheet' }),
      [],
      [],
      null,
      [],
    ],
    [
      'a review asked for changes: whoever drafts reads the comments',
      row({ ...then, id: 'systematization/draft-sheet.2', kind: 'draft-sheet' }),
      [review],
      [answer(review.id, 'per-mtpe', 'approve'), answer(review.id, 'chl-mtps', 'changes', WHY.hash)],
      'changes-asked',
      ['chl-mtps'],
    ],
    [
      'a review asked for changes: and so do those who review again',
      row({ ...then, id: 'systematization/review-sheet.2', kind: 'review-sheet' }),
      [review],
      [answer(review.id, 'chl-mtps', 'changes', WHY.hash)],
      'changes-asked',
      ['chl-mtps'],
    ],
    [
      'a poll was in vain',
      row({ ...then, id: 'session-2/choose-date.2', kind: 'choose-date', item: 2 }),
      [poll],
      [answer(poll.id, 'per-mtpe', 'marks')],
      'none-suited',
      [],
    ],
    [
      'the Secretariat asked for other dates',
      row({ ...then, id: 'session-2/choose-date.2', kind: 'choose-date', item: 2 }),
      [poll, { ...date, closedAt: at(13, 18) }],
      [answer(date.id, 'oas', 'changes', WHY.hash)],
      'other-dates',
      ['oas'],
    ],
    [
      'a session was not held',
      row({ ...then, id: 'session-2/choose-date.2', kind: 'choose-date', item: 2 }),
      [poll, { ...record, closedAt: at(13, 18) }],
      [answer(record.id, 'oas', 'not-held', WHY.hash)],
      'not-held',
      ['oas'],
    ],
    [
      'what was asked for another session is none of its business',
      row({ ...then, id: 'session-3/choose-date.1', kind: 'choose-date', item: 3 }),
      [poll],
      [],
      null,
      [],
    ],
    [
      'a confirmed date is asked for once, whatever came before',
      row({ ...then, id: 'session-2/confirm-date.2', kind: 'confirm-date', item: 2 }),
      [date],
      [answer(date.id, 'oas', 'changes', WHY.hash)],
      null,
      [],
    ],
  ])('%s', (_, asked, before, answers, again, parties) => {
    const brief = briefOf(asked, rows({ requests: [...before, asked], answers }), NOW);
    expect(brief.again).toBe(again);
    expect(brief.reasons.map(({ party }) => party)).toEqual(parties);
    expect(brief.reasons.every(({ text }) => text === WHY.value.reason)).toBe(true);
  });

  it('the Secretariat corrected the programme, while it was up for approval', () => {
    const asked = row({ ...then, id: 'coordination/approve-programme.2', kind: 'approve-programme' });
    const overtaken = { ...approval, outcome: 'lapsed', lapse: 'superseded' as const };
    const brief = briefOf(asked, rows({ requests: [overtaken, asked], changes: [amended] }), NOW);
    expect(brief).toMatchObject({
      again: 'corrected',
      reasons: [{ party: 'oas', by: 'oas-1', text: 'Cambió el marco.' }],
    });
  });

  describe('an answer was annulled', () => {
    const annulled = {
      ...amended,
      ...{ kind: 'annul' as const, reason: 'Era de otro programa.', madeAt: at(14), askedAt: at(14) },
      what: { change: 'annul' as const, request: review.id, party: 'chl-mtps' },
    };
    const before = { ...review, outcome: 'lapsed', lapse: 'annulled' as const };
    const again = row({
      ...{ id: 'systematization/review-sheet.1.2', kind: 'review-sheet', renews: review.id },
      ...{ parties: ['chl-mtps'], openedAt: at(14) },
    });

    it('says so, and why, where it is asked anew; and leads from one to the other', () => {
      const all = rows({ requests: [before, again], changes: [annulled] });
      expect(briefOf(again, all, NOW)).toMatchObject({
        ...{ again: null, renews: review.id, renewedBy: null },
        annulled: [{ party: 'chl-mtps', reason: 'Era de otro programa.', at: at(14) }],
      });
      expect(briefOf(before, all, NOW)).toMatchObject({ renewedBy: again.id, state: 'lapsed' });
    });

    it('what the others wanted is asked with what is wanted now', () => {
      const drafted = row({
        ...{ id: 'systematization/draft-sheet.2', kind: 'draft-sheet', round: 2, openedAt: at(16) },
      });
      const answers = [
        answer(review.id, 'per-mtpe', 'changes', WHY.hash),
        answer(again.id, 'chl-mtps', 'changes', WHY.hash),
      ];
      const requests = [before, { ...again, closedAt: at(15), outcome: 'changes' }, drafted];
      const { again: why, reasons } = briefOf(drafted, rows({ requests, answers }), NOW);
      expect(why).toBe('changes-asked');
      expect(reasons.map(({ party }) => party)).toEqual(['per-mtpe', 'chl-mtps']);
    });

    it('the marks of the others stand beside the date that is to be confirmed', () => {
      const marked = (request: string, party: string): AnswerRow => ({
        ...answer(request, party, 'marks'),
        data: { marks: { a: 'yes' } },
      });
      const slot = { id: 'a', startsAt: at(28), endsAt: at(28, 20) };
      const anew = row({ ...poll, id: `${poll.id}.2`, renews: poll.id, parties: ['chl-mtps'] });
      const confirm = row({ id: date.id, kind: 'confirm-date', item: 2, openedAt: at(15) });
      const brief = briefOf(
        confirm,
        rows({
          requests: [{ ...poll, lapse: 'annulled' }, anew, confirm],
          answers: [marked(poll.id, 'per-mtpe'), marked(anew.id, 'chl-mtps')],
          proposals: [
            {
              ...{ cooperation: ID, session: 2, round: 1, slots: [slot], hash: 'a'.repeat(64) },
              ...{ opensAt: at(20), closesAt: at(30) },
            },
          ],
        }),
        NOW,
      );
      expect(brief.slots[0]?.marks.map(({ party }) => party)).toEqual(['per-mtpe', 'chl-mtps']);
    });
  });
});

describe('how it stands', () => {
  const asked = row({ id: 'coordination/approve-programme.1', kind: 'approve-programme', dueAt: at(15) });
  const { cooperation } = rows();
  const stands = (
    given: Partial<RequestRow>,
    of: Partial<CaseRows['cooperation']> = {},
    answers: AnswerRow[] = [],
  ) => {
    const request = { ...asked, ...given };
    const {
      state,
      overdue,
      owing,
      lapse,
      forSecretariat,
      cooperation: how,
    } = briefOf(request, rows({ requests: [request], answers, cooperation: { ...cooperation, ...of } }), NOW);
    return { state, overdue, owing, lapse, forSecretariat, how };
  };
  const both = ['per-mtpe', 'chl-mtps'];

  it.each([
    ['late', {}, {}, { state: 'open', overdue: true, owing: both, how: 'running' }],
    ['every reminder in vain', { reminders: [at(16)] }, {}, { forSecretariat: true }],
    ['paused: nobody is late', {}, { pausedAt: at(16) }, { overdue: false, owing: both, how: 'paused' }],
    [
      'cancelled',
      {},
      { closedAt: at(16), cancelledAt: at(16) },
      { overdue: false, owing: [], how: 'cancelled' },
    ],
    ['over', {}, { closedAt: at(16) }, { overdue: false, owing: [], how: 'closed' }],
    ['waived', { closedAt: at(16), outcome: 'waived', waived: both }, {}, { state: 'waived', owing: [] }],
    [
      'lapsed',
      { closedAt: at(16), outcome: 'lapsed', lapse: 'superseded' as const },
      {},
      { state: 'lapsed', lapse: 'superseded', owing: [] },
    ],
  ])('%s', (_, request, of, expected) => {
    expect(stands(request, of)).toMatchObject(expected);
  });

  it('answered by one, and waited on for the other', () => {
    expect(stands({}, {}, [answer(asked.id, 'per-mtpe', 'approve')])).toMatchObject({
      state: 'open',
      owing: ['chl-mtps'],
    });
  });

  it('offers no other dates once the window ran out', () => {
    const date = row({ id: 'session-2/confirm-date.1', kind: 'confirm-date', item: 2, parties: ['oas'] });
    const decisions = (windowRanOut: RequestRow['windowRanOut']) =>
      briefOf({ ...date, windowRanOut }, rows(), NOW).decisions;
    expect(decisions(null)).toEqual(['date', 'changes']);
    expect(decisions('time')).toEqual(['date']);
  });
});

describe('the documents that belong to it', () => {
  const document = (version: number, kind: 'sheet' | 'report' | 'shared', given = {}) => ({
    ...{ cooperation: ID, document: kind, version, sha256: String(version).repeat(64), size: '9', by: 'x' },
    ...{
      mediaType: 'text/plain',
      fileName: 'nota.txt',
      title: 'nota.txt',
      at: at(version),
      kind,
      party: 'per-mtpe',
      changes: null,
      withheld: null,
    },
    ...given,
  });

  it('are the version it is about, by what it is and its bytes', () => {
    const subjectHash = '2'.repeat(64);
    const received = row({ id: 'final-report/receive-report.1', kind: 'receive-report', subjectHash });
    const documents = [
      document(1, 'report'),
      document(2, 'report', { party: 'chl-mtps' }),
      document(3, 'shared', { sha256: subjectHash }),
    ];
    expect(briefOf(received, rows({ documents }), NOW).documents).toMatchObject([
      { role: 'subject', document: 'report', version: 2, party: 'chl-mtps' },
    ]);
  });

  it('are the sheet that is published, and not what else there is of it', () => {
    const draft = row({ id: 'final-report/draft-report.1', kind: 'draft-report', openedAt: at(9) });
    const documents = [document(1, 'sheet'), document(2, 'sheet', { at: at(8) })];
    const published = (version: number) => ({
      ...{ kind: 'sheet-published' as const, at: at(version + 4) },
      data: { version, sha256: String(version).repeat(64) },
    });
    const given = (record: ReturnType<typeof published>[], withheld: unknown = null) =>
      briefOf(
        draft,
        rows({
          documents: documents.map((one) => (one.version === 1 ? { ...one, withheld } : one)),
          record,
        } as never),
        NOW,
      ).documents.map(({ role, version }) => `${role} ${version}`);
    expect(given([])).toEqual([]);
    expect(given([published(1)])).toEqual(['sheet 1']);
    expect(given([published(1)], { at: at(10), by: null, change: 1 })).toEqual([]);
    expect(given([published(1), published(2)], { at: at(10), by: null, change: 1 })).toEqual(['sheet 2']);
  });

  it('are the one that was sent back, for whoever writes the next; the template the first time', () => {
    const draft = row({ id: 'systematization/draft-sheet.1', kind: 'draft-sheet', openedAt: at(9) });
    expect(briefOf(draft, rows(), NOW)).toMatchObject({ documents: [], template: 'sheet' });
    const next = { ...draft, id: 'systematization/draft-sheet.2', round: 2 };
    expect(briefOf(next, rows({ documents: [document(1, 'sheet')] }), NOW)).toMatchObject({
      documents: [{ role: 'previous', version: 1 }],
      template: null,
    });
  });
});

it('what came of it is asked with the change that objectives were to bring, where they say so', () => {
  const asked = row({ id: 'follow-up/tell-outcomes.1', kind: 'tell-outcomes', item: 6 });
  const [first, ...others] = programme.objectives.items;
  if (!first) throw new Error('the example has objectives');
  const of = (items: typeof programme.objectives.items) => {
    const given = rows();
    given.cooperation = {
      ...given.cooperation,
      programme: { ...programme, objectives: { ...programme.objectives, items } },
    };
    return briefOf(asked, given, NOW).objectives;
  };
  expect(of(programme.objectives.items)).toEqual([]);
  expect(of([{ ...first, title: 'Conocer', change: 'Se forman.' }, ...others])).toEqual([
    { number: 1, text: `Conocer: ${first.text}`, change: 'Se forman.' },
  ]);
  const review = row({ id: 'systematization/review-sheet.1', kind: 'review-sheet' });
  expect(briefOf(review, rows(), NOW).objectives).toEqual([]);
});

describe('what a request is about, as it was', () => {
  const session = {
    ...{ cooperation: ID, number: 1, contents: 'Escuelas', hours: 2, timeZone: 'America/Lima' },
    ...{ startsAt: '2021-07-20T15:00:00.000Z', endsAt: '2021-07-20T17:00:00.000Z' },
    ...{ windowFrom: null, windowTo: null, link: null, place: null, sequence: 0 },
    ...{ minutes: null, attendance: null, outputs: null, recordedAt: null, cancelledAt: null },
    ...{ agendaFor: null, doneAt: null, minutesTakenAt: null, minutesWay: null, platform: null },
  } satisfies CaseRows['sessions'][number];

  it('is the version of the programme that was answered about, not what stands today', () => {
    const version = {
      ...{ cooperation: ID, version: 1, cause: 'coordination.1', madeAt: at(9), hash: 'a'.repeat(64) },
      ...{ pdfSha256: '', pdfName: '', docxSha256: '', docxName: '', issuedAt: null, approvedIn: null },
      ...{ doneAt: null, differences: [], annulledAt: null },
    };
    const printedSessions = [
      { number: 1, contents: 'Marco', window: { from: '2021-07-01', to: '2021-07-09' }, guests: [] },
      { number: 2, contents: 'Visita', guests: [] },
    ];
    const asked = row({ id: 'coordination/approve-programme.1', kind: 'approve-programme' });
    const shown = (more: object) =>
      briefOf(asked, rows({ sessions: [session], versions: [{ ...version, ...more }] }), NOW).sessions;
    expect(shown({ printedSessions })).toEqual([
      {
        ...{ number: 1, contents: 'Marco', startsAt: null, endsAt: null, timeZone: 'America/Lima' },
        window: { from: '2021-07-01', to: '2021-07-09' },
        passed: null,
      },
      expect.objectContaining({ number: 2, contents: 'Visita', window: null }),
    ]);
    // Of a version whose sessions were not kept there is what stands.
    expect(shown({})).toMatchObject([{ number: 1, contents: 'Escuelas' }]);
  });

  it('says of each session what is behind of it: that it was held, or that its days are over', () => {
    const asked = row({ id: 'coordination/approve-programme.1', kind: 'approve-programme' });
    const ended = { startsAt: '2021-06-15T15:00:00.000Z', endsAt: '2021-06-15T17:00:00.000Z' };
    const dateless = { startsAt: null, endsAt: null };
    const sessions = [
      { ...session, ...ended, number: 1 },
      { ...session, ...ended, number: 2, recordedAt: at(16) },
      { ...session, ...dateless, number: 3, windowFrom: '2021-06-07', windowTo: '2021-06-18' },
      { ...session, ...dateless, number: 4, windowFrom: '2021-06-07', windowTo: '2021-06-21' },
      { ...session, number: 5 },
    ];
    const passed = (given: Partial<CaseRows>, more: Partial<RequestRow> = {}) =>
      briefOf({ ...asked, ...more }, rows({ sessions, ...given }), NOW).sessions.map((one) => one.passed);
    expect(passed({})).toEqual(['date', 'held', 'window', null, null]);
    // A request that is closed says what was behind then.
    expect(passed({}, { closedAt: at(15, 20) })).toEqual(['date', 'date', null, null, null]);

    // Of what was entered after the fact, and of a demonstration, whose past days are invited to all the same.
    const { cooperation } = rows();
    const entered = { ...cooperation, filedAt: at(19) };
    const marked = [1, 3].map((number) => ({ number, opensAt: at(1), past: true }));
    expect(passed({ cooperation: { ...entered, plan: { ...entered.plan, sessions: marked } } })).toEqual([
      ...['date', 'held', 'window'],
      ...[null, null],
    ]);
    expect(passed({ cooperation: entered })).toEqual([null, 'held', null, null, null]);
  });

  it('is a session on the date that it had when it was asked about', () => {
    const [first, second, third] = [2, 20, 28].map(
      (day) => `2021-08-${String(day).padStart(2, '0')}T15:00:00.000Z`,
    );
    const session = {
      ...{ cooperation: ID, number: 2, contents: 'Escuelas', hours: 2, timeZone: 'America/Lima' },
      ...{ startsAt: third, endsAt: '2021-08-28T17:00:00.000Z', windowFrom: null, windowTo: null },
      ...{
        link: null,
        place: null,
        platform: null,
        sequence: 0,
        minutes: null,
        attendance: null,
        outputs: null,
      },
      ...{ recordedAt: null, cancelledAt: null, agendaFor: null, doneAt: null },
    } as unknown as CaseRows['sessions'][number];
    const entry = (kind: 'date-fixed' | 'session-changed' | 'answer-annulled', day: number, data: object) =>
      ({
        ...{ cooperation: ID, seq: String(day), key: `k${day}`, kind, party: null, person: null },
        ...{ at: at(day), data: { session: 2, ...data } },
      }) as CaseRows['record'][number];
    const record = [
      entry('date-fixed', 11, { startsAt: first }),
      entry('session-changed', 14, { startsAt: second, previousStartsAt: first }),
      // Another length is no other date.
      entry('session-changed', 15, { changes: ['hours'] }),
      entry('answer-annulled', 17, { startsAt: second }),
      entry('date-fixed', 20, { startsAt: third }),
    ];
    const asked = { id: 'session-2/record-session.1', kind: 'record-session' as const, item: 2 };
    const on = (openedAt: string, closedAt: string | null, given = record) =>
      briefOf(row({ ...asked, openedAt, closedAt }), rows({ sessions: [session], record: given }), NOW)
        .sessions[0];
    expect(on(at(12), at(13))).toMatchObject({ startsAt: first, endsAt: '2021-08-02T17:00:00.000Z' });
    expect(on(at(16), at(17))).toMatchObject({ startsAt: second });
    expect(on(at(18), at(19))).toMatchObject({ startsAt: null, endsAt: null });
    expect(on(at(21), at(22))).toMatchObject({ startsAt: third });
    // What is open is about the date that there is.
    expect(on(at(12), null)).toMatchObject({ startsAt: third });
    // Before it was moved it had the date that it was moved from; before one was fixed, the one of the programme.
    expect(on(at(12), at(13), record.slice(1))).toMatchObject({ startsAt: first });
    const planned = planOf(programme).sessions.find(({ number }) => number === 2)?.date?.startsAt ?? null;
    expect(on(at(9), at(10))).toMatchObject({ startsAt: planned });
    expect(on(at(9), at(10), [])).toMatchObject({ startsAt: third });
  });

  it('is a session with what the programme said of it when that was asked', () => {
    const version = {
      ...{ cooperation: ID, cause: 'coordination.1', hash: 'a'.repeat(64), approvedIn: null, doneAt: null },
      ...{ pdfSha256: '', pdfName: '', docxSha256: '', docxName: '', issuedAt: null, annulledAt: null },
      differences: [],
    };
    const printed = (contents: string, to: string) => ({
      printedSessions: [
        { number: 1, contents, window: { from: '2021-07-01', to, label: 'julio' }, guests: [] },
      ],
    });
    const versions = [
      { ...version, version: 1, madeAt: at(8), ...printed('Marco', '2021-07-09') },
      { ...version, version: 2, madeAt: at(12), ...printed('Marco y costos', '2021-07-16') },
    ];
    const standing = { ...session, windowFrom: '2021-07-01', windowTo: '2021-07-30' };
    const asked = row({ id: 'session-1/choose-date.1', kind: 'choose-date', item: 1 });
    const shown = (openedAt: string, closedAt: string | null) =>
      briefOf(row({ ...asked, openedAt, closedAt }), rows({ sessions: [standing], versions }), NOW).sessions;
    expect(shown(at(10), at(11))).toMatchObject([
      { contents: 'Marco', window: { from: '2021-07-01', to: '2021-07-09' } },
    ]);
    expect(shown(at(13), at(14))).toMatchObject([
      { contents: 'Marco y costos', window: { from: '2021-07-01', to: '2021-07-16' } },
    ]);
    // While it is open, and of what no version had, it is what stands.
    for (const closedAt of [null, at(9)])
      expect(shown(closedAt ? at(7) : at(10), closedAt)).toMatchObject([
        { contents: 'Escuelas', window: { from: '2021-07-01', to: '2021-07-30' } },
      ]);
  });

  it('is the meeting on the date that it had', () => {
    const asked = { id: 'coordination/confirm-coordination.1', kind: 'confirm-coordination' as const };
    const moved = {
      ...{ cooperation: ID, seq: '4', key: 'k', kind: 'meeting-set' as const, party: null, person: null },
      ...{ at: at(14), data: { startsAt: MEETING.startsAt, previousStartsAt: '2021-06-02T15:00:00.000Z' } },
    };
    const on = (closedAt: string | null) =>
      briefOf(row({ ...asked, closedAt }), rows({ record: [moved] }), NOW).meeting;
    expect(on(at(13))).toMatchObject({
      ...{ startsAt: '2021-06-02T15:00:00.000Z', endsAt: '2021-06-02T17:30:00.000Z' },
    });
    expect(on(at(15))).toMatchObject({ startsAt: MEETING.startsAt });
    expect(on(null)).toMatchObject({ startsAt: MEETING.startsAt });
  });
});

describe('where an answer ends the cooperation', () => {
  const receive = row({ id: 'final-report/receive-report.1', kind: 'receive-report', parties: ['oas'] });
  const documents = row({ id: 'documents/send-documents.1', kind: 'send-documents' });
  const question = row({
    ...{ id: 'documents/answer-question-2.1', kind: 'answer-question', item: 2, parties: ['chl-mtps'] },
  });
  const sheet = row({ id: 'sheet-4/draft-sheet.1', kind: 'draft-sheet', item: 2, parties: ['consultant'] });
  const amended = row({ id: 'amendment-7/approve-programme.1', kind: 'approve-programme', item: 3 });
  const lapsed = { closedAt: at(19), outcome: 'lapsed', lapse: 'cooperation-closed' } as const;
  const left = (asked: RequestRow, requests: RequestRow[]) =>
    briefOf(
      asked,
      rows({ requests: [asked, ...requests], answers: [answer(documents.id, 'per-mtpe', 'done')] }),
      NOW,
    ).atTheEnd.map(({ request, owing, how }) => `${request} ${owing} ${how}`);

  it('tells what is closed with it, what goes on, and what is waited for before', () => {
    expect(left(receive, [documents, question, sheet, amended])).toEqual([
      'documents/send-documents.1 chl-mtps closes',
      'documents/answer-question-2.1 chl-mtps closes',
      'sheet-4/draft-sheet.1 consultant continues',
      'amendment-7/approve-programme.1 per-mtpe,chl-mtps first',
    ]);
  });

  it('tells what was closed with it, and nothing that was answered or superseded', () => {
    const accepted = { ...receive, closedAt: at(19), outcome: 'approve' };
    const answered = { ...question, closedAt: at(15), outcome: 'done' };
    expect(left(accepted, [{ ...documents, ...lapsed }, answered, sheet])).toEqual([
      'documents/send-documents.1 chl-mtps closes',
      'sheet-4/draft-sheet.1 consultant continues',
    ]);
    expect(left(accepted, [{ ...documents, ...lapsed, lapse: 'superseded' }])).toEqual([]);
    // One that was sent back ends nothing, nor does the approval of a sheet.
    expect(left({ ...accepted, outcome: 'changes' }, [{ ...documents, ...lapsed }])).toEqual([]);
    expect(left(row({ id: 'systematization/review-sheet.1', kind: 'review-sheet' }), [documents])).toEqual(
      [],
    );
  });
});
