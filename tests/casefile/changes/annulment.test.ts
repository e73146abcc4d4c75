import { describe, expect, it } from 'vitest';
import { keepContent } from '../../../src/casefile/contents.ts';
import { hashOf } from '../../../src/casefile/filing.ts';
import { handOversOf } from '../../../src/casefile/handOvers.ts';
import { meetingOf, moveMeeting } from '../../../src/casefile/meetings.ts';
import { programmesOf } from '../../../src/casefile/programmes.ts';
import { addQuestion, questionsOf } from '../../../src/casefile/questions.ts';
import { answersTo, everyAnswerTo, findRequest, standingOf } from '../../../src/casefile/requests.ts';
import { rowsOf } from '../../../src/casefile/rows.ts';
import { sessionStateOf } from '../../../src/casefile/sessionState.ts';
import { keepSlots, nextSequence, sessionOf } from '../../../src/casefile/sessions.ts';
import {
  answers,
  approves,
  asked,
  CHILE,
  DELEGATIONS,
  HASH,
  issued,
  LATER,
  lines,
  made,
  NOW,
  OAS,
  PERU,
  refused,
  setting,
  the,
} from './setting.ts';

setting({ written: true });

const REVIEW = 'coordination/approve-programme.1';
const AGAIN = `${REVIEW}.2`;
const row = async (request: string) => {
  const found = await findRequest(the().db, the().id, request);
  if (!found) throw new Error(`no request ${request}`);
  return found;
};
const keep = (value: { reason: string } | { text: string }) =>
  keepContent(the().db, the().id, HASH, value, NOW);
/** Chile wants changes, Peru approves, and the Secretariat is asked for the next version. */
async function changesAsked(): Promise<void> {
  await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
  await keep({ reason: 'Falta el financiamiento.' });
  await answers(REVIEW, 'chl-mtps-1', { decision: 'changes', content: HASH });
  await approves(REVIEW, 'per-mtpe-1');
  await asked('coordination/revise-programme.1', ['oas'], { openedAt: NOW });
}
const annul = (request: string, party: string) => ({ change: 'annul', request, party }) as const;

describe('annulling an answer', () => {
  it('undoes what followed, keeps what others answered, and asks its party alone anew', async () => {
    await changesAsked();
    const { effects, told, recorded } = await made(annul(REVIEW, 'chl-mtps'), { at: LATER, by: 'oas-1' });
    expect(effects.annulled).toEqual({
      request: REVIEW,
      party: 'chl-mtps',
      revision: 1,
      undone: {
        requests: [REVIEW, 'coordination/revise-programme.1'],
        renewed: await standingOf(the().db, await row(AGAIN)),
      },
    });
    expect(told).toEqual([
      ...lines(CHILE, `request ${AGAIN} annulled`),
      ...lines([...PERU, 'oas-2'], `answer-annulled ${AGAIN} chl-mtps coordination/revise-programme.1`),
    ]);
    expect(recorded).toEqual(['answer-annulled', 'request-lapsed', 'request-opened']);
    expect(await row(REVIEW)).toMatchObject({ outcome: 'lapsed', lapse: 'annulled' });
    expect(await row('coordination/revise-programme.1')).toMatchObject({
      lapse: 'annulled',
      closedAt: LATER,
    });
    expect(await row(AGAIN)).toMatchObject({
      parties: ['chl-mtps'],
      renews: REVIEW,
      told: true,
      closedAt: null,
    });
    expect(
      (await everyAnswerTo(the().db, the().id, REVIEW)).map((one) => [
        one.by,
        one.withdrawnHow,
        one.withdrawnBy,
      ]),
    ).toEqual([
      ['chl-mtps-1', 'annulled', 'oas-1'],
      ['per-mtpe-1', null, null],
    ]);
    // Peru's approval counts when Chile has answered.
    const { kept } = await standingOf(the().db, await row(AGAIN));
    expect(kept).toMatchObject([{ party: 'per-mtpe', decision: 'approve' }]);
    await approves(AGAIN, 'chl-mtps-1', LATER);
    expect(await row(AGAIN)).toMatchObject({ outcome: 'approve' });
  });

  it('that stands in the request before is annulled, too: what is open asks both', async () => {
    await changesAsked();
    await made(annul(REVIEW, 'chl-mtps'), { at: LATER });
    const { effects, told } = await made(annul(REVIEW, 'per-mtpe'), { at: LATER });
    expect(effects).toMatchObject({
      annulled: { request: AGAIN, party: 'per-mtpe', revision: 1 },
      request: { of: ['chl-mtps', 'per-mtpe'] },
    });
    expect(told).toEqual(lines(PERU, `request ${AGAIN} annulled`));
    expect((await standingOf(the().db, await row(AGAIN))).kept).toBeUndefined();
  });

  it('counts what a party that is not asked anew wanted: the outcome is of both', async () => {
    await changesAsked();
    await made(annul(REVIEW, 'per-mtpe'), { at: LATER });
    await approves(AGAIN, 'per-mtpe-1', LATER);
    expect(await row(AGAIN)).toMatchObject({ outcome: 'changes' });
  });

  it('while others owe theirs, leaves the request open: only its party is told, and owes it again', async () => {
    await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
    await approves(REVIEW, 'chl-mtps-1');
    const { effects, told, recorded } = await made(annul(REVIEW, 'chl-mtps'));
    expect(effects.annulled).toEqual({ request: REVIEW, party: 'chl-mtps', revision: 1 });
    expect(told).toEqual(lines(CHILE, `request ${REVIEW} annulled`));
    expect(recorded).toEqual(['answer-annulled']);
    expect(await answersTo(the().db, the().id, REVIEW)).toEqual([]);
  });

  it('asks anew whoever had the request in place of a colleague, and leaves what it was before as it was', async () => {
    await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
    await made({ change: 'hand-over', request: REVIEW, from: 'chl-mtps-1', to: 'chl-mtps-2' });
    await approves(REVIEW, 'per-mtpe-1');
    await keep({ reason: 'Falta el financiamiento.' });
    await answers(REVIEW, 'chl-mtps-2', { decision: 'changes', content: HASH });
    await asked('coordination/revise-programme.1', ['oas'], { openedAt: NOW });
    await made(annul(REVIEW, 'chl-mtps'), { at: LATER });
    const passed = async (request: string) =>
      (await handOversOf(the().db, the().id, request)).map(({ fromPerson, toPerson, at }) => ({
        fromPerson,
        toPerson,
        at,
      }));
    const people = { fromPerson: 'chl-mtps-1', toPerson: 'chl-mtps-2' };
    expect(await passed(REVIEW)).toEqual([{ ...people, at: expect.not.stringMatching(LATER) }]);
    expect(await passed(AGAIN)).toEqual([{ ...people, at: LATER }]);
  });

  it('asks a question again, and tells those who had the answer', async () => {
    const { number } = await addQuestion(
      the().db,
      {
        ...{ cooperation: the().id, fromParty: 'per-mtpe', by: 'per-mtpe-1', toParty: 'chl-mtps' },
        ...{ session: null, text: '¿Cómo se financia?' },
      },
      NOW,
    );
    const question = `documents/answer-question-${number}.1`;
    await asked(question, ['chl-mtps'], { item: number });
    await keep({ text: 'Con fondos.' });
    await answers(question, 'chl-mtps-1', { decision: 'done', content: HASH });
    await the()
      .db.insertInto('news')
      .values({
        cooperation: the().id,
        number: 1,
        at: NOW,
        documents: '[]',
        questions: `[${number}]`,
        doneAt: NOW,
      })
      .execute();
    const { told } = await made(annul(question, 'chl-mtps'), { at: LATER, by: 'oas-1' });
    expect(told).toEqual([
      ...lines(CHILE, `request ${question}.2 annulled`),
      ...lines([...PERU, 'oas-2'], `answer-annulled ${question}.2 chl-mtps `),
    ]);
    expect(await questionsOf(the().db, the().id)).toMatchObject([{ answer: null, answeredAt: null }]);
  });

  describe('about a date', () => {
    const CONFIRM = 'session-2/confirm-date.1';
    const STARTS = '2021-08-18T15:00:00.000Z';
    async function fixed(): Promise<void> {
      await keepSlots(the().db, the().id, 2, 1, {
        slots: [{ id: 'a', startsAt: STARTS, endsAt: '2021-08-18T17:30:00.000Z' }],
        ...{ opensAt: '2021-08-16T00:00:00.000Z', closesAt: '2021-08-31T23:00:00.000Z', hash: HASH },
      });
      const marks = { decision: 'marks', marks: { a: 'yes' } };
      await asked('session-2/choose-date.1', ['per-mtpe', 'chl-mtps']);
      await answers('session-2/choose-date.1', 'per-mtpe-1', marks);
      await answers('session-2/choose-date.1', 'chl-mtps-1', marks);
      await asked(CONFIRM, ['oas'], { openedAt: NOW });
      await answers(CONFIRM, 'oas-1', { decision: 'date', startsAt: STARTS });
      await the()
        .db.updateTable('session')
        .set({ sequence: 0, agendaFor: STARTS })
        .where('cooperation', '=', the().id)
        .where('number', '=', 2)
        .execute();
    }
    const stands = async () => {
      const rows = await rowsOf(the().db, the().id);
      const session = rows?.sessions.find(({ number }) => number === 2);
      if (!rows || !session) throw new Error('no such session');
      return sessionStateOf(session, rows);
    };

    it('takes it out of the calendars, and the session looks for one again', async () => {
      await fixed();
      expect(await stands()).toEqual({ round: 1, polls: 1, records: 0, date: STARTS });
      const { told, effects } = await made(annul(CONFIRM, 'oas'), { at: LATER });
      expect(told).toEqual([
        ...lines(OAS, `request ${CONFIRM}.2 annulled`),
        ...lines([...DELEGATIONS, 'guest-2-1', 'guest-2-2'], `invitation 2 1 CANCEL undated ${STARTS}`),
      ]);
      expect(effects.annulled?.undone?.requests).toEqual([CONFIRM]);
      expect(await sessionOf(the().db, the().id, 2)).toMatchObject({
        ...{ startsAt: null, endsAt: null, agendaFor: null, sequence: 1 },
      });
      // The poll stands: the Secretariat confirms again, and everyone is invited anew.
      expect(await stands()).toEqual({ round: 2, polls: 0, records: 0 });
      await answers(`${CONFIRM}.2`, 'oas-1', { decision: 'date', startsAt: STARTS }, LATER);
      expect(await stands()).toEqual({ round: 2, polls: 1, records: 0, date: STARTS });
    });

    it('with a mark, whatever was confirmed since', async () => {
      await fixed();
      const { effects } = await made(annul('session-2/choose-date.1', 'chl-mtps'), { at: LATER });
      expect(effects.annulled?.undone?.requests).toEqual(['session-2/choose-date.1', CONFIRM]);
      expect(await sessionOf(the().db, the().id, 2)).toMatchObject({ startsAt: null });
      expect(await row('session-2/choose-date.1.2')).toMatchObject({ parties: ['chl-mtps'] });
      expect(await stands()).toEqual({ round: 2, polls: 0, records: 0 });
    });

    it('is refused once the session was moved, or has begun', async () => {
      await fixed();
      expect(await refused(annul(CONFIRM, 'oas'), { at: STARTS })).toContain('date-begun');
      await made({ change: 'reschedule', session: 2, startsAt: '2021-08-20T15:00:00.000Z' });
      expect(await refused(annul(CONFIRM, 'oas'))).toContain('date-moved');
      expect(await refused(annul('session-2/choose-date.1', 'per-mtpe'))).toContain('date-moved');
    });

    it('that was not held after all: it is asked for its record again on the date that it had', async () => {
      await fixed();
      const record = 'session-2/record-session.1';
      await asked(record, ['oas'], { openedAt: LATER });
      await the()
        .db.updateTable('request')
        .set({ subjectHash: hashOf([2, STARTS]) })
        .where('cooperation', '=', the().id)
        .where('id', '=', record)
        .execute();
      await answers(record, 'oas-1', { decision: 'not-held' }, '2021-08-19T15:00:00.000Z');
      await asked('session-2/choose-date.2', ['per-mtpe', 'chl-mtps'], {
        openedAt: '2021-08-19T15:00:01.000Z',
      });
      expect(await stands()).toMatchObject({ round: 2 });
      const { effects } = await made(annul(record, 'oas'), { at: '2021-08-19T16:00:00.000Z' });
      expect(effects.annulled?.undone?.requests).toEqual([record, 'session-2/choose-date.2']);
      expect(await stands()).toEqual({ round: 1, polls: 1, records: 0, date: STARTS });
    });
  });

  describe('of the coordination meeting', () => {
    const CONFIRM = 'coordination/confirm-coordination.1';
    const SET = 'coordination/set-meeting.1';
    const FIRST = '2021-06-30T15:00:00.000Z';
    const SECOND = '2021-07-08T15:00:00.000Z';
    const meeting = () => meetingOf(the().db, the().id);
    async function asks(request: string, openedAt: string): Promise<void> {
      await asked(request, ['oas'], { openedAt });
      await the()
        .db.updateTable('request')
        .set({ subjectHash: hashOf([(await meeting()).startsAt]) })
        .where('cooperation', '=', the().id)
        .where('id', '=', request)
        .execute();
    }
    /** It was not held, and has another date, to which all were convened. */
    async function movedOn(): Promise<void> {
      await moveMeeting(the().db as never, await meeting(), FIRST);
      await asks(CONFIRM, '2021-06-30T18:00:00.000Z');
      await answers(CONFIRM, 'oas-1', { decision: 'not-held' });
      await asks(SET, NOW);
      await answers(SET, 'oas-1', { decision: 'date', startsAt: SECOND });
      await nextSequence(the().db, the().id, 0, 'coordination.2');
    }

    it('takes the date that was set out of the calendars, and asks for another', async () => {
      await movedOn();
      const { told } = await made(annul(SET, 'oas'), { at: LATER });
      expect(told).toEqual([
        ...lines(OAS, `request ${SET}.2 annulled`),
        ...lines(DELEGATIONS, `convocation 1 CANCEL undated ${SECOND}`),
      ]);
      expect(await meeting()).toMatchObject({ startsAt: FIRST, notHeldAt: NOW, sequence: 1 });
    });

    it('that was not held after all: what it agreed is asked for, and the date set since stands no more', async () => {
      await movedOn();
      const { effects } = await made(annul(CONFIRM, 'oas'), { at: LATER });
      expect(effects.annulled?.undone?.requests).toEqual([CONFIRM, SET]);
      expect(await meeting()).toMatchObject({ startsAt: FIRST, notHeldAt: null });
    });

    it('is refused once it has begun on the date that was set', async () => {
      await movedOn();
      expect(await refused(annul(SET, 'oas'), { at: SECOND })).toContain('meeting-begun');
      expect(await refused(annul(CONFIRM, 'oas'), { at: SECOND })).toContain('meeting-begun');
    });

    it('forgets what it agreed, with the version of the programme that came after it', async () => {
      await asks(CONFIRM, '2021-06-10T15:00:00.000Z');
      await keepContent(
        the().db,
        the().id,
        HASH,
        { minutes: 'Se acordó.', attendance: [], outputs: [] },
        NOW,
      );
      await answers(CONFIRM, 'oas-1', { decision: 'done', content: HASH }, '2021-06-11T15:00:00.000Z');
      await issued('coordination', false);
      await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
      await made(annul(CONFIRM, 'oas'), { at: LATER });
      expect(await meeting()).toMatchObject({ minutes: null, recordedAt: null });
      expect(await programmesOf(the().db, the().id)).toMatchObject([{ annulledAt: LATER }]);
    });
  });

  it('of a revision brings the programme back; refused where it was corrected since', async () => {
    await changesAsked();
    const programme = async () =>
      (
        await the()
          .db.selectFrom('cooperation')
          .select('programme')
          .where('id', '=', the().id)
          .executeTakeFirstOrThrow()
      ).programme;
    const before = await programme();
    const revised = { ...before, title: 'Otro título' };
    const content = hashOf({ programme: revised });
    await keepContent(the().db, the().id, content, { programme: revised }, NOW);
    const REVISE = 'coordination/revise-programme.1';
    await answers(REVISE, 'oas-1', { decision: 'submit', content });
    expect((await programme()).title).toBe('Otro título');
    await the()
      .db.updateTable('cooperation')
      .set({ programme: JSON.stringify({ ...revised, title: 'Corregido' }) })
      .where('id', '=', the().id)
      .execute();
    expect(await refused(annul(REVISE, 'oas'))).toContain('programme-since');
    await the()
      .db.updateTable('cooperation')
      .set({ programme: JSON.stringify(revised) })
      .where('id', '=', the().id)
      .execute();
    await made(annul(REVIEW, 'chl-mtps'), { at: LATER });
    expect(await programme()).toEqual(before);
  });

  describe('is refused', () => {
    it('where nobody answered', async () => {
      await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
      expect(await refused(annul(REVIEW, 'chl-mtps'))).toContain('NothingToAnnul');
      expect(await refused(annul('coordination/approve-programme.7', 'chl-mtps'))).toContain(
        'RequestUnknown',
      );
    });

    it('once its step is over: the programme is approved', async () => {
      await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
      await approves(REVIEW, 'chl-mtps-1');
      await approves(REVIEW, 'per-mtpe-1');
      expect(await refused(annul(REVIEW, 'chl-mtps'))).toContain('over-coordination');
    });

    it('of what nobody is asked any more', async () => {
      await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
      await approves(REVIEW, 'chl-mtps-1');
      await the()
        .db.updateTable('request')
        .set({ closedAt: NOW, outcome: 'lapsed', lapse: 'superseded' })
        .where('cooperation', '=', the().id)
        .execute();
      expect(await refused(annul(REVIEW, 'chl-mtps'))).toContain('RequestClosed');
    });
  });
});
