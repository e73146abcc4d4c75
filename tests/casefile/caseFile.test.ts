import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepContent } from '../../src/casefile/contents.ts';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { type CaseFile, migrate, openCaseFile } from '../../src/casefile/database/database.ts';
import { addDocumentVersion, type NewVersion } from '../../src/casefile/documents.ts';
import { fileCooperation, hashOf, peopleOf } from '../../src/casefile/filing.ts';
import { findMail, noteAttempt, prepareMail, withdrawMails } from '../../src/casefile/mails/mails.ts';
import { everyoneOf } from '../../src/casefile/people.ts';
import { nextProgrammeVersion, programmesOf } from '../../src/casefile/programmes.ts';
import { addQuestion } from '../../src/casefile/questions.ts';
import { addToRecord, readChain, readRecord, recordFaults } from '../../src/casefile/record.ts';
import {
  answersTo,
  enterRequest,
  everyAnswerTo,
  findRequest,
  recordAnswer,
  standingOf,
  takeAnswerBack,
} from '../../src/casefile/requests.ts';
import { sessionOf } from '../../src/casefile/sessions.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { chainFaults } from '../../src/evidence/chain.ts';
import { testCaseFile } from '../support/database.ts';
import { example } from '../support/programme.ts';

const NOW = '2021-06-10T15:00:00.000Z';
const LATER = '2021-06-11T15:00:00.000Z';
const HASH = 'a'.repeat(64);
let db: CaseFile;
let drop: () => Promise<void>;
let programme = example();
let { id } = programme;
let filed = 0;
beforeAll(async () => {
  ({ caseFile: db, drop } = await testCaseFile());
});
afterAll(() => drop());
/** One database serves all tests, a cooperation each: a new one takes longer than most of them. */
beforeEach(async () => {
  programme = { ...example(), id: `test-${++filed}` };
  id = programme.id;
  await fileCooperation(db, programme, planOf(programme), NOW);
});

describe('filing', () => {
  it('files a programme once, however often it is handed in', async () => {
    expect(await fileCooperation(db, programme, planOf(programme), LATER)).toBe('filed');
    const people = await everyoneOf(db, id);
    expect(people).toHaveLength(peopleOf(programme).length);
    expect((await readRecord(db, id)).map(({ kind }) => kind)).toEqual(['cooperation-filed']);
  });

  it('leaves a cooperation alone when another programme has its id', async () => {
    const other = { ...programme, title: 'Otra cooperación' };
    expect(await fileCooperation(db, other, planOf(other), LATER)).toBe('taken');
    expect((await findCooperation(db, id))?.programme.title).toBe(programme.title);
  });

  it('gives ids that hold no name', () => {
    const ids = peopleOf(programme).map((person) => person.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const one of ids) expect(one).toMatch(/^(per-mtpe|chl-mtps|oas|consultant|guest-2)-\d+$/);
  });

  it('hashes what is equal to the same, in whatever order a database gives its keys', () => {
    expect(hashOf({ b: [{ d: 1, c: 2 }], a: 'x' })).toBe(hashOf({ a: 'x', b: [{ c: 2, d: 1 }] }));
    expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
  });

  it('can be migrated again, and has its rows after a restart', async () => {
    await migrate(db);
    const { url, caseFile: first, drop } = await testCaseFile();
    await fileCooperation(first, programme, planOf(programme), NOW);
    await first.destroy();
    const second = openCaseFile(url);
    await migrate(second);
    expect(
      (await second.selectFrom('cooperation').selectAll().execute()).map((row) => [row.id, row.filedAt]),
    ).toEqual([[id, NOW]]);
    await second.destroy();
    await drop();
  });
});

describe('the record', () => {
  it('has an event once, in the order it was written', async () => {
    const entry = { cooperation: id, at: NOW, kind: 'agenda-sent' as const };
    await addToRecord(db, { ...entry, key: 'one' });
    await addToRecord(db, [
      { ...entry, key: 'two' },
      { ...entry, key: 'one', at: LATER },
    ]);
    await addToRecord(db, [
      { ...entry, key: 'four' },
      { ...entry, key: 'five' },
      { ...entry, key: 'four', at: LATER },
    ]);
    expect((await readRecord(db, id)).slice(-2).map(({ key, at }) => [key, at])).toEqual([
      ['four', NOW],
      ['five', NOW],
    ]);
    const entries = (await readRecord(db, id)).slice(1, 3);
    expect(entries.map(({ key, at }) => [key, at])).toEqual([
      ['one', NOW],
      ['two', NOW],
    ]);
    expect(await readRecord(db, id, entries[0]?.seq)).toHaveLength(3);
  });

  it('is chained, also where several write at once', async () => {
    const entry = { cooperation: id, kind: 'mail-sent' as const, person: 'chl-mtps-2' };
    const data = { é: [1.5, 'ñ"\n'], a: { z: null, b: true } };
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        addToRecord(db, [
          { ...entry, key: `a${n}`, at: '2021-06-10T15:00:00Z', data },
          { ...entry, key: 'of all', at: NOW },
        ]),
      ),
    );
    const chain = await readChain(db, id);
    expect(chain.map(({ number }) => number)).toEqual(Array.from({ length: 14 }, (_, n) => n + 1));
    expect(new Set(chain.map(({ salt }) => salt)).size).toBe(14);
    expect(chainFaults(chain)).toEqual([]);
    expect(chain.map(({ seq }) => seq)).toEqual((await readRecord(db, id)).map(({ seq }) => Number(seq)));
  });

  it.each([
    ['what it says', sql`update record set data = '{"version": 2}'`, [{ number: 3, fault: 'content' }]],
    ['when it was', sql`update record set at = at + interval '1 second'`, [{ number: 3, fault: 'content' }]],
    ['its salt', sql`update record set salt = md5(salt)`, [{ number: 3, fault: 'content' }]],
    [
      'its hash',
      sql`update record set hash = md5(hash)`,
      [
        { number: 3, fault: 'content' },
        { number: 3, fault: 'link' },
      ],
    ],
    ['that it is there', sql`delete from record`, [{ number: 4, fault: 'link' }]],
  ])('tells the entry of which somebody changed %s around the database', async (_, statement, faults) => {
    const entry = { cooperation: id, at: NOW, kind: 'agenda-sent' as const };
    for (const key of ['two', 'three', 'four']) await addToRecord(db, { ...entry, key });
    expect(await recordFaults(db, id)).toEqual([]);
    await db.transaction().execute(async (tx) => {
      await sql`alter table record disable trigger user`.execute(tx);
      await sql`${statement} where cooperation = ${id} and number = 3`.execute(tx);
      await sql`alter table record enable trigger user`.execute(tx);
    });
    expect(await recordFaults(db, id)).toEqual(faults);
  });

  it('cannot be changed or taken from, even by SQL', async () => {
    await expect(sql`update record set kind = 'agenda-sent'`.execute(db)).rejects.toThrow(/append-only/);
    await expect(sql`delete from record`.execute(db)).rejects.toThrow(/append-only/);
    await expect(sql`truncate record`.execute(db)).rejects.toThrow(/append-only/);
    expect(await readRecord(db, id)).toHaveLength(1);
  });
});

describe('answers', () => {
  const request = 'coordination/approve-programme.1';
  const approval: Answer = {
    request,
    subject: HASH,
    party: 'chl-mtps',
    by: 'chl-mtps-2',
    decision: 'approve',
  };
  const entered = (
    kind: 'approve-programme' | 'confirm-date' | 'record-session' | 'answer-question',
    name: string,
    parties: string[],
    item: number,
  ) =>
    enterRequest(db, {
      cooperation: id,
      id: name,
      kind,
      round: 1,
      item,
      parties,
      subject: { ref: 'programme-v1', hash: HASH },
      trouble: null,
      openedAt: NOW,
      dueAt: LATER,
      reminders: [LATER],
    });

  it('close a request when all have answered', async () => {
    await entered('approve-programme', request, ['per-mtpe', 'chl-mtps'], 1);
    expect(await recordAnswer(db, id, approval, NOW)).toBeNull();
    expect((await findRequest(db, id, request))?.closedAt).toBeNull();
    expect(
      await recordAnswer(db, id, { ...approval, party: 'per-mtpe', by: 'per-mtpe-1' }, LATER),
    ).toBeNull();
    expect(await findRequest(db, id, request)).toMatchObject({ closedAt: LATER, outcome: 'approve' });
  });

  it('are taken back and corrected, and all are kept', async () => {
    await entered('approve-programme', request, ['per-mtpe', 'chl-mtps'], 1);
    await recordAnswer(db, id, approval, NOW);
    const back = { request, party: 'chl-mtps', by: 'chl-mtps-1', revision: 1 };
    expect(await takeAnswerBack(db, id, { ...back, by: 'per-mtpe-1' }, LATER)).toMatchObject({
      code: 'NotOfParty',
    });
    expect(await takeAnswerBack(db, id, back, LATER)).toBeNull();
    expect(await takeAnswerBack(db, id, back, LATER)).toBeNull();
    expect(await answersTo(db, id, request)).toEqual([]);
    const row = await findRequest(db, id, request);
    if (!row) throw new Error(`no ${request}`);
    expect(await standingOf(db, row)).toMatchObject({
      request: { answers: [], takenBack: { 'chl-mtps': 1 } },
      untold: [{ party: 'chl-mtps', revision: 1 }],
    });

    // An answer that was on its way when it was taken back is none; the next is the second, the third corrects it.
    expect(await recordAnswer(db, id, { ...approval, revision: 1 }, LATER)).toMatchObject({
      code: 'AnswerNotStanding',
    });
    expect(await recordAnswer(db, id, { ...approval, revision: 2 }, LATER)).toBeNull();
    expect(await recordAnswer(db, id, { ...approval, by: 'chl-mtps-1', revision: 3 }, LATER)).toBeNull();
    expect(await recordAnswer(db, id, { ...approval, by: 'chl-mtps-1', revision: 3 }, LATER)).toBeNull();
    expect(
      (await everyAnswerTo(db, id, request)).map((one) => [one.revision, one.withdrawnHow, one.withdrawnBy]),
    ).toEqual([
      [1, 'taken-back', 'chl-mtps-1'],
      [2, 'corrected', 'chl-mtps-1'],
      [3, null, null],
    ]);
    expect(
      (await readRecord(db, id)).flatMap(({ kind, data }) =>
        kind.startsWith('answer-') ? [[kind, (data as { revision?: number }).revision]] : [],
      ),
    ).toEqual([
      ['answer-received', undefined],
      ['answer-taken-back', 1],
      ['answer-received', 2],
      ['answer-received', 3],
    ]);

    // Once all have answered, it has been used.
    await recordAnswer(db, id, { ...approval, party: 'per-mtpe', by: 'per-mtpe-1' }, LATER);
    expect(await takeAnswerBack(db, id, { ...back, revision: 3 }, LATER)).toMatchObject({
      code: 'AnswerUsed',
    });
    expect(await recordAnswer(db, id, { ...approval, revision: 4 }, LATER)).toMatchObject({
      code: 'AnswerUsed',
    });
  });

  it('are recorded once, and the request keeps how it was first entered', async () => {
    await entered('approve-programme', request, ['per-mtpe', 'chl-mtps'], 1);
    await recordAnswer(db, id, approval, NOW);
    await recordAnswer(db, id, approval, LATER);
    await entered('approve-programme', request, ['chl-mtps'], 1);
    expect((await answersTo(db, id, request)).map(({ at }) => at)).toEqual([NOW]);
    expect((await readRecord(db, id)).filter(({ kind }) => kind === 'answer-received')).toHaveLength(1);
    expect((await findRequest(db, id, request))?.parties).toEqual(['per-mtpe', 'chl-mtps']);
  });

  it.each([
    ['somebody unknown', { by: 'chl-mtps-9' }, 'PersonUnknown'],
    ['somebody of the other institution', { by: 'per-mtpe-1' }, 'NotOfParty'],
    ['a guest of the institution', { party: 'per-mtpe', by: 'guest-2-1' }, 'IsGuest'],
    ['a request that is not there', { request: 'coordination/approve-programme.9' }, 'RequestUnknown'],
    ['a reason that was never kept', { decision: 'changes', content: 'b'.repeat(64) }, 'ContentUnknown'],
  ])('refuse %s and change nothing', async (_, change, code) => {
    await entered('approve-programme', request, ['per-mtpe', 'chl-mtps'], 1);
    const before = await readRecord(db, id);
    expect(await recordAnswer(db, id, { ...approval, ...change } as Answer, NOW)).toMatchObject({ code });
    expect(await answersTo(db, id)).toEqual([]);
    expect(await readRecord(db, id)).toEqual(before);
  });

  it('refuse a person who was replaced', async () => {
    await entered('approve-programme', request, ['per-mtpe', 'chl-mtps'], 1);
    await db
      .updateTable('person')
      .set({ active: false })
      .where('cooperation', '=', id)
      .where('id', '=', 'chl-mtps-2')
      .execute();
    expect(await recordAnswer(db, id, approval, NOW)).toMatchObject({ code: 'PersonLeft' });
  });

  it('fix a session’s date, with its end', async () => {
    await entered('confirm-date', 'session-2/confirm-date.1', ['oas'], 2);
    const answer: Answer = {
      request: 'session-2/confirm-date.1',
      subject: HASH,
      party: 'oas',
      by: 'oas-1',
      decision: 'date',
      startsAt: '2021-08-17T15:00:00.000Z',
    };
    await recordAnswer(db, id, answer, NOW);
    expect(await sessionOf(db, id, 2)).toMatchObject({
      startsAt: '2021-08-17T15:00:00.000Z',
      endsAt: '2021-08-17T17:30:00.000Z',
    });
    expect((await sessionOf(db, id, 3)).startsAt).toBeNull();
  });

  it('record what a session produced', async () => {
    await entered('record-session', 'session-1/record-session.1', ['oas'], 1);
    const minutes = { minutes: 'Acta.', attendance: ['Perú', 'Chile'], outputs: ['Ruta'] };
    await keepContent(db, id, HASH, minutes, NOW);
    const answer: Answer = {
      request: 'session-1/record-session.1',
      subject: HASH,
      party: 'oas',
      by: 'oas-2',
      decision: 'done',
      content: HASH,
    };
    await recordAnswer(db, id, answer, LATER);
    expect(await sessionOf(db, id, 1)).toMatchObject({ ...minutes, recordedAt: LATER });
  });
});

describe('versions', () => {
  const made = (hash: string) => async () => ({
    madeAt: NOW,
    hash,
    pdfSha256: HASH,
    pdfName: 'programa.pdf',
    docxSha256: HASH,
    docxName: 'programa.docx',
    printed: null,
    differences: [],
  });

  it('of the programme are numbered once for each cause, at whatever pace they are asked for', async () => {
    const causes = ['coordination.1', 'session-2.1', 'session-3.1', 'session-2.1', 'coordination.1'];
    const versions = await Promise.all(
      causes.map((cause) => nextProgrammeVersion(db, id, { cause, approvedIn: null }, made(hashOf(cause)))),
    );
    expect(versions[0]?.version).toBe(versions[4]?.version);
    expect(versions[1]?.version).toBe(versions[3]?.version);
    expect((await programmesOf(db, id)).map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it('of a document form a chain; the same bytes again are the same version', async () => {
    const version: NewVersion = {
      cooperation: id,
      title: 'Malla',
      kind: 'shared',
      party: 'chl-mtps',
      by: 'chl-mtps-1',
      sha256: HASH,
      size: 10,
      mediaType: 'text/plain',
      fileName: 'malla.txt',
    };
    const first = await addDocumentVersion(db, version, NOW);
    expect(first).toMatchObject({ document: 'doc-1', version: 1 });
    const next = { ...version, document: 'doc-1' };
    expect(await addDocumentVersion(db, next, LATER)).toMatchObject({ version: 1, at: NOW });
    expect(await addDocumentVersion(db, { ...next, sha256: 'b'.repeat(64) }, LATER)).toMatchObject({
      version: 2,
    });
    expect(
      await addDocumentVersion(
        db,
        { ...next, party: 'per-mtpe', by: 'per-mtpe-1', sha256: 'c'.repeat(64) },
        LATER,
      ),
    ).toBeUndefined();
    // Handed in once more, by a retry: what stands.
    expect(await addDocumentVersion(db, version, LATER)).toMatchObject({ document: 'doc-1', at: NOW });
    const other = { ...version, sha256: 'd'.repeat(64) };
    expect(await addDocumentVersion(db, other, LATER)).toMatchObject({ document: 'doc-2', version: 1 });
  });

  it('of questions: each is numbered, one asked twice is one', async () => {
    const question = {
      cooperation: id,
      fromParty: 'per-mtpe',
      by: 'per-mtpe-1',
      toParty: 'chl-mtps',
      session: 2,
      text: '¿Cómo?',
    };
    expect((await addQuestion(db, question, NOW)).number).toBe(1);
    expect((await addQuestion(db, { ...question, text: '¿Cuándo?' }, NOW)).number).toBe(2);
    expect((await addQuestion(db, question, LATER)).number).toBe(1);
  });
});

describe('a mail', () => {
  const mailOf = (id: string) => ({
    key: `${id}|coordination/approve-programme.1|request|per-mtpe-1`,
    cooperation: id,
    notice: 'request',
    request: 'coordination/approve-programme.1',
    person: 'per-mtpe-1',
    address: 'jorge.larrea@mtpe-peru.example',
    subject: 'Aprobar los contenidos',
    messageId: '<1@rial.example>',
    sha256: HASH,
    preparedAt: NOW,
  });

  it('stays as it was prepared first, and tells how often it was tried and what was said', async () => {
    const mail = mailOf(id);
    await prepareMail(db, mail);
    const row = await prepareMail(db, { ...mail, subject: 'Otro', sha256: 'b'.repeat(64) });
    expect(row).toMatchObject({ subject: mail.subject, sha256: HASH, state: 'pending', attempts: 0 });
    await noteAttempt(db, row, 'pending', '451 later', NOW);
    await noteAttempt(db, row, 'sent', '250 ok', LATER);
    expect(await findMail(db, mail.key)).toMatchObject({
      state: 'sent',
      attempts: 2,
      response: '250 ok',
      sentAt: LATER,
    });
    expect((await readRecord(db, id)).map(({ kind }) => kind)).toEqual(['cooperation-filed', 'mail-sent']);
  });

  it('that was withdrawn while it was under way is not tried again', async () => {
    const mail = mailOf(id);
    const row = await prepareMail(db, mail);
    await withdrawMails(db, id, mail.request);
    await noteAttempt(db, row, 'pending', '451 later', NOW);
    expect(await findMail(db, mail.key)).toMatchObject({ state: 'withdrawn', attempts: 1 });
  });
});
