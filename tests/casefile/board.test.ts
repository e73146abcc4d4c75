import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardRows, isShown, type Show, standingCounts, standings } from '../../src/casefile/board.ts';
import { type CaseFile, json, migrate, openCaseFile } from '../../src/casefile/database/database.ts';
import { addDocumentVersion } from '../../src/casefile/documents.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { moveMeeting } from '../../src/casefile/meetings.ts';
import { addToRecord } from '../../src/casefile/record.ts';
import { summaries } from '../../src/casefile/summaries.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { summaryOf } from '../../src/domain/caseView.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { nextEvent } from '../../src/domain/standing.ts';
import { emptyDatabase, testCaseFile } from '../support/database.ts';
import { changedSource } from '../support/programme.ts';

const SHEET = 'e'.repeat(64);
const NOW = '2021-07-20T12:00:00.000Z';
const LATE = '2021-07-19T12:00:00.000Z';
const SOON = '2021-07-30T12:00:00.000Z';

describe('the board', () => {
  let db: CaseFile;
  let drop: () => Promise<void>;
  let url: string;
  const file = (id: string, call?: number) => fileIn(db, id, call);
  const fileIn = async (caseFile: CaseFile, id: string, call = 14) => {
    const checked = checkProgrammeFile(
      changedSource((given) => {
        given.id = id;
        given.call = { number: call, year: 2007 + call };
      }),
    );
    if ('mistakes' in checked) throw new Error('mistaken');
    await fileCooperation(caseFile, checked.programme, planOf(checked.programme), '2021-06-01T12:00:00.000Z');
  };
  const ask = (cooperation: string, id: string, kind: string, parties: string[], dueAt: string, more = {}) =>
    db
      .insertInto('request')
      .values({
        ...{ cooperation, id, kind: kind as 'choose-date', round: 1, item: 1, parties: json(parties) },
        ...{ subjectRef: 's', subjectHash: 'h', trouble: null, dueAt, waived: json([]) },
        ...{ openedAt: '2021-07-10T12:00:00.000Z', reminders: json([SOON]), windowRanOut: null },
        ...{ closedAt: null, outcome: null, ...more },
      })
      .execute();
  beforeAll(async () => {
    ({ caseFile: db, url, drop } = await testCaseFile());
    for (const id of ['a-waits', 'b-late', 'c-oas', 'd-closed', 'e-paused', 'f-partly', 'g-cancelled'])
      await file(id);
    await file('z-newer', 15);
    await ask('a-waits', 'session-1/choose-date.1', 'choose-date', ['per-mtpe', 'chl-mtps'], SOON);
    await ask('b-late', 'session-1/choose-date.1', 'choose-date', ['chl-mtps'], LATE);
    await ask('b-late', 'session-2/choose-date.1', 'choose-date', ['chl-mtps'], SOON);
    await ask('c-oas', 'systematization/name-consultant.1', 'name-consultant', ['oas'], SOON);
    await ask('e-paused', 'session-1/choose-date.1', 'choose-date', ['chl-mtps'], LATE);
    await ask('f-partly', 'session-1/choose-date.1', 'choose-date', ['per-mtpe', 'chl-mtps', 'oas'], SOON, {
      waived: json(['oas']),
      reminders: json([LATE]),
    });
    await db
      .insertInto('answer')
      .values({
        ...{
          cooperation: 'f-partly',
          request: 'session-1/choose-date.1',
          party: 'per-mtpe',
          by: 'per-mtpe-1',
        },
        ...{ decision: 'marks', content: null, data: json({}), at: NOW },
      })
      .execute();
    const told = (cooperation: string, kind: 'programme-issued' | 'sheet-published') =>
      addToRecord(db, { cooperation, key: kind, at: LATE, kind, data: { version: 1, sha256: SHEET } });
    for (const id of ['b-late', 'c-oas', 'd-closed']) await told(id, 'programme-issued');
    await told('d-closed', 'sheet-published');
    await db
      .updateTable('cooperation')
      .set({ closedAt: NOW, followedUpAt: NOW })
      .where('id', '=', 'd-closed')
      .execute();
    // A cancelled one is closed too, and has not come to its end.
    await db
      .updateTable('cooperation')
      .set({ closedAt: LATE, cancelledAt: LATE })
      .where('id', '=', 'g-cancelled')
      .execute();
    await db.updateTable('cooperation').set({ pausedAt: LATE }).where('id', '=', 'e-paused').execute();
    await db
      .updateTable('session')
      .set({ recordedAt: LATE })
      .where('cooperation', '=', 'c-oas')
      .where('number', '=', 1)
      .execute();
  });
  afterAll(() => drop());

  it('has the newest call first, in it the overdue first and the closed last', async () => {
    const all = await standings(db, NOW);
    expect(all.map(({ id }) => id)).toEqual([
      'z-newer',
      'b-late',
      'e-paused',
      'a-waits',
      'c-oas',
      'f-partly',
      'd-closed',
      'g-cancelled',
    ]);
    const counts = await standingCounts(db, NOW);
    for (const [show, ids] of Object.entries({
      all: all.map(({ id }) => id),
      overdue: ['b-late'],
      secretariat: ['c-oas', 'f-partly'],
      closed: ['d-closed'],
      followedUp: [],
      cancelled: ['g-cancelled'],
      paused: ['e-paused'],
      running: ['z-newer', 'b-late', 'a-waits', 'c-oas', 'f-partly'],
    } satisfies Record<Show, string[]>) as [Show, string[]][]) {
      const shown = await standings(db, NOW, { show });
      expect(shown.map(({ id }) => id)).toEqual(ids);
      expect(all.filter((one) => isShown(one, show))).toEqual(shown);
      const counted = counts.filter((one) => isShown(one, show));
      expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length);
    }
    const call = { callNumber: 14, callYear: 2021 };
    const second = await standings(db, NOW, { call, from: 2, most: 2 });
    expect(second.map(({ id }) => id)).toEqual(['a-waits', 'c-oas']);
  });

  it('follows what is owed: answered, taken back, given more time, reminded, and not for the Secretariat alone', async () => {
    await file('h-follows', 13);
    const request = 'session-1/choose-date.1';
    await ask('h-follows', request, 'choose-date', ['chl-mtps', 'oas'], LATE);
    const how = async () => {
      const { overdue, secretariat } = await one(
        standings(db, NOW, { call: { callNumber: 13, callYear: 2020 } }),
      );
      return { overdue, secretariat };
    };
    const one = async <T>(rows: Promise<T[]>) => (await rows)[0] as T;
    const answer = (party: string) =>
      db
        .insertInto('answer')
        .values({
          ...{ cooperation: 'h-follows', request, party, by: `${party}-1`, decision: 'marks' },
          ...{ content: null, data: json({}), at: NOW },
        })
        .execute();
    const set = (what: object) =>
      db.updateTable('request').set(what).where('cooperation', '=', 'h-follows').execute();
    expect(await how()).toEqual({ overdue: true, secretariat: true });
    await answer('oas');
    expect(await how()).toEqual({ overdue: true, secretariat: false });
    await set({ reminders: json([LATE]) });
    expect(await how()).toEqual({ overdue: true, secretariat: true });
    await set({ reminders: json([SOON]), dueAt: SOON });
    expect(await how()).toEqual({ overdue: false, secretariat: false });
    await db
      .updateTable('answer')
      .set({ withdrawnAt: NOW, withdrawnBy: 'oas-1', withdrawnHow: 'taken-back' })
      .where('cooperation', '=', 'h-follows')
      .execute();
    expect(await how()).toEqual({ overdue: false, secretariat: true });
    await set({ waived: json(['oas']) });
    expect(await how()).toEqual({ overdue: false, secretariat: false });
    await set({ reminders: json([]), dueAt: LATE });
    expect(await how()).toEqual({ overdue: true, secretariat: true });
    await set({ closedAt: NOW });
    expect(await how()).toEqual({ overdue: false, secretariat: false });
  });

  it('knows what two at once have answered, whoever is first', async () => {
    await file('i-at-once', 12);
    const request = 'session-1/choose-date.1';
    await ask('i-at-once', request, 'choose-date', ['chl-mtps', 'oas'], LATE);
    const other = openCaseFile(url, { connections: 1 });
    const answer = (tx: CaseFile, party: string) =>
      tx
        .insertInto('answer')
        .values({
          ...{ cooperation: 'i-at-once', request, party, by: `${party}-1`, decision: 'marks' },
          ...{ content: null, data: json({}), at: NOW },
        })
        .execute();
    let both!: () => void;
    let written = 0;
    const bothWritten = new Promise<void>((resolve) => {
      both = resolve;
    });
    // Both have written before either ends.
    await Promise.all(
      [
        { on: db, party: 'chl-mtps' },
        { on: other, party: 'oas' },
      ].map(({ on, party }) =>
        on.transaction().execute(async (tx) => {
          await answer(tx, party);
          if (++written === 2) both();
          await bothWritten;
        }),
      ),
    );
    await other.destroy();
    const [standing] = await standings(db, NOW, { call: { callNumber: 12, callYear: 2019 } });
    expect(standing).toMatchObject({ overdue: false, secretariat: false });
  });

  it('tells of each what its whole view tells', async () => {
    const all = await standings(db, NOW);
    const rows = await boardRows(db, all, NOW);
    expect(rows.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    for (const row of rows) {
      const view = await viewOf(db, row.id, NOW);
      expect(row.steps, row.id).toEqual(view?.steps);
      expect(row.subject).toBe(view?.programme.subject);
      const owed = view?.requests.flatMap(({ id, owing, overdue, forSecretariat }) =>
        owing.map((party) => ({ request: id, party, overdue, forSecretariat })),
      );
      const shown = row.owed.map(({ request, party, overdue, forSecretariat }) => ({
        ...{ request, party, overdue, forSecretariat },
      }));
      expect(shown, row.id).toEqual(expect.arrayContaining(owed ?? []));
      expect(shown).toHaveLength(owed?.length ?? -1);
    }
    expect(rows.find(({ id }) => id === 'f-partly')?.owed.map(({ party }) => party)).toEqual(['chl-mtps']);
    expect(rows.find(({ id }) => id === 'd-closed')?.report).toEqual({ at: NOW, done: true });
    expect(rows.find(({ id }) => id === 'd-closed')?.sheet).toEqual({ at: LATE, done: true });
    await addDocumentVersion(
      db,
      {
        ...{
          cooperation: 'd-closed',
          document: 'sheet',
          title: 'Ficha',
          kind: 'sheet',
          party: 'oas',
          by: 'oas-1',
        },
        ...{ sha256: SHEET, size: 9, mediaType: 'application/pdf', fileName: 'ficha.pdf' },
      },
      LATE,
    );
    const withheld = json({ at: NOW, by: null, change: 1 });
    await db.updateTable('documentVersion').set({ withheld }).where('cooperation', '=', 'd-closed').execute();
    const [over] = await boardRows(
      db,
      all.filter(({ id }) => id === 'd-closed'),
      NOW,
    );
    expect(over?.sheet).toEqual({ at: NOW, done: false, withdrawn: true });
  });

  it('has the coordination meeting as it stands, wherever it was moved to since the programme was written', async () => {
    const startsAt = '2021-07-28T15:00:00.000Z';
    await db.transaction().execute((tx) => moveMeeting(tx, { cooperation: 'z-newer', hours: 1 }, startsAt));
    const [row] = await boardRows(
      db,
      (await standings(db, NOW)).filter(({ id }) => id === 'z-newer'),
      NOW,
    );
    expect(row?.meeting).toMatchObject({ startsAt, endsAt: '2021-07-28T16:00:00.000Z', recordedAt: null });
    expect(row && nextEvent(row, NOW)).toMatchObject({ meeting: { startsAt } });
  });

  it('in the terminal has summaries of the same cases, page by page, by as many queries as one case takes', async () => {
    const all = (await summaries(db, NOW, { most: 100 })).map(({ id }) => id);
    expect(all).toEqual([
      'z-newer',
      'a-waits',
      'b-late',
      'c-oas',
      'd-closed',
      'e-paused',
      'f-partly',
      'g-cancelled',
      'h-follows',
      'i-at-once',
    ]);
    const pages: string[][] = [[]];
    while (pages.length === 1 || pages.at(-1)?.length === 3) {
      const page = await summaries(db, NOW, { after: pages.at(-1)?.at(-1), most: 3 });
      for (const one of page) {
        const view = await viewOf(db, one.id, NOW);
        expect(one).toEqual(view && summaryOf(view, view.requests));
      }
      pages.push(page.map(({ id }) => id));
    }
    expect(pages.slice(1).map(({ length }) => length)).toEqual([3, 3, 3, 1]);
    expect(pages.flat()).toEqual(all);
    expect(await summaries(db, NOW, { after: 'i-at-once', most: 3 })).toEqual([]);

    let asked = 0;
    const counted = openCaseFile(url, { connections: 1 }).withPlugin({
      transformQuery: ({ node }) => {
        asked++;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await summaries(counted, NOW, { most: 1 });
    const forOne = asked;
    asked = 0;
    await summaries(counted, NOW, { most: 100 });
    await counted.destroy();
    expect(asked).toBe(forOne);
    expect(asked).toBeGreaterThan(0);
  });

  it('knows of cooperations that were there before it was kept', async () => {
    const before = await emptyDatabase();
    const old = openCaseFile(before.url);
    try {
      await migrate(old, '0005-waiting-files');
      await fileIn(old, 'from-before');
      await migrate(old);
      expect(await standings(old, NOW)).toMatchObject([
        { id: 'from-before', callNumber: 14, state: 'running' },
      ]);
    } finally {
      await old.destroy();
      await before.drop();
    }
  });
});
