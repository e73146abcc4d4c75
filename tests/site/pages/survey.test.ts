import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { enterSurveyAnswer, surveyOf } from '../../../src/casefile/results/survey.ts';
import { LONGEST_SURVEY_TEXT } from '../../../src/domain/results/survey.ts';
import { caseFor } from '../../../src/export/reader.ts';
import { closed } from '../../support/closing.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { type Browser, OFFICER, siteOver } from '../../support/site.ts';

/** The survey: each delegate answers once; nothing tells what was whose; five answers are shown together. */

const ID = '14-per-chl';
const PAGE = `/c/${ID}/survey`;
const GRADES = { useful: '5', expected: '4', organised: '3', applicable: '5' };

let system: InProcess;
let staff: Browser;
const delegates: { id: string; browser: Browser }[] = [];
beforeAll(async () => {
  system = await inProcess({ site: { url: 'http://site.example' } });
  await system.cooperations.start(changedSource(movedTo(new Date(), -3)));
  await system.open(ID, 'coordination/confirm-coordination.1');
  const site = siteOver(system);
  staff = await site.as(OFFICER);
  for (const { id, email, role } of (await system.view(ID)).people)
    if (role === 'delegate' && email) delegates.push({ id, browser: await site.as(email) });
  // Before it has ended there is nothing to say about it.
  expect((await delegates[0]?.browser.get(PAGE))?.status).toBe(404);
  await closed(system, ID);
});
afterAll(() => system[Symbol.asyncDispose]());

const delegate = (n: number) => {
  const found = delegates[n];
  if (!found) throw new Error(`there is no delegate ${n}`);
  return found;
};
const answers = (n: number, text = '') => delegate(n).browser.post(PAGE, { ...GRADES, text });

it('is asked in the mail that closes the cooperation, of delegates alone', async () => {
  await vi.waitFor(async () => {
    const asking = (await system.mailbox.list()).filter(({ text }) => text.includes('Responder la encuesta'));
    expect(asking).toHaveLength(delegates.length);
  });
  const paths = await sql<{ path: string }>`select path from access_link where path like '%/survey'`.execute(
    system.caseFile,
  );
  expect(paths.rows).toHaveLength(delegates.length);
  expect((await staff.get(PAGE)).status).toBe(404);
  expect(await delegate(0).browser.text(`/c/${ID}`)).toContain(`href="${PAGE}"`);
  expect(await staff.text(`/c/${ID}`)).not.toContain('Encuesta a las delegaciones');
});

it('is answered whole, once by each; fewer than five answers are counted alone', async () => {
  const half = await delegate(0).browser.post(PAGE, { useful: '5', expected: '9', text: 'Algo' });
  expect(half.status).toBe(422);
  expect(await half.text()).toContain('Elija una respuesta');
  for (const n of [0, 1, 2, 3]) expect((await answers(n, `Secreto ${n}`)).status).toBe(303);
  expect(await delegate(0).browser.text(PAGE)).toContain('Gracias: su respuesta quedó guardada.');
  expect((await answers(0, 'Otra vez')).status).toBe(303);
  expect(await delegate(0).browser.text(`/c/${ID}`)).not.toContain(`href="${PAGE}"`);

  const shown = await staff.text(`/c/${ID}`);
  expect(shown).toContain('4 respuestas.');
  expect(shown).toContain('Lo respondido se muestra a partir de 5 respuestas.');
  for (const hidden of ['Secreto', 'Otra vez', 'survey-title']) expect(shown).not.toContain(hidden);
  expect((await system.view(ID)).survey).toMatchObject({ answered: 4, shown: 0, texts: [] });
});

it('whoever has the database, or a backup of each day, reads nothing of a group that is not full', async () => {
  // The fifth of another cooperation would be the difference of two backups.
  const rows = async () =>
    (await sql<{ answers: unknown }>`select answers from survey_group`.execute(system.caseFile)).rows;
  const [before, ...more] = await rows();
  expect(more).toEqual([]);
  expect(Object.keys(before?.answers as object).sort()).toEqual(['count', 'sealed']);
  const bytes = Buffer.from((before?.answers as { sealed?: string })?.sealed ?? '', 'base64');
  for (const told of ['Secreto', 'useful']) expect(bytes.includes(told)).toBe(false);
  // As long as any other: how much somebody wrote is not told.
  const of = { cooperation: 'otra', person: 'per-mtpe-1' };
  await system.caseFile
    .transaction()
    .execute(async (tx) => {
      await sql`insert into cooperation select (jsonb_populate_record(c, '{"id": "otra"}')).* from cooperation c`.execute(
        tx,
      );
      await enterSurveyAnswer(tx, 'another key of as many letters', of, {
        grades: { useful: 1, expected: 1, organised: 1, applicable: 1 },
        text: 'ñ'.repeat(LONGEST_SURVEY_TEXT),
      });
      const {
        rows: [one],
      } = await sql<{ answers: { count: number; sealed: string } }>`
        select answers from survey_group where cooperation = 'otra'`.execute(tx);
      expect(one?.answers.count).toBe(1);
      expect(Buffer.from(one?.answers.sealed ?? '', 'base64')).toHaveLength(bytes.length);
      // With another key it stays as it is, and the next one begins a group of its own.
      await enterSurveyAnswer(
        tx,
        'a third key of as many letters',
        { ...of, person: 'per-mtpe-2' },
        {
          grades: { useful: 2, expected: 2, organised: 2, applicable: 2 },
          text: '',
        },
      );
      expect(await surveyOf(tx, 'otra')).toMatchObject({ answered: 2, shown: 0 });
      throw new Error('undone');
    })
    .catch((error: Error) => expect(error.message).toBe('undone'));
});

it('with the fifth there is a picture and the table of its numbers; the sixth changes neither', async () => {
  await answers(4, '<b>Secreto</b> 4');
  const shown = await staff.text(`/c/${ID}`);
  expect(shown).toContain('<title id="survey-title">Respuestas por pregunta</title>');
  expect(shown).toContain('<caption class="govuk-visually-hidden">Respuestas por pregunta y valoración');
  expect(shown).toContain('&lt;b&gt;Secreto&lt;/b&gt; 4');
  expect(shown).toContain('Secreto 0');
  const whole = (await system.view(ID)).survey;
  expect(whole).toMatchObject({ answered: 5, shown: 5, counts: { useful: [0, 0, 0, 0, 5] } });
  const call = await staff.text('/calls/14');
  expect(call).toContain('Encuesta a las delegaciones');
  expect(call).not.toContain('Secreto');

  await answers(5, 'Lo sexto');
  expect((await system.view(ID)).survey).toEqual({ ...whole, answered: 6 });
  expect(await staff.text(`/c/${ID}`)).not.toContain('Lo sexto');
});

it('nothing says what was whose: neither row, record nor export', async () => {
  const { rows: by } = await sql<object>`select * from survey_answered`.execute(system.caseFile);
  const { rows: groups } = await sql<object>`select * from survey_group`.execute(system.caseFile);
  expect(by.map((row) => Object.keys(row).sort())).toEqual([['cooperation', 'persons']]);
  expect(groups.map((row) => Object.keys(row).sort())).toEqual(
    Array.from({ length: 2 }, () => ['answers', 'cooperation', 'group']),
  );
  for (const { id } of delegates) expect(JSON.stringify(groups)).not.toContain(id);
  expect(JSON.stringify(by)).not.toContain('Secreto');
  const view = await system.view(ID);
  const { survey, ...others } = view;
  expect(JSON.stringify(others)).not.toContain('Secreto');
  expect(JSON.stringify(survey)).not.toContain('Lo sexto');
  const reader = { of: 'person', person: delegate(0).id, party: 'per-mtpe', secretariat: false } as const;
  expect(caseFor(view, reader).view.survey).toBeNull();
});
