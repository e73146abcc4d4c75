import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type CaseView, caseView, type RequestView } from '../../src/domain/caseView.ts';
import type { Change } from '../../src/domain/change.ts';
import { STEPS } from '../../src/domain/methodology.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';

/** Canned cases for the server of these tests. Everything goes through the schemas of the real one. */

export const PROGRAMME_FILE = new URL('../../examples/peru-chile-2021.yaml', import.meta.url);
export const PROGRAMME_TEXT = readFileSync(PROGRAMME_FILE, 'utf8');

const checked = checkProgrammeFile(PROGRAMME_TEXT);
if ('mistakes' in checked) throw new Error('the example has mistakes');
const { programme } = checked;

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

const DAY = 86_400_000;
/** An instant so many days from now. */
export const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

const PARTIES = {
  'per-mtpe': { party: 'per-mtpe', label: 'MTPE del Perú', timeZone: 'America/Lima' },
  'chl-mtps': { party: 'chl-mtps', label: 'MTPS de Chile', timeZone: 'America/Santiago' },
  oas: { party: 'oas', label: 'OEA', timeZone: 'America/New_York' },
} as const;

export const asked = (...codes: (keyof typeof PARTIES)[]) => codes.map((code) => PARTIES[code]);

/** A request: opened five days ago and due in three, unless said. */
export const request = (
  given: Pick<RequestView, 'id' | 'kind' | 'label'> & Partial<RequestView>,
): RequestView => {
  const parties = given.asked ?? asked('chl-mtps');
  return {
    round: 1,
    // As its label has it.
    item: Number(/\d+/.exec(given.label)?.[0] ?? 0) || null,
    step: 'coordination',
    subject: { ref: 'programme, version 1', hash: sha256(given.id) },
    asked: parties,
    owing: parties.map(({ party }) => party),
    waived: [],
    withdrawn: [],
    handedOver: [],
    reassigned: [],
    extended: [],
    annulled: [],
    translation: null,
    commitments: [],
    objectives: [],
    renews: null,
    renewedBy: null,
    forSecretariat: false,
    decisions: ['approve', 'changes'],
    slots: [],
    openedAt: inDays(-5),
    dueAt: inDays(3),
    overdue: false,
    closedAt: null,
    state: 'open',
    lapse: null,
    cooperation: 'running',
    again: null,
    reasons: [],
    turns: [],
    atTheEnd: [],
    windowRanOut: null,
    trouble: null,
    unreached: null,
    meeting: null,
    question: null,
    programme: null,
    sessions: [],
    documents: [],
    template: null,
    outcome: null,
    answers: [],
    ...given,
  };
};

export const approveProgramme = request({
  id: 'coordination/approve-programme.1',
  kind: 'approve-programme',
  label: 'Aprobar los contenidos del programa (versión 1)',
  asked: asked('per-mtpe', 'chl-mtps'),
});
export const overdueQuestion = request({
  id: 'documents/answer-question.2',
  kind: 'answer-question',
  label: 'Responder la pregunta 2',
  step: 'documents',
  asked: asked('per-mtpe'),
  decisions: ['done'],
  openedAt: inDays(-12),
  dueAt: inDays(-2),
  overdue: true,
});
export const SLOTS = ['2031-08-18-1000', '2031-08-19-1500', '2031-08-20-1000'];
export const chooseDate = request({
  id: 'session-2/choose-date.1',
  kind: 'choose-date',
  label: 'Indicar fechas para la 2.ª sesión',
  step: 'sessions',
  decisions: ['marks'],
  slots: [
    {
      id: '2031-08-18-1000',
      startsAt: '2031-08-18T15:00:00.000Z',
      endsAt: '2031-08-18T17:30:00.000Z',
      marks: [],
    },
    {
      id: '2031-08-19-1500',
      startsAt: '2031-08-19T20:00:00.000Z',
      endsAt: '2031-08-19T22:30:00.000Z',
      marks: [],
    },
    {
      id: '2031-08-20-1000',
      startsAt: '2031-08-20T15:00:00.000Z',
      endsAt: '2031-08-20T17:30:00.000Z',
      marks: [],
    },
  ],
});

const people = (): CaseView['people'] => {
  const counts = new Map<string, number>();
  return programme.participants.map(({ name, post, email, institution }) => {
    const n = (counts.get(institution) ?? 0) + 1;
    counts.set(institution, n);
    return {
      id: `${institution}-${n}`,
      party: institution,
      role: institution === 'oas' ? 'staff' : 'delegate',
      name,
      post: post ?? null,
      email: email ?? null,
      count: null,
      language: 'es',
      timeZone: PARTIES[institution as keyof typeof PARTIES].timeZone,
      session: null,
      focalPoint: n === 1,
      active: true,
    };
  });
};

/** A case with nothing in it but its programme, unless said. */
export function caseOf(given: Partial<CaseView> = {}): CaseView {
  const standing = given.cancelledAt
    ? ('cancelled' as const)
    : given.closedAt
      ? ('closed' as const)
      : given.pausedAt
        ? ('paused' as const)
        : undefined;
  return caseView.parse({
    id: '14-per-chl',
    pairing: 'Perú ← Chile',
    language: 'es',
    filedAt: inDays(-40),
    closedAt: null,
    cancelledAt: null,
    pausedAt: null,
    followUps: [],
    followedUpAt: given.closedAt ?? null,
    programme,
    steps: STEPS.map((step) => ({
      step,
      state: step === 'coordination' ? 'current' : 'ahead',
      ...(step === 'sessions' && { sessions: { held: 0, planned: 3 } }),
    })),
    people: people(),
    // What it agreed on is on record: what comes next is a session.
    meeting: {
      startsAt: '2021-06-09T15:00:00.000Z',
      endsAt: '2021-06-09T16:30:00.000Z',
      hours: 1.5,
      timeZone: 'America/Lima',
      link: null,
      place: null,
      sequence: 0,
      minutes: 'Los contenidos de las tres sesiones.',
      attendance: [],
      outputs: [],
      recordedAt: '2021-06-10T15:00:00.000Z',
      notHeldAt: null,
      cancelledAt: null,
    },
    sessions: programme.sessions.map(({ contents, window }, index) => ({
      number: index + 1,
      contents,
      hours: 2.5,
      startsAt: index === 0 ? '2031-07-14T15:00:00.000Z' : null,
      endsAt: index === 0 ? '2031-07-14T17:30:00.000Z' : null,
      timeZone: 'America/Lima',
      window: index > 0 && window ? { from: window.from, to: window.to } : null,
      link: null,
      place: null,
      sequence: -1,
      minutes: null,
      attendance: [],
      outputs: [],
      recordedAt: null,
      cancelledAt: null,
    })),
    programmeVersions: [],
    contents: [],
    questions: [],
    documents: [],
    changes: [],
    communications: [],
    comments: [],
    sheet: null,
    consents: [],
    certificates: [],
    closingPaper: null,
    survey: null,
    commitments: [],
    calendarReplies: [],
    awayReplies: [],
    absences: [],
    mails: [],
    record: [],
    workflows: [],
    ...given,
    requests: given.requests?.map((one) => ({ ...one, cooperation: standing ?? one.cooperation })) ?? [],
  });
}

/** A document of a case. */
export const document = (
  bytes: string,
  given: Partial<CaseView['documents'][number]> = {},
): CaseView['documents'][number] => ({
  changes: null,
  withheld: null,
  document: 'doc-1',
  version: 1,
  title: 'Marco legal de las escuelas',
  kind: 'shared',
  party: 'chl-mtps',
  by: 'chl-mtps-1',
  at: inDays(-3),
  size: Buffer.byteLength(bytes),
  mediaType: 'application/pdf',
  sha256: sha256(bytes),
  file: 'documents/doc-1-v1-marco-legal.pdf',
  ...given,
});

export const mail = (
  bytes: string,
  given: Partial<CaseView['mails'][number]> = {},
): CaseView['mails'][number] => ({
  notice: 'approve-programme',
  request: approveProgramme.id,
  person: 'chl-mtps-2',
  address: 'cristobal.auger@mtps-chile.example',
  subject: '[Acción requerida] Aprobar los contenidos del programa',
  messageId: `<${sha256(bytes).slice(0, 8)}@rial.example>`,
  state: 'sent',
  attempts: 1,
  response: '250 OK',
  preparedAt: inDays(-5),
  sentAt: inDays(-5),
  sha256: sha256(bytes),
  file: 'mail/0001-approve-programme-chl-mtps-2.eml',
  ...given,
});

/** A change that was made. */
export const change = (
  number: number,
  what: Change,
  given: Partial<CaseView['changes'][number]> = {},
): CaseView['changes'][number] => ({
  number,
  kind: what.change,
  what: what as CaseView['changes'][number]['what'],
  reason: 'Así se acordó',
  by: null,
  madeAt: inDays(-1),
  ...given,
});

/** An entry of the record. */
export const entry = (
  seq: number,
  kind: CaseView['record'][number]['kind'],
  given: Partial<CaseView['record'][number]> = {},
): CaseView['record'][number] => ({
  seq,
  at: '2031-08-10T23:00:00.000Z',
  kind,
  party: null,
  person: null,
  data: {},
  ...given,
});
