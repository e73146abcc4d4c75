import { beforeEach, describe, expect, it } from 'vitest';
import { addQuestion, questionsOf } from '../../../src/casefile/questions.ts';
import { findRequest } from '../../../src/casefile/requests.ts';
import type { Change } from '../../../src/domain/change.ts';
import {
  answers,
  approves,
  asked,
  CHILE,
  file,
  LATER,
  lines,
  made,
  mailStates,
  NOW,
  OAS,
  PERU,
  pending,
  refused,
  setting,
  the,
} from './setting.ts';

setting();

const REQUEST = 'coordination/approve-programme.1';
const row = async (request = REQUEST) => {
  const found = await findRequest(the().db, the().id, request);
  if (!found) throw new Error('no such request');
  return found;
};

describe('extending a request', () => {
  it('gives those who still owe an answer until 18:00 in their capital, and tells them alone', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await approves(REQUEST, 'chl-mtps-2');
    const { effects, told, programmeChanges, recorded } = await made({
      change: 'extend',
      request: REQUEST,
      due: '2021-07-16',
    });
    expect(told).toEqual(lines(PERU, `deadline-extended ${REQUEST} 2021-07-09T23:00:00.000Z`));
    expect(programmeChanges).toEqual([]);
    expect(recorded).toEqual(['request-extended']);
    expect(effects.request).toMatchObject({
      dueAt: '2021-07-16T23:00:00.000Z',
      of: ['per-mtpe', 'chl-mtps'],
      waived: [],
    });
    expect(await row()).toMatchObject({
      dueAt: effects.request?.dueAt,
      reminders: effects.request?.reminders,
    });
  });

  it('counts the latest of the capitals that owe, and plans the reminders anew from now', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    const { effects } = await made({ change: 'extend', request: REQUEST, due: '2021-07-16' });
    // 18:00 in Santiago is 22:00 UTC in winter, in Lima 23:00. Lima is reminded from two working days before.
    expect(effects.request?.dueAt).toBe('2021-07-16T23:00:00.000Z');
    // 16 July is a holiday in Santiago, and 28 and 29 in Lima.
    expect(effects.request?.reminders).toEqual([
      '2021-07-14T13:00:00.000Z',
      '2021-07-14T14:00:00.000Z',
      '2021-07-15T13:00:00.000Z',
      '2021-07-16T14:00:00.000Z',
      '2021-07-20T13:00:00.000Z',
      '2021-07-20T14:00:00.000Z',
      '2021-07-23T13:00:00.000Z',
      '2021-07-23T14:00:00.000Z',
      '2021-08-03T14:00:00.000Z',
    ]);
  });

  it('leaves out reminders whose time has come', async () => {
    await asked(REQUEST, ['per-mtpe']);
    const { effects } = await made(
      { change: 'extend', request: REQUEST, due: '2021-07-16' },
      { at: '2021-07-15T15:00:00.000Z' },
    );
    expect(effects.request?.reminders[0]).toBe('2021-07-16T14:00:00.000Z');
  });

  it('is refused for an earlier date, a past one, a closed request and one that is not there', async () => {
    await asked(REQUEST, ['per-mtpe']);
    const extended = (due: string, request = REQUEST) => refused({ change: 'extend', request, due });
    expect(await extended('2021-07-09')).toMatch(/^DateNotLater/);
    expect(await extended('2021-06-30')).toMatch(/^DatePast/);
    expect(await extended('2021-07-16', 'coordination/approve-programme.9')).toMatch(/^RequestUnknown/);
    await approves(REQUEST, 'per-mtpe-1');
    expect(await extended('2021-07-16')).toMatch(/^RequestClosed .*how="answered"/);
  });

  it('is refused where a colleague changed the same request since it was looked at, with what', async () => {
    await asked(REQUEST, ['per-mtpe']);
    const other = 'coordination/approve-programme.2';
    await asked(other, ['per-mtpe']);
    await made({ change: 'extend', request: REQUEST, due: '2021-07-16' });
    const late = (request: string, due: string) => ({ change: 'extend', request, due }) as const;
    expect(await refused(late(REQUEST, '2021-07-20'), { seen: 0 })).toBe(
      'ChangedSince changes=[{"number":1,"kind":"extend"}]',
    );
    await made(late(other, '2021-07-20'), { seen: 0 });
    await made(late(REQUEST, '2021-07-20'), { seen: 1 });
  });

  it('writes to the colleague who has the request, and to the stand-in of whoever is away', async () => {
    await asked(REQUEST, ['per-mtpe']);
    await made({ change: 'hand-over', request: REQUEST, from: 'per-mtpe-1', to: 'per-mtpe-2' });
    await made({
      change: 'absence',
      person: 'per-mtpe-5',
      from: '2021-07-02',
      to: '2021-07-09',
      standIn: 'per-mtpe-4',
    });
    const { told, recorded } = await made(
      { change: 'extend', request: REQUEST, due: '2021-07-16' },
      { at: '2021-07-05T15:00:00.000Z' },
    );
    expect(told.map((one) => one.split(' ')[0])).toEqual(['per-mtpe-2', 'per-mtpe-3', 'per-mtpe-4']);
    expect(recorded).toEqual(['request-extended', 'request-handed-over']);
  });
});

describe('reassigning a request', () => {
  const SHEET = 'systematization/review-sheet.1';

  it('asks the other party, releases the first, and keeps a due date that leaves it time', async () => {
    await asked(SHEET, ['per-mtpe', 'chl-mtps']);
    await pending(SHEET, 'chl-mtps-1');
    await pending(SHEET, 'per-mtpe-1');
    const { effects, told, recorded } = await made({
      change: 'reassign',
      request: SHEET,
      from: 'chl-mtps',
      to: 'oas',
    });
    expect(told).toEqual([
      ...lines(OAS, `request ${SHEET} reassigned chl-mtps`),
      ...lines(CHILE, `request-released ${SHEET} reassigned oas`),
    ]);
    expect(recorded).toEqual(['request-reassigned']);
    expect(effects.request).toMatchObject({ of: ['per-mtpe', 'oas'], dueAt: '2021-07-09T23:00:00.000Z' });
    expect((await row(SHEET)).parties).toEqual(['per-mtpe', 'oas']);
    expect(await mailStates()).toEqual([`${SHEET} chl-mtps-1 withdrawn`, `${SHEET} per-mtpe-1 pending`]);
  });

  it('gives five working days where fewer than three are left', async () => {
    await asked(SHEET, ['chl-mtps'], { dueAt: '2021-07-05T22:00:00.000Z' });
    const { effects } = await made({ change: 'reassign', request: SHEET, from: 'chl-mtps', to: 'oas' });
    // From Thursday 1 July; Monday 5 July is observed in the United States.
    expect(effects.request?.dueAt).toBe('2021-07-09T22:00:00.000Z');
    expect(effects.request?.reminders[0]).toBe('2021-07-07T13:00:00.000Z');
  });

  it('takes a question with it', async () => {
    const { db, id } = the();
    const question = { fromParty: 'oas', by: 'oas-1', toParty: 'chl-mtps', session: null, text: '¿Cómo?' };
    await addQuestion(db, { cooperation: id, ...question }, NOW);
    const request = 'documents/answer-question-1.1';
    await asked(request, ['chl-mtps'], { item: 1 });
    await made({ change: 'reassign', request, from: 'chl-mtps', to: 'per-mtpe' });
    expect(await questionsOf(db, id)).toMatchObject([{ toParty: 'per-mtpe' }]);
  });

  it('goes to the consultant too', async () => {
    await asked('systematization/draft-sheet.1', ['oas']);
    const { told } = await made({
      change: 'reassign',
      request: 'systematization/draft-sheet.1',
      from: 'oas',
      to: 'consultant',
    });
    expect(told[0]).toBe('consultant-1 request systematization/draft-sheet.1 reassigned oas');
  });

  it('is refused for who is asked already, owes nothing, or has nobody', async () => {
    await asked(SHEET, ['per-mtpe', 'chl-mtps']);
    const reassigned = (from: string, to: string) =>
      refused({ change: 'reassign', request: SHEET, from, to });
    expect(await reassigned('per-mtpe', 'chl-mtps')).toMatch(/^AlreadyAsked/);
    expect(await reassigned('oas', 'consultant')).toMatch(/^NotOwing/);
    expect(await reassigned('per-mtpe', 'bra-mte')).toMatch(/^NobodyAnswers .*\["per-mtpe","chl-mtps","oas"/);
    await approves(SHEET, 'per-mtpe-1');
    expect(await reassigned('per-mtpe', 'oas')).toMatch(/^NotOwing/);
    await file((programme) => {
      programme.systematization = {};
    });
    await asked(SHEET, ['per-mtpe']);
    expect(await reassigned('per-mtpe', 'consultant')).toMatch(/^NobodyAnswers/);
  });
});

describe('the translation of a programme, asked of another institution', () => {
  const TRANSLATE = 'coordination/translate-programme.1';
  const VOUCH = 'coordination/vouch-translation.1';
  beforeEach(() =>
    file((programme) => {
      programme.translation = { language: 'en', by: 'oas', vouchedBy: 'chl-mtps' };
    }),
  );

  it('is not made by whoever vouches for it', async () => {
    await asked(TRANSLATE, ['oas']);
    const reassigned = (to: string): Change => ({ change: 'reassign', request: TRANSLATE, from: 'oas', to });
    expect(await refused(reassigned('chl-mtps'))).toMatch(/^VouchesForItself/);
    expect((await made(reassigned('per-mtpe'))).recorded).toContain('request-reassigned');
  });

  it('is not vouched for by whoever made it', async () => {
    await asked(TRANSLATE, ['per-mtpe']);
    await answers(TRANSLATE, 'per-mtpe-1', { decision: 'submit' });
    await asked(VOUCH, ['chl-mtps']);
    const reassigned = (to: string): Change => ({ change: 'reassign', request: VOUCH, from: 'chl-mtps', to });
    expect(await refused(reassigned('per-mtpe'))).toMatch(/^VouchesForItself/);
    expect((await made(reassigned('oas'))).recorded).toContain('request-reassigned');
  });
});

describe('doing without an answer', () => {
  it('leaves a request open while others owe one', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await pending(REQUEST, 'chl-mtps-1');
    await pending(REQUEST, 'per-mtpe-1');
    const { effects, told, recorded } = await made({ change: 'waive', request: REQUEST, party: 'chl-mtps' });
    expect(await mailStates()).toEqual([`${REQUEST} chl-mtps-1 withdrawn`, `${REQUEST} per-mtpe-1 pending`]);
    expect(told).toEqual(lines(CHILE, `request-released ${REQUEST} waived`));
    expect(recorded).toEqual(['request-waived']);
    expect(effects.request).toMatchObject({ of: ['per-mtpe', 'chl-mtps'], waived: ['chl-mtps'] });
    expect(await row()).toMatchObject({ waived: ['chl-mtps'], closedAt: null });
    await approves(REQUEST, 'per-mtpe-1', LATER);
    expect(await row()).toMatchObject({ closedAt: LATER, outcome: 'approve' });
  });

  it('closes it with what the others answered, and withdraws what was on its way', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await approves(REQUEST, 'per-mtpe-1');
    await pending(REQUEST, 'chl-mtps-1');
    const { recorded } = await made({ change: 'waive', request: REQUEST, party: 'chl-mtps' }, { at: LATER });
    expect(recorded).toEqual(['request-waived', 'request-closed']);
    expect(await row()).toMatchObject({ closedAt: LATER, outcome: 'approve' });
    expect(await mailStates()).toEqual([`${REQUEST} chl-mtps-1 withdrawn`]);
    expect(await approves(REQUEST, 'chl-mtps-1', LATER)).toMatchObject({ code: 'RequestClosed' });
  });

  it('closes one that nobody answered as waived', async () => {
    await asked('documents/send-documents.1', ['per-mtpe', 'chl-mtps']);
    for (const party of ['per-mtpe', 'chl-mtps'])
      await made({ change: 'waive', request: 'documents/send-documents.1', party });
    expect((await row('documents/send-documents.1')).outcome).toBe('waived');
  });

  it('is refused where what follows needs the answer, and for who owes none', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await asked('session-1/record-session.1', ['oas']);
    const waived = (request: string, party: string) => refused({ change: 'waive', request, party });
    expect(await waived('session-1/record-session.1', 'oas')).toMatch(/^NotWaivable/);
    expect(await waived(REQUEST, 'oas')).toMatch(/^NotOwing/);
    await made({ change: 'waive', request: REQUEST, party: 'chl-mtps' });
    expect(await waived(REQUEST, 'chl-mtps')).toMatch(/^NotOwing/);
    expect(await waived(REQUEST, 'per-mtpe')).toMatch(/^LastToAnswer/);
  });
});

describe('an answer', () => {
  it('is not taken from a party that the request was taken from', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await made({ change: 'reassign', request: REQUEST, from: 'chl-mtps', to: 'oas' });
    expect(await approves(REQUEST, 'chl-mtps-1')).toMatchObject({ code: 'NotAsked' });
    expect(await approves(REQUEST, 'oas-1')).toBeNull();
  });

  it('asking for changes closes the request with changes, whoever answered last', async () => {
    await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
    await the()
      .db.insertInto('content')
      .values({
        cooperation: the().id,
        hash: 'b'.repeat(64),
        value: '{"reason":"Falta algo."}',
        writtenAt: NOW,
      })
      .execute();
    await answers(REQUEST, 'per-mtpe-1', { decision: 'changes', content: 'b'.repeat(64) });
    await made({ change: 'waive', request: REQUEST, party: 'chl-mtps' });
    expect((await row()).outcome).toBe('changes');
  });
});
