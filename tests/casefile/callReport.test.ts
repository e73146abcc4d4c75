import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepContent } from '../../src/casefile/contents.ts';
import { type CaseFile, json } from '../../src/casefile/database/database.ts';
import { addDocumentVersion } from '../../src/casefile/documents.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { addToRecord } from '../../src/casefile/record.ts';
import { reportOfCall } from '../../src/casefile/results/callReport.ts';
import type { Attendee, Outcome, Outcomes, WithReport } from '../../src/domain/content.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { testCaseFile } from '../support/database.ts';
import { example } from '../support/programme.ts';

const BEGUN = '2021-06-01T12:00:00.000Z';
const NOW = '2021-09-01T12:00:00.000Z';
const CHANGE = 'La malla incluye un módulo.';

describe('the report of a call', () => {
  let db: CaseFile;
  let drop: () => Promise<void>;
  const file = async (id: string, call = 14) => {
    const programme = { ...example(), id, call: { number: call, year: 2007 + call } };
    const [first] = programme.objectives.items;
    if (first) first.change = CHANGE;
    await fileCooperation(db, programme, planOf(programme), BEGUN);
  };
  const ended = (id: string, closedAt: string, more = {}) =>
    db
      .updateTable('cooperation')
      .set({ closedAt, followedUpAt: closedAt, ...more })
      .where('id', '=', id)
      .execute();
  const held = (cooperation: string, number: number, attendance: Attendee[]) =>
    db
      .updateTable('session')
      .set({ recordedAt: NOW, hours: 1.5, attendance: json(attendance) as never })
      .where('cooperation', '=', cooperation)
      .where('number', '=', number)
      .execute();
  const ask = (cooperation: string, id: string, party: string, openedAt: string, closedAt: string | null) =>
    db
      .insertInto('request')
      .values({
        ...{ cooperation, id, kind: 'choose-date' as const, round: 1, item: 1, parties: json([party]) },
        ...{ subjectRef: 's', subjectHash: 'h', trouble: null, dueAt: NOW, waived: json([]) },
        ...{ openedAt, reminders: json([]), windowRanOut: null, closedAt, outcome: null },
      })
      .execute();
  /** Asked after the end, so that nobody was waited on. */
  const told = async (
    ...[cooperation, id, months, party, came, text, objectives]: [
      ...[string, string, number, string, Outcome[], string],
      Outcomes['objectives']?,
    ]
  ) => {
    await db
      .insertInto('request')
      .values({
        ...{ cooperation, id, kind: 'tell-outcomes', round: 1, item: months, parties: json([party]) },
        ...{ subjectRef: 's', subjectHash: 'h', trouble: null, dueAt: NOW, waived: json([]) },
        ...{ openedAt: NOW, reminders: json([]), windowRanOut: null, closedAt: NOW, outcome: 'done' },
      })
      .execute();
    const hash = `${id} ${party}`;
    await keepContent(db, cooperation, hash, { came, text, ...(objectives && { objectives }) }, NOW);
    await sql`insert into answer (cooperation, request, party, by, decision, content, data, at)
      values (${cooperation}, ${id}, ${party}, ${`${party}-1`}, 'done', ${hash}, '{}', ${NOW})`.execute(db);
  };
  /** A version of the report, with what came beside its file. */
  const handedIn = async (cooperation: string, round: number, party: string, came: WithReport) => {
    const id = `final-report/draft-report.${round}`;
    await db
      .insertInto('request')
      .values({
        ...{ cooperation, id, kind: 'draft-report', round, item: null, parties: json([party]) },
        ...{ subjectRef: 's', subjectHash: 'h', trouble: null, dueAt: NOW, waived: json([]) },
        ...{ openedAt: NOW, reminders: json([]), windowRanOut: null, closedAt: NOW, outcome: 'done' },
      })
      .execute();
    const hash = `report ${round}`;
    await keepContent(db, cooperation, hash, came, NOW);
    const at = `2021-07-2${round}T12:00:00.000Z`;
    await sql`insert into answer (cooperation, request, party, by, decision, data, at)
      values (${cooperation}, ${id}, ${party}, ${`${party}-1`}, 'submit', ${{ commitments: hash }}, ${at})`.execute(
      db,
    );
  };
  const document = (cooperation: string, id: string, kind: 'shared' | 'sheet') =>
    addDocumentVersion(
      db,
      {
        ...{ cooperation, document: id, title: 'D', kind, party: 'chl-mtps', by: 'chl-mtps-1' },
        ...{ sha256: 'a'.repeat(64), size: 3, mediaType: 'text/plain', fileName: 'd.txt' },
      },
      NOW,
    );
  const question = (number: number, answer: string | null) =>
    db
      .insertInto('question')
      .values({
        ...{ cooperation: 'a-closed', number, fromParty: 'per-mtpe', by: 'per-mtpe-1', toParty: 'chl-mtps' },
        ...{ session: null, text: '¿?', askedAt: NOW, answer },
        ...{ answeredBy: answer && 'chl-mtps-1', answeredAt: answer && NOW },
      })
      .execute();
  beforeAll(async () => {
    ({ caseFile: db, drop } = await testCaseFile());
    for (const id of ['a-closed', 'b-open', 'c-cancelled']) await file(id);
    await file('z-other', 15);
    await held('a-closed', 1, [
      { name: 'Ana Vega', party: 'per-mtpe', person: 'per-mtpe-1', sex: 'woman' },
      { name: 'Luis Mena', institution: 'SENCE', sex: 'man' },
      'Alguien',
    ]);
    await held('a-closed', 2, [{ name: 'Ana Vega', party: 'per-mtpe', person: 'per-mtpe-1' }]);
    // An id is one person in one cooperation, and another in the next.
    await held('b-open', 1, [{ name: 'Eva Soto', party: 'per-mtpe', person: 'per-mtpe-1', sex: 'woman' }]);
    await document('a-closed', 'doc-1', 'shared');
    await document('a-closed', 'sheet', 'sheet');
    await document('z-other', 'doc-1', 'shared');
    await question(1, 'Sí.');
    await question(2, null);
    await addToRecord(db, {
      ...{ cooperation: 'a-closed', key: 'sheet-published:1', at: NOW, kind: 'sheet-published' },
      data: { version: 1, sha256: 'a'.repeat(64) },
    });
    // Two that overlap: twelve days in all.
    await ask('a-closed', 'x.1', 'chl-mtps', '2021-06-10T12:00:00.000Z', '2021-06-20T12:00:00.000Z');
    await ask('a-closed', 'x.2', 'chl-mtps', '2021-06-15T12:00:00.000Z', '2021-06-22T12:00:00.000Z');
    await ask('b-open', 'x.1', 'per-mtpe', '2021-08-29T12:00:00.000Z', null);
    await told('a-closed', 'follow-up/tell-outcomes.1', 6, 'per-mtpe', ['nothing-yet'], 'Falta la norma.');
    await told(
      'a-closed',
      'follow-up/tell-outcomes.2',
      12,
      'per-mtpe',
      ['training', 'legislation'],
      'Un curso.',
      [{ objective: 1, seen: 'in-part', text: 'Falta una parte.' }],
    );
    await told('z-other', 'follow-up/tell-outcomes.1', 6, 'chl-mtps', ['products'], 'Nada de aquí.');
    const money = { party: 'per-mtpe', currency: 'USD' as const };
    await handedIn('a-closed', 1, 'per-mtpe', { lessons: ['Una.'], funding: [{ ...money, amount: 100 }] });
    // Says nothing of lessons, and something else of money.
    await handedIn('a-closed', 2, 'per-mtpe', {
      funding: [
        { ...money, amount: 0.1, what: 'Pasajes' },
        { ...money, party: 'chl-mtps', amount: 0.2 },
        { party: 'chl-mtps', currency: 'CLP', amount: 5000 },
      ],
    });
    await handedIn('b-open', 1, 'per-mtpe', { commitments: [], lessons: ['Otra.', 'Y otra.'] });
    // Taken back.
    await handedIn('b-open', 2, 'per-mtpe', { lessons: [], funding: [{ ...money, amount: 7 }] });
    await db
      .updateTable('answer')
      .set({ withdrawnAt: NOW, withdrawnBy: 'per-mtpe-1', withdrawnHow: 'taken-back' })
      .where('request', '=', 'final-report/draft-report.2')
      .where('cooperation', '=', 'b-open')
      .execute();
    await ended('a-closed', '2021-07-31T12:00:00.000Z');
    await ended('c-cancelled', '2021-06-05T12:00:00.000Z', { cancelledAt: '2021-06-05T12:00:00.000Z' });
  });
  afterAll(() => drop());

  it('sums what its cooperations did, and none of another call', async () => {
    const report = await reportOfCall(db, '14', NOW);
    expect(report).toMatchObject({
      ...{ call: 14, years: [2021], days: 60 },
      states: { running: 1, paused: 0, followedUp: 0, closed: 1, cancelled: 1 },
      requesting: [{ country: 'PE', cooperations: 3 }],
      providing: [{ country: 'CL', cooperations: 3 }],
      totals: {
        ...{ sessions: 3, hours: 4.5, documents: 1, questions: 2, answered: 1 },
        ...{ reached: 4, sheets: 1, reports: 1 },
      },
    });
    expect(report.cooperations.map(({ id, state, days }) => [id, state, days])).toEqual([
      ['a-closed', 'closed', 60],
      ['b-open', 'running', null],
      ['c-cancelled', 'cancelled', null],
    ]);
  });

  it('has what came of its cooperations, as their ministries told, with their words', async () => {
    const report = await reportOfCall(db, '14', NOW);
    expect(report.outcomes).toEqual({
      ...{ products: 0, processes: 0, training: 1, legislation: 1 },
      // That there was nothing yet was overtaken.
      'nothing-yet': 0,
    });
    const own = { cooperation: 'a-closed', institution: 'MTPE' };
    expect(report.told).toEqual([
      { ...own, months: 6, came: ['nothing-yet'], text: 'Falta la norma.', changes: [] },
      {
        ...{ ...own, months: 12, came: ['training', 'legislation'], text: 'Un curso.' },
        changes: [{ change: CHANGE, seen: 'in-part', said: 'Falta una parte.' }],
      },
    ]);
    // Of each of the three cooperations one objective says what it is to change.
    expect([report.expected, report.changes]).toEqual([
      ...[3, { brought: 0, 'in-part': 1, 'not-yet': 0, not: 0 }],
    ]);
  });

  it('has what was learned and what was put in in money, as the last version of each report says it', async () => {
    const { cooperations, funding, totals } = await reportOfCall(db, '14', NOW);
    expect(cooperations.map(({ learned, lessons }) => [learned, lessons])).toEqual([
      [['Una.'], 1],
      [['Otra.', 'Y otra.'], 2],
      [[], 0],
    ]);
    const sums = [
      { currency: 'USD', amount: 0.3 },
      { currency: 'CLP', amount: 5000 },
    ];
    expect(cooperations.map((one) => one.funding)).toEqual([sums, [], []]);
    expect([funding, totals.lessons]).toEqual([sums, 3]);
  });

  it('counts people once in a cooperation, by institution and sex', async () => {
    const { reachedBy } = await reportOfCall(db, '14', NOW);
    expect(reachedBy).toHaveLength(3);
    expect(reachedBy).toContainEqual({ institution: 'MTPE', woman: 2, man: 0, unstated: 0 });
    expect(reachedBy).toContainEqual({ institution: 'SENCE', woman: 0, man: 1, unstated: 0 });
    expect(reachedBy).toContainEqual({ institution: null, woman: 0, man: 0, unstated: 1 });
  });

  it('counts the days on which a side was waited on, several requests at once only once', async () => {
    const { cooperations } = await reportOfCall(db, '14', NOW);
    expect(cooperations.map(({ waited }) => waited)).toEqual([
      { requesting: 0, providing: 12, secretariat: 0, consultant: 0 },
      { requesting: 3, providing: 0, secretariat: 0, consultant: 0 },
      { requesting: 0, providing: 0, secretariat: 0, consultant: 0 },
    ]);
  });

  it('of a call of which nothing has come yet has no mean, and nobody reached', async () => {
    const report = await reportOfCall(db, '15', NOW);
    expect(report).toMatchObject({ days: null, reachedBy: [], states: { running: 1 } });
  });

  it('refuses a call that there is none of, with those that there are', async () => {
    for (const call of ['99', 'x', '14; drop', '99999999999'])
      await expect(reportOfCall(db, call, NOW)).rejects.toMatchObject({
        refusal: { code: 'CallUnknown', call, calls: [15, 14] },
      });
  });
});
