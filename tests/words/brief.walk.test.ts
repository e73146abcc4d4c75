import { describe, expect, it, test } from 'vitest';
import { briefLines } from '../../src/cli/brief.ts';
import type { Context as CliContext } from '../../src/cli/context.ts';
import { terminalOf } from '../../src/cli/terminal.ts';
import type { Brief } from '../../src/domain/brief.ts';
import { acceptanceIn, type CaseView, type RequestView } from '../../src/domain/caseView.ts';
import { LAPSES } from '../../src/domain/endings.ts';
import { kinds, REQUEST_KINDS, type RequestKind } from '../../src/domain/kinds/index.ts';
import { RAN_OUT } from '../../src/domain/kinds/kind.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Entry } from '../../src/domain/rehearsal.ts';
import { composeMail } from '../../src/mail/compose.ts';
import { about } from '../../src/site/pages/request/about.ts';
import { answerForm } from '../../src/site/pages/request/answer.ts';
import { answers, deadline, standing } from '../../src/site/pages/request/answers.ts';
import type { RequestPage } from '../../src/site/pages/request/requestPage.ts';
import { stateLine } from '../../src/site/parts/banner.ts';
import type { Visit } from '../../src/site/visit.ts';
import type { Block } from '../../src/words/blocks.ts';
import { allBlocks, briefBlocks } from '../../src/words/brief.ts';
import { timelineRowsOf } from '../../src/words/rehearsal.ts';
import { approveProgramme, caseOf, mail } from '../cli/cases.ts';
import { cooperation, delegate, NOW, readerOf, requestOf, sampleBrief } from '../mail/samples.ts';
import { walk } from '../support/walk.ts';

/**
 * Every kind of request in every situation: mail, page and terminal say what the brief says, and nothing that is not so.
 */

const CHANGED = '2021-06-10T15:00:00Z';
const reasons = [{ party: 'chl-mtps', by: 'chl-mtps-1', text: 'Falta el financiamiento.' }];
const before = { at: CHANGED, reason: 'Pidieron más tiempo.' };
const closed = (kind: RequestKind): Partial<Brief> => ({
  closedAt: CHANGED,
  owing: [],
  state: 'answered',
  outcome: kinds[kind].decisions.approve ? 'approve' : 'done',
});

const SESSION = {
  ...{ number: 1, contents: 'Marco', window: null, timeZone: 'America/Lima' },
  ...{ startsAt: '2021-06-02T15:00:00Z', endsAt: '2021-06-02T17:00:00Z' },
};
const BEHIND: Brief['sessions'] = [
  { ...SESSION, passed: 'held' },
  { ...SESSION, number: 2, passed: 'date' },
  {
    ...{ ...SESSION, number: 3, startsAt: null, endsAt: null, passed: 'window' },
    window: { from: '2021-05-17', to: '2021-05-31' },
  },
  { ...SESSION, number: 4, passed: null, startsAt: '2021-07-14T15:00:00Z', endsAt: '2021-07-14T17:00:00Z' },
];

type Situation = [name: string, of: (kind: RequestKind) => Partial<Brief>];
const SITUATIONS: Situation[] = [
  ['for the first time', () => ({})],
  ['again after changes', () => ({ again: 'changes-asked', round: 2, reasons })],
  ['corrected by the Secretariat', () => ({ again: 'corrected', round: 2, reasons })],
  ['after a poll in vain', () => ({ again: 'none-suited', round: 2 })],
  ['after a session that was not held', () => ({ again: 'not-held', round: 2, reasons })],
  ['with other dates', () => ({ again: 'other-dates', round: 2, reasons })],
  ['with dates that have passed', () => ({ sessions: BEHIND })],
  ['reassigned', (kind) => ({ reassigned: [{ from: 'oas', to: ownOf(kind), ...before }] })],
  ['extended', () => ({ extended: [{ from: '2021-06-14T22:00:00Z', ...before }] })],
  ['overdue', () => ({ dueAt: '2021-06-10T10:00:00Z', overdue: true })],
  [
    'for the Secretariat to decide',
    () => ({ dueAt: '2021-06-01T10:00:00Z', overdue: true, forSecretariat: true }),
  ],
  ['paused', () => ({ cooperation: 'paused' })],
  ['answered', closed],
  ['waived', () => ({ closedAt: CHANGED, owing: [], state: 'waived', outcome: 'waived' })],
  ...LAPSES.map(
    (lapse): Situation => [
      `lapsed: ${lapse}`,
      () => ({ closedAt: CHANGED, owing: [], state: 'lapsed', outcome: 'lapsed', lapse }),
    ],
  ),
  ['of a closed case, answered', (kind) => ({ ...closed(kind), cooperation: 'closed' })],
  ['of a closed case, left open', () => ({ owing: [], cooperation: 'closed' })],
  ['of a cancelled case, left open', () => ({ owing: [], cooperation: 'cancelled' })],
];
const RANGES_OVER: Situation[] = RAN_OUT.map((windowRanOut) => [
  `window ran out: ${windowRanOut}`,
  () => ({ windowRanOut, slots: [] }),
]);
const CASES = REQUEST_KINDS.flatMap((kind) =>
  [...SITUATIONS, ...(kinds[kind].decisions.date ? RANGES_OVER : [])].map(
    ([name, of]) => [`${kind} ${name}`, kind, of(kind)] as const,
  ),
);

/** The party that the sample's reader answers for. */
function ownOf(kind: RequestKind): string {
  return requestOf(kind).party;
}

const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(
      /&(amp|lt|gt|quot|#39|nbsp);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' })[name] ?? '',
    )
    .replace(/[>\s\u00a0]+/g, ' ')
    .trim();

function textsIn(block: Block): string[] {
  switch (block.block) {
    case 'facts':
      return block.rows.map(({ value }) => value);
    case 'list':
      return block.items.flatMap(({ text, note }) => [text, ...(note ? [note] : [])]);
    case 'button':
    case 'link':
      return [block.label];
    case 'paragraph':
    case 'heading':
    case 'quote':
      return [block.text];
  }
}
/** Each text of blocks, as it has to stand somewhere. */
const textsOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) =>
    textsIn(block)
      .flatMap((text) => text.split('\n'))
      .map(plain),
  );

const readingOf = (kind: RequestKind, timeZone = readerOf(kind).timeZone) => {
  const reader = readerOf(kind);
  return {
    language: reader.language,
    clock: { language: reader.language, timeZone, others: cooperation.timeZones, now: NOW },
    institutions: cooperation.institutions,
  };
};

function mailOf(kind: RequestKind, brief: Brief): string {
  const notice = {
    notice: 'request' as const,
    ...requestOf(kind, { brief, link: 'https://rial.example/r/1' }),
  };
  return plain(composeMail(notice, readerOf(kind), cooperation, NOW).html);
}

function viewOf(request: RequestView): CaseView {
  const { cooperation: standing } = request;
  const view = caseOf({
    requests: [request],
    closedAt: standing === 'closed' || standing === 'cancelled' ? CHANGED : null,
    cancelledAt: standing === 'cancelled' ? CHANGED : null,
    pausedAt: standing === 'paused' ? CHANGED : null,
  });
  return { ...view, programme: { ...view.programme, institutions: cooperation.institutions } };
}

/** The page as one of those asked sees it, with the band that says how the cooperation stands, but for what else is around it. */
function pageOf(kind: RequestKind, brief: Brief): { text: string; form: string; state: string } {
  const request: RequestView = { ...brief, label: '', answers: [], withdrawn: [] };
  const party = ownOf(kind);
  const person = {
    ...{ id: `${party}-1`, party, role: 'delegate' as const, name: delegate.name, email: delegate.email },
    ...{ cooperation: '14-per-chl', post: null, language: 'es' as const, timeZone: delegate.timeZone },
    ...{ focalPoint: false, session: null, active: true, position: 0 },
  };
  const view = viewOf(request);
  const visit = {
    view,
    person,
    parts: [person],
    capacity: 'member',
    clock: readingOf(kind).clock,
  } as unknown as Visit;
  const page: RequestPage = {
    ...{ language: 'es', visit, view, request },
    ...{ inCharge: [], values: {}, mistakes: [], kept: [], waiting: [] },
  };
  const owes = brief.owing.includes(party);
  const state = stateLine(view, visit.clock);
  const parts = [state, standing(page), deadline(page, owes), about(page, false), answers(page)];
  return { text: plain(parts.join('')), form: owes ? String(answerForm(page)) : '', state };
}

function terminalText(brief: Brief): string {
  const request: RequestView = { ...brief, label: '', answers: [], withdrawn: [] };
  const terminal = terminalOf({ isTTY: false, columns: 10_000 }, {});
  const context = { language: 'es', now: () => new Date(NOW), terminal } as unknown as CliContext;
  return plain(briefLines(request, viewOf(request), context).join('\n'));
}

/** The mail that asks for it, in the calendar of a rehearsal. */
function rehearsalText(brief: Brief): string {
  const view = viewOf({ ...brief, label: '', answers: [], withdrawn: [] });
  const sent = mail('', { notice: 'request', request: brief.id });
  const entry: Entry = {
    ...{ at: NOW, kind: 'mail', party: 'chl-mtps', person: 'chl-mtps-1', timeZone: 'America/Santiago' },
    ...{ local: '', workflow: 'cooperation/14-per-chl', of: { mail: sent } },
  };
  const rehearsed = { view, from: NOW, to: NOW } as Parameters<typeof timelineRowsOf>[1];
  return plain(
    timelineRowsOf([entry], rehearsed, 'es')
      .map(({ text }) => text)
      .join(' '),
  );
}

describe.each(walk(CASES, 60))('%s', (_, kind, changed) => {
  const brief = sampleBrief(kind, changed);
  const blocks = briefBlocks(brief, { ...readingOf(kind), party: ownOf(kind) });
  const visit = { mail: mailOf(kind, brief), page: pageOf(kind, brief), terminal: terminalText(brief) };

  it('is said alike in mail, page and terminal', () => {
    const { lead, standing, matter, dates, enclosed } = blocks;
    const onPage = briefBlocks(brief, { ...readingOf(kind), party: ownOf(kind), isStateTold: true });
    for (const text of textsOf([...lead, ...onPage.standing, ...matter, ...dates, ...enclosed]))
      expect(visit.page.text, 'page').toContain(text);
    // On the page that is the band's, and said once.
    expect(visit.page.state !== '').toBe(brief.cooperation !== 'running');
    expect(onPage.standing.length + Number(visit.page.state !== '')).toBeGreaterThanOrEqual(standing.length);
    // Nobody is written to of what is closed or over.
    if (brief.closedAt === null && brief.owing.length > 0)
      for (const text of textsOf([...lead, ...standing, ...matter, ...dates]))
        expect(visit.mail, 'mail').toContain(text);
    // The terminal is read by whoever looks on: nothing is asked of them.
    const read = briefBlocks(brief, readingOf(kind, 'America/New_York'));
    for (const text of textsOf(allBlocks(read))) expect(visit.terminal, 'terminal').toContain(text);
    if (brief.again && read.lead.length > 0) expect(rehearsalText(brief)).toContain(textsOf(read.lead)[0]);
  });

  it('has a due date only while time runs', () => {
    const runs = brief.closedAt === null && brief.cooperation === 'running';
    for (const text of [visit.page.text, visit.terminal]) {
      expect(/\b(Hasta|Plazo): /.test(text) || /\b(Hasta|Plazo) /.test(text.slice(0, 400))).toBe(runs);
      if (!runs) expect(text).not.toMatch(/Vencida|Falta \d|Faltan \d|Vence hoy/);
    }
    if (brief.cooperation === 'paused') expect(visit.mail).not.toMatch(/\bHasta\b.*\(Santiago\)/);
  });

  it('asks for nothing, and promises nothing, once it is closed or over', () => {
    const over = brief.cooperation === 'closed' || brief.cooperation === 'cancelled';
    if (brief.closedAt === null && !over) return;
    expect(blocks.lead.length === 0 || brief.again !== null).toBe(true);
    expect(visit.page.form).toBe('');
    expect(visit.page.text).not.toMatch(/Le pedimos/);
    if (over) expect(visit.page.text).not.toMatch(/le avisaremos|continúa/i);
  });

  it('offers the answers that are accepted, and no others', () => {
    if (!brief.owing.includes(ownOf(kind)) || brief.closedAt) return;
    const { form } = visit.page;
    const offersNew = kinds[kind].decisions.changes?.called === 'new-dates';
    if (!offersNew) return;
    const taken = brief.decisions.includes('changes');
    expect(/value="changes"/.test(form)).toBe(taken);
    expect(/nuevas fechas/.test(visit.mail)).toBe(taken);
    expect(taken).toBe(brief.windowRanOut === null);
  });
});

// What is said of four sessions that stand in a programme: held, its date passed, its window passed, ahead.
test.each<[Language, ...string[]]>([
  [
    'es',
    'Ya se realizó',
    'Esta fecha ya pasó: la Secretaría registra si se realizó y lo que dejó',
    'Este período ya pasó: la Secretaría registra cuándo se realizó y lo que dejó',
  ],
  [
    'en',
    'Already held',
    'This date has passed: the Secretariat records whether it was held and what came of it',
    'This period has passed: the Secretariat records when it was held and what came of it',
  ],
  [
    'pt',
    'Já realizada',
    'Esta data já passou: a Secretaria registra se a sessão foi realizada e o que resultou dela',
    'Este período já passou: a Secretaria registra quando a sessão foi realizada e o que resultou dela',
  ],
  [
    'fr',
    'Déjà tenue',
    'Cette date est passée : le Secrétariat enregistre si la séance a eu lieu et ce qui en est ressorti',
    'Cette période est passée : le Secrétariat enregistre quand la séance a eu lieu et ce qui en est ressorti',
  ],
])('a programme that is up for approval says of each date that it is past, in %s', (language, ...said) => {
  const kind = 'approve-programme';
  const brief = sampleBrief(kind, { sessions: BEHIND });
  const { clock, ...reading } = readingOf(kind);
  const reader = { ...reading, language, clock: { ...clock, language }, party: ownOf(kind) };
  const items = textsOf(briefBlocks(brief, reader).enclosed).filter((text) => text.includes(' — '));
  expect(items.map((text) => text.split('). ')[1]?.trim() ?? '')).toEqual([...said, '']);
  const { html } = composeMail(
    {
      notice: 'request',
      ...requestOf(kind, { brief: { sessions: BEHIND }, link: 'https://rial.example/r/1' }),
    },
    { ...readerOf(kind), language },
    cooperation,
    NOW,
  );
  for (const text of said) expect(plain(html)).toContain(text);
});

test('who received the report is whoever accepted it, although another was to', () => {
  const accepted = {
    party: 'chl-mtps',
    by: 'chl-mtps-1',
    decision: 'approve',
  } as RequestView['answers'][number];
  const received = {
    ...approveProgramme,
    kind: 'receive-report',
    outcome: 'approve',
    answers: [accepted],
  } as const;
  const view = {
    ...caseOf({ requests: [approveProgramme], closedAt: CHANGED }),
    requests: [received],
  } as unknown as CaseView;
  expect(acceptanceIn(view)).toBe(accepted);
  expect(stateLine(view, readingOf('receive-report').clock)).toMatch(/: el MTPS.* recibió/);
});
