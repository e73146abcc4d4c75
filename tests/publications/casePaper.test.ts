import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import {
  resultsOf,
  SURVEY_QUESTIONS,
  type SurveyAnswer,
  type SurveyResults,
} from '../../src/domain/results/survey.ts';
import { renderCasePaper } from '../../src/publications/casePaper.ts';
import { approveProgramme, caseOf, document, entry, mail, sha256 } from '../cli/cases.ts';
import { HOSTILE } from './hostile.ts';
import { readPdf, squeezed } from './reading.ts';

const AT = '2021-07-01T15:00:00.000Z';
const NONE = { entries: 0, mails: 0, communications: 0, histories: 0 };
const render = (view: ReturnType<typeof caseOf>, withheld = NONE) =>
  renderCasePaper({ view, withheld, madeAt: AT, head: 'ab'.repeat(32), entries: 3, attached: '{}\n' });
const answer = {
  ...{ party: 'chl-mtps', by: 'chl-mtps-1', name: 'Margarita Spoerer', decision: 'changes', at: AT },
  ...{ content: sha256('reason'), door: { door: 'token' as const, token: 4, name: 'Sistema de Chile' } },
};
const whole = () =>
  caseOf({
    requests: [{ ...approveProgramme, answers: [answer] }],
    contents: [{ hash: sha256('reason'), value: { reason: 'Falta la tercera sesión.' } }],
    documents: [document('%PDF marco')],
    certificates: [
      {
        ...{
          number: 1,
          code: '0'.repeat(20),
          name: 'Ana Paz',
          institution: 'SENCE',
          persons: [],
          language: 'es',
        },
        ...{ sessions: [{ number: 2, date: '2021-06-30', hours: 2 }], givenAt: AT, givenBy: 'oas' },
        withdrawn: { at: AT, by: 'oas', how: 'withdrawn', reason: 'Se fue antes.' },
        ...{ sha256: sha256('constancia'), file: 'certificates/0001.pdf' },
      },
    ],
    mails: [mail('Subject: uno\r\n\r\n')],
    record: [entry(1, 'programme-issued', { data: { version: 1 }, at: AT })],
  });

describe('the PDF of a whole case', () => {
  it('tells each decision with what was written beside it, by which door, and when in each capital', async () => {
    const { text, marked, tags } = await readPdf(render(whole()));
    expect(text).toContain('Expediente de la cooperación');
    for (const told of [
      'cambios solicitados',
      'Falta la tercera sesión.',
      'por la API, con la clave n.º 4 «Sistema de Chile»',
      '1 jul 2021, 10:00 (Lima) · 11:00 (Santiago) · 11:00 (Washington)',
      sha256('%PDF marco').slice(0, 16),
      'Programa, versión 1: enviado a las delegaciones',
      '1. Ana Paz (SENCE)',
      'Anulada: 1 jul 2021, 10:00 (Lima)',
      'Se fue antes.',
    ])
      expect(text.replaceAll(/\s+/g, '')).toContain(told.replaceAll(/\s+/g, ''));
    expect(text).not.toContain('No se incluye');
    expect(marked).toBe(true);
    expect(tags).toContain('Table');
  });

  it('says of a coordination meeting that it was not held', async () => {
    const { meeting } = whole();
    const text = async (notHeldAt: string | null) =>
      (await readPdf(render({ ...whole(), meeting: { ...meeting, notHeldAt } }))).text.replaceAll(/\s+/g, '');
    expect(await text(AT)).toContain('Noserealizó:1jul2021');
    expect(await text(null)).not.toContain('Noserealizó');
  });

  it('has the totals of the survey, where its reader may have them', async () => {
    const grades = Object.fromEntries(SURVEY_QUESTIONS.map((one) => [one, 4])) as SurveyAnswer['grades'];
    const survey = (count: number) =>
      count < 5
        ? resultsOf([], count)
        : resultsOf([Array.from({ length: count }, () => ({ grades, text: 'Más plazo.' }))]);
    const text = async (of: SurveyResults | null) =>
      squeezed((await readPdf(render({ ...whole(), survey: of }))).text);
    const five = await text(survey(5));
    for (const said of ['5 respuestas.', 'Nada: 0 · Poco: 0 · En parte: 0 · Bastante: 5', 'Más plazo.'])
      expect(five).toContain(squeezed(said));
    const four = await text(survey(4));
    expect(four).toContain(squeezed('4 respuestas.'));
    expect(four).not.toContain(squeezed('Más plazo.'));
    for (const none of [null, survey(0)]) expect(await text(none)).not.toContain('Encuesta');
  });

  it('marks a version of the programme that is not in force any more', async () => {
    const file = { file: 'documents/programa-v1.pdf', sha256: sha256('pdf') };
    const version = {
      ...{ version: 1, cause: 'coordination.1', madeAt: AT, issuedAt: null, hash: sha256('p') },
      ...{ pdf: file, docx: file, differences: [] },
    };
    const text = async (annulledAt?: string) =>
      (
        await readPdf(
          render({ ...whole(), programmeVersions: [{ ...version, ...(annulledAt && { annulledAt }) }] }),
        )
      ).text.replaceAll(/\s+/g, '');
    expect(await text(AT)).toContain('Sinefectodesde');
    expect(await text()).not.toContain('Sinefecto');
  });

  it('says what its reader does not get, has the same bytes each time, and is in the case’s language', async () => {
    const { text } = await readPdf(render(whole(), { ...NONE, entries: 2, mails: 1 }));
    expect(text).toContain('2 entradas del historial');
    expect(Buffer.from(render(whole())).equals(Buffer.from(render(whole())))).toBe(true);
    const titles = await Promise.all(
      LANGUAGES.map(async (language) => (await readPdf(render({ ...whole(), language }))).info.Title),
    );
    expect(new Set(titles).size).toBe(LANGUAGES.length);
  });

  it('is made whatever people wrote, and obeys none of it', async () => {
    const texts = [...Object.values(HOSTILE).map(({ written }) => written), '', ' ', '\u0007', '漢字'];
    const view = whole();
    const pdf = render({
      ...view,
      mails: texts.map((subject, n) => ({
        ...(view.mails[0] as (typeof view.mails)[0]),
        subject,
        file: `mail/${n}.eml`,
      })),
      documents: texts.map((title) => ({ ...(view.documents[0] as (typeof view.documents)[0]), title })),
      questions: texts.map((text, n) => ({
        ...{ number: n + 1, from: 'chl-mtps', by: 'chl-mtps-1', to: 'per-mtpe', session: null, text },
        ...{ askedAt: AT, answer: null, answeredBy: null, answeredAt: null },
      })),
    });
    const { text, links } = await readPdf(pdf);
    expect(text).toContain('#eval("1 + 1")');
    expect(text).toContain('<script>alert(1)</script>');
    expect(links).toEqual([]);
  });
});
