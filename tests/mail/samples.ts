import type { Brief } from '../../src/domain/brief.ts';
import { PROGRAMME_CHANGES } from '../../src/domain/change.ts';
import { decisionsOf, kinds, REQUEST_KINDS, type RequestKind } from '../../src/domain/kinds/index.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { CONSULTANT } from '../../src/domain/methodology.ts';
import type {
  CooperationHeading,
  PassingOn,
  Reader,
  RequestNotice,
  SessionRecord,
} from '../../src/mail/notice.ts';
import type { Notice } from '../../src/mail/notices/index.ts';
import type { DocumentLine, QuestionLine, RequestLine, SessionHeading } from '../../src/words/lines.ts';
import type { NamedParty } from '../../src/words/names/parties.ts';

/** One of each notice, from the cooperation between Peru and Chile of 2021. */

export const NOW = '2021-06-11T15:00:00Z';
/** 18:00 in Santiago, 17:00 in Lima, 18:00 in Washington. */
const DUE = '2021-06-18T22:00:00Z';

export const cooperation: CooperationHeading = {
  id: '14-per-chl',
  subject: 'Escuelas de Formación Sindical',
  call: { number: 14, year: 2021 },
  requesting: ['PE'],
  providing: ['CL'],
  institutions: [
    {
      id: 'per-mtpe',
      role: 'requesting',
      name: 'Ministerio de Trabajo y Promoción del Empleo',
      acronym: 'MTPE',
      country: 'PE',
      timezone: 'America/Lima',
    },
    {
      id: 'chl-mtps',
      role: 'providing',
      name: 'Ministerio del Trabajo y Previsión Social',
      acronym: 'MTPS',
      country: 'CL',
      timezone: 'America/Santiago',
    },
    {
      id: 'oas',
      role: 'secretariat',
      name: 'Organización de los Estados Americanos',
      acronym: 'OEA',
      country: 'US',
      timezone: 'America/New_York',
    },
  ],
  timeZones: ['America/Lima', 'America/Santiago', 'America/New_York'],
  secretariat: { acronym: 'OEA', name: 'Organización de los Estados Americanos' },
  officer: { name: 'María Claudia Camacho', email: 'claudia.camacho@oea.example' },
};

export const MTPE: NamedParty = {
  name: 'Ministerio de Trabajo y Promoción del Empleo de Perú',
  acronym: 'MTPE',
  country: 'PE',
  role: 'requesting',
};
export const MTPS: NamedParty = {
  name: 'Ministerio de Trabajo y Previsión Social de Chile',
  acronym: 'MTPS',
  country: 'CL',
  role: 'providing',
};
export const OEA: NamedParty = {
  name: 'Organización de los Estados Americanos',
  acronym: 'OEA',
  country: 'US',
  role: 'secretariat',
};

export const delegate: Reader = {
  name: 'Cristóbal Auger',
  email: 'cristobal.auger@mtps.example',
  language: 'es',
  timeZone: 'America/Santiago',
  institution: { acronym: 'MTPS', country: 'CL', secretariat: false },
};
export const officer: Reader = {
  name: 'Guillermo Calzada',
  email: 'guillermo.calzada@oea.example',
  language: 'es',
  timeZone: 'America/New_York',
  institution: { acronym: 'OEA', country: 'US', secretariat: true },
};
export const consultant: Reader = {
  name: 'Lucía Ferrari',
  email: 'lucia@consultora.example',
  language: 'es',
  timeZone: 'America/Montevideo',
};

export const first: SessionHeading = {
  number: 1,
  contents:
    'Presentación de la Escuela de Formación Sindical de Chile, incluyendo metodología para definir malla curricular, articulaciones, financiamiento y normativa.',
  startsAt: '2021-07-14T15:00:00Z',
  endsAt: '2021-07-14T17:30:00Z',
  timeZone: 'America/Lima',
  platform: 'Zoom',
  link: 'https://zoom.us/j/6458868936',
};
const second: SessionHeading = {
  number: 2,
  contents:
    'Sensibilización de gerentes regionales de trabajo y aliados sociolaborales.\nPropuestas de la ST-CNTPE que viabilicen el proyecto.',
  window: { from: '2021-08-16', to: '2021-08-31' },
};
const third: SessionHeading = {
  number: 3,
  contents: 'Reunión técnica para trabajar en la justificación del proyecto.',
  window: { from: '2021-09-27', to: '2021-10-15' },
};

const slots = [
  { id: 's1', startsAt: '2021-08-18T15:00:00Z', endsAt: '2021-08-18T17:30:00Z' },
  { id: 's2', startsAt: '2021-08-24T15:00:00Z', endsAt: '2021-08-24T17:30:00Z' },
];
const HASH = 'a'.repeat(64);
const documents: DocumentLine[] = [
  {
    title: 'Malla curricular de la Escuela de Formación Sindical',
    fileName: 'malla-curricular.pdf',
    version: 1,
    institution: MTPS,
    attached: true,
  },
];
const question: QuestionLine = {
  number: 2,
  to: MTPS,
  text: '¿Cómo se financia la Escuela?\n¿Qué parte aportan las organizaciones sindicales?',
};
const documentIn = (kind: 'sheet' | 'report'): Brief['documents'][number] => ({
  role: 'subject',
  document: kind,
  version: 1,
  kind,
  title: 'malla-curricular.pdf',
  fileName: 'malla-curricular.pdf',
  mediaType: 'application/pdf',
  size: 1200,
  sha256: HASH,
  party: 'chl-mtps',
  at: NOW,
  changes: null,
});
const session = ({ startsAt, endsAt, window, ...rest }: SessionHeading): Brief['sessions'][number] => ({
  number: rest.number,
  contents: rest.contents,
  startsAt: startsAt ?? null,
  endsAt: endsAt ?? null,
  window: window ?? null,
  timeZone: 'America/Lima',
  passed: rest.passed ?? null,
});
const reasons = [
  { party: 'chl-mtps', by: 'chl-mtps-1', text: 'Falta el financiamiento en la primera sesión.' },
];

const MET = { startsAt: '2021-06-09T15:00:00Z', endsAt: '2021-06-09T17:00:00Z', timeZone: 'America/Lima' };

/** What each kind of request is about. */
const MATTERS: Record<RequestKind, Partial<Brief>> = {
  'confirm-coordination': {
    meeting: { ...MET, agreed: null },
  },
  'set-meeting': {
    meeting: { ...MET, agreed: null },
    again: 'not-held',
    reasons: [{ party: 'oas', by: 'oas-1', text: 'Se cortó la luz.' }],
  },
  'translate-programme': {
    translation: {
      into: 'en',
      paragraphs: [
        { number: 1, part: 'title', text: 'Cooperación bilateral', translation: null },
        { number: 2, part: 'description', text: 'El Perú prepara una norma.', translation: null },
      ],
    },
  },
  'vouch-translation': {
    translation: {
      into: 'en',
      paragraphs: [
        { number: 1, part: 'title', text: 'Cooperación bilateral', translation: 'Bilateral cooperation' },
        {
          number: 2,
          part: 'description',
          text: 'El Perú prepara una norma.',
          translation: 'Peru is preparing regulations.',
        },
      ],
    },
  },
  'approve-programme': {
    item: 1,
    sessions: [first, second, third].map(session),
    programme: { version: 1, previous: null, differences: [] },
  },
  'revise-programme': {
    item: 2,
    sessions: [first, second].map(session),
    programme: { version: 1, previous: null, differences: [] },
    again: 'changes-asked',
    reasons,
  },
  'send-documents': {},
  'answer-question': {
    item: 2,
    question: {
      number: 2,
      from: 'per-mtpe',
      by: 'per-mtpe-1',
      session: null,
      text: '¿Cómo se financia la Escuela?\n¿Qué parte aportan las organizaciones sindicales?',
    },
  },
  'choose-date': {
    item: 2,
    sessions: [session(second)],
    slots: slots.map((slot) => ({ ...slot, marks: [] })),
  },
  'confirm-date': {
    item: 2,
    sessions: [session(second)],
    slots: slots.map((slot) => ({
      ...slot,
      marks: [
        { party: 'per-mtpe', mark: 'yes' as const },
        { party: 'chl-mtps', mark: 'if-need-be' as const },
      ],
    })),
  },
  'settle-session': { item: 1, sessions: [session(first)] },
  'record-session': { item: 1, sessions: [session(first)] },
  'name-consultant': {},
  'draft-sheet': { template: 'sheet' },
  'review-sheet': { item: 1, documents: [documentIn('sheet')] },
  'draft-report': { again: 'changes-asked', reasons },
  'complement-report': {
    documents: [documentIn('report')],
    turns: [
      { party: 'per-mtpe', part: 'drafts', state: 'done', at: NOW },
      { party: 'chl-mtps', part: 'complements', state: 'now', at: null },
      { party: 'oas', part: 'receives', state: 'ahead', at: null },
    ],
  },
  'receive-report': { item: 2, documents: [documentIn('report')] },
  'tell-outcomes': {
    item: 6,
    objectives: [
      { number: 1, text: 'Conocer la experiencia', change: 'Los inspectores se forman con la malla nueva.' },
    ],
  },
  'tell-commitments': {
    commitments: [
      { number: 1, what: 'Enviar el manual', party: 'chl-mtps', name: null, due: '2021-09-30' },
      { number: 2, what: 'Traducir la guía', party: 'chl-mtps', name: 'Ana Torres', due: '2021-10-15' },
    ],
  },
  'resolve-trouble': { trouble: 'draftProgramme: timeout' },
};

/** A request as it is opened for the first time, and waited on. */
export function sampleBrief(kind: RequestKind, changed: Partial<Brief> = {}): Brief {
  const both = [
    'approve-programme',
    'send-documents',
    'choose-date',
    'review-sheet',
    'tell-outcomes',
  ].includes(kind);
  const own = readerOf(kind) === consultant ? CONSULTANT : readerOf(kind) === officer ? 'oas' : 'chl-mtps';
  const parties = both ? ['per-mtpe', 'chl-mtps'] : [own];
  const { step } = kinds[kind];
  const brief: Brief = {
    id: `coordination/${kind}.1`,
    kind,
    round: 1,
    item: null,
    step: step === 'any' ? 'coordination' : step,
    subject: { ref: 'subject', hash: HASH },
    asked: parties.map((party) => ({ party, label: party, timeZone: 'America/Lima' })),
    owing: parties,
    waived: [],
    handedOver: [],
    reassigned: [],
    extended: [],
    annulled: [],
    renews: null,
    renewedBy: null,
    forSecretariat: false,
    decisions: decisionsOf(kind, changed),
    openedAt: NOW,
    dueAt: DUE,
    overdue: false,
    closedAt: null,
    state: 'open',
    lapse: null,
    turns: [],
    atTheEnd: [],
    outcome: null,
    cooperation: 'running',
    again: null,
    reasons: [],
    windowRanOut: null,
    trouble: null,
    unreached: null,
    meeting: null,
    question: null,
    programme: null,
    translation: null,
    commitments: [],
    objectives: [],
    sessions: [],
    slots: [],
    documents: [],
    template: null,
    ...MATTERS[kind],
  };
  return { ...brief, ...changed };
}

const BY_STAFF: readonly RequestKind[] = [
  'confirm-coordination',
  'set-meeting',
  'revise-programme',
  'confirm-date',
  'settle-session',
  'record-session',
  'name-consultant',
  'receive-report',
  'resolve-trouble',
];

/** Who is usually asked for this. */
export const readerOf = (kind: RequestKind): Reader => {
  if (kind === 'draft-sheet') return consultant;
  return BY_STAFF.includes(kind) ? officer : delegate;
};

type ChangedNotice = Partial<Omit<RequestNotice, 'brief'>> & { brief?: Partial<Brief> };

export function requestOf(kind: RequestKind, { brief = {}, ...changed }: ChangedNotice = {}): RequestNotice {
  const reader = readerOf(kind);
  const whole = sampleBrief(kind, brief);
  return {
    brief: whole,
    party: reader === consultant ? CONSULTANT : reader === officer ? 'oas' : 'chl-mtps',
    attached: whole.documents.map(({ document, version }) => `${document}@${version}`),
    colleagues: reader === delegate ? ['Margarita Spoerer', 'Pedro Pablo Silva', 'Maximiliano Gilabert'] : [],
    nextReminderAt: '2021-06-16T14:00:00Z',
    ...changed,
  };
}

const REASON = 'La delegación estará de viaje.\nSe acordó por teléfono.';
const GUESTS = ['cusco', 'puno', 'ica'].map((region, index) => ({
  name: `Gerencia Regional de ${region}`,
  email: `gerencia@${region}.example`,
  ...(index > 0 && { post: 'Gerente' }),
}));

/** What is asked of somebody, named in passing. */
export const lines: RequestLine[] = [
  { kind: 'approve-programme', n: 1, dueAt: DUE },
  { kind: 'answer-question', n: 2, dueAt: '2021-06-25T22:00:00Z' },
  { kind: 'send-documents', dueAt: '2021-06-10T22:00:00Z' },
];
/** Ten days after it was due: nobody has answered. */
const LATE = '2021-07-02T13:00:00Z';
const silentOf = (silent: string[], changed: ChangedNotice = {}) =>
  ({
    notice: 'reminder' as const,
    number: 5,
    level: 'secretariat' as const,
    silent,
    ...requestOf('approve-programme', { party: 'oas', colleagues: [], ...changed }),
  }) satisfies Notice;

const meeting = {
  startsAt: '2021-06-23T15:00:00Z',
  endsAt: '2021-06-23T16:00:00Z',
  link: 'https://meet.oas.example/14',
};
const RECORD: SessionRecord = {
  session: first,
  minutes: 'Se presentaron los contenidos.\nSe acordó seguir.',
  attendance: ['Margarita Spoerer'],
  outputs: ['Ruta inicial del proyecto'],
};

/** Every notice there is, each kind of request among them, with and without what is optional. */
const NOTICES: { name: string; notice: Notice; reader: Reader; now?: string }[] = [
  ...REQUEST_KINDS.map((kind) => ({
    name: `request ${kind}`,
    notice: { notice: 'request' as const, ...requestOf(kind) },
    reader: readerOf(kind),
  })),
  ...REQUEST_KINDS.map((kind) => ({
    name: `request ${kind} with a link`,
    notice: {
      notice: 'request' as const,
      ...requestOf(kind, { link: 'https://rial.example/r/4f2a9c7d' }),
    },
    reader: readerOf(kind),
  })),
  {
    name: 'request approve-programme with what the meeting agreed on',
    notice: {
      notice: 'request',
      ...requestOf('approve-programme', {
        brief: { meeting: { ...MET, agreed: 'Los contenidos de las tres sesiones.' } },
      }),
    },
    reader: delegate,
  },
  {
    name: 'request draft-report for the first time',
    notice: { notice: 'request', ...requestOf('draft-report', { brief: { again: null, reasons: [] } }) },
    reader: delegate,
  },
  {
    name: 'request draft-report with the sheet published',
    notice: {
      notice: 'request',
      ...requestOf('draft-report', { brief: { again: null, reasons: [] } }),
      tidings: { sheet: { version: 2, waived: [MTPS] } },
    },
    reader: delegate,
  },
  {
    name: 'request choose-date with the minutes of the session before',
    notice: { notice: 'request', ...requestOf('choose-date'), tidings: { minutes: [RECORD] } },
    reader: delegate,
  },
  {
    name: 'invitation that asks for documents, with minutes',
    notice: {
      ...{ notice: 'invitation', session: first, guest: false, programmeVersion: 1, programmeApproved: true },
      asked: requestOf('send-documents'),
      recorded: [RECORD],
      others: [{ ...third, startsAt: '2021-10-01T15:00:00Z', endsAt: '2021-10-01T17:30:00Z' }],
    },
    reader: delegate,
  },
  {
    name: 'invitation to whoever passes it on to guests without an address',
    notice: {
      ...{ notice: 'invitation', session: first, guest: false },
      toInvite: [
        { name: 'Gerentes regionales', count: 12 },
        { name: 'Eva Sol', count: null },
      ],
    },
    reader: delegate,
  },
  ...[null, 'Margarita Spoerer'].map((name) => ({
    name: `request resolve-trouble of ${name ? 'a focal point' : 'an institution'} that mail does not reach`,
    notice: {
      notice: 'request' as const,
      ...requestOf('resolve-trouble', {
        brief: { trouble: 'unreached chl-mtps', unreached: { party: 'chl-mtps', name } },
      }),
    },
    reader: officer,
  })),
  ...(
    [
      ['some', { removed: ['Se financia con cuotas.'], added: ['Se financia con un fondo.'], more: 3 }],
      ['no', { removed: [], added: [], more: 0 }],
    ] as const
  ).map(([name, { removed, added, more }]) => ({
    name: `request review-sheet once more, with ${name} text changed`,
    notice: {
      notice: 'request' as const,
      ...requestOf('review-sheet', {
        brief: {
          ...{ item: 2, round: 2, again: 'changes-asked', reasons },
          documents: [
            {
              ...documentIn('sheet'),
              version: 2,
              changes: { removed: [...removed], added: [...added], more },
            },
          ],
        },
      }),
    },
    reader: delegate,
  })),
  {
    name: 'request draft-sheet once more',
    notice: {
      notice: 'request',
      ...requestOf('draft-sheet', { brief: { again: 'changes-asked', reasons } }),
    },
    reader: consultant,
  },
  {
    name: 'request answer-question with one colleague and no reminder to come',
    notice: {
      notice: 'request',
      ...requestOf('answer-question', { colleagues: ['Ana Paz'] }),
    },
    reader: delegate,
    now: '2021-06-17T15:00:00Z',
  },
  {
    name: 'request asked late',
    notice: { notice: 'request', ...requestOf('send-documents') },
    reader: delegate,
    now: '2021-06-21T15:00:00Z',
  },
  ...(
    [
      ['two days before', '2021-06-16T15:00:00Z'],
      ['on the day', '2021-06-18T23:30:00Z'],
      ['three days after', '2021-06-21T15:00:00Z'],
    ] as const
  ).map(([name, now]) => ({
    name: `reminder ${name}`,
    notice: { notice: 'reminder' as const, number: 1, ...requestOf('approve-programme') },
    reader: delegate,
    now,
  })),
  {
    name: 'reminder to the focal point',
    notice: {
      notice: 'reminder',
      number: 4,
      level: 'focal-point',
      silent: ['chl-mtps'],
      ...requestOf('approve-programme', { nextReminderAt: '2021-07-02T13:00:00Z' }),
    },
    reader: { ...delegate, name: 'Jimena Rojas' },
    now: '2021-06-25T13:00:00Z',
  },
  {
    name: 'reminder to the focal point before the due date, with nothing after it',
    notice: {
      notice: 'reminder',
      number: 4,
      level: 'focal-point',
      ...requestOf('send-documents', { link: 'https://rial.example/r/4f2a9c7d', colleagues: [] }),
    },
    reader: delegate,
    now: '2021-06-18T13:00:00Z',
  },
  {
    name: 'reminder to the Secretariat',
    notice: silentOf(['chl-mtps']),
    reader: officer,
    now: LATE,
  },
  {
    name: 'reminder to the Secretariat of what cannot go without an answer, with a link',
    notice: {
      ...silentOf(['chl-mtps']),
      ...requestOf('draft-report', {
        link: 'https://rial.example/r/4f2a9c7d',
        colleagues: [],
        party: 'oas',
      }),
    },
    reader: officer,
    now: '2021-06-19T13:00:00Z',
  },
  {
    name: 'reminder to the Secretariat of what it owes itself',
    notice: {
      ...silentOf(['oas']),
      ...requestOf('confirm-date', { colleagues: ['María Claudia Camacho'] }),
    },
    reader: officer,
    now: LATE,
  },
  ...(['focal-point', 'secretariat'] as const).map((nextReminderLevel) => ({
    name: `reminder after which the ${nextReminderLevel} is told`,
    notice: {
      notice: 'reminder' as const,
      number: 3,
      ...requestOf('review-sheet', { nextReminderAt: '2021-06-25T13:00:00Z', nextReminderLevel }),
    },
    reader: delegate,
    now: '2021-06-21T13:00:00Z',
  })),
  ...(
    [
      { how: 'handed-over', name: 'Margarita Spoerer', reason: REASON },
      { how: 'absent', name: 'Margarita Spoerer' },
      { how: 'replaced', name: 'Margarita Spoerer' },
      { how: 'reassigned', name: MTPE, reason: REASON },
      { how: 'reassigned', name: OEA, reason: REASON },
      { how: 'annulled', reason: REASON },
      { how: 'handed-over' },
      { how: 'absent' },
      { how: 'replaced' },
      { how: 'reassigned' },
    ] satisfies PassingOn[]
  ).map((passed: PassingOn) => ({
    name: `request passed: ${passed.how} by ${passed.name ?? 'nobody named'}`,
    notice: { notice: 'request' as const, passed, ...requestOf('answer-question', { colleagues: [] }) },
    reader: delegate,
  })),
  {
    name: 'request reassigned to the Secretariat',
    notice: {
      notice: 'request',
      passed: { how: 'reassigned', name: MTPS, reason: REASON },
      ...requestOf('draft-report', { party: 'oas', brief: { owing: ['oas'] }, colleagues: [] }),
    },
    reader: officer,
  },
  {
    name: 'request reassigned to the consultant',
    notice: {
      notice: 'request',
      passed: { how: 'reassigned', name: MTPS, reason: REASON },
      ...requestOf('draft-sheet'),
    },
    reader: consultant,
  },
  ...(
    [
      { again: 'none-suited' },
      { again: 'not-held' },
      { again: 'other-dates', reasons: [{ party: 'oas', by: 'oas-1', text: REASON }] },
    ] as const
  ).map(({ again, ...rest }) => ({
    name: `request choose-date anew: ${again}`,
    notice: {
      notice: 'request' as const,
      ...requestOf('choose-date', { brief: { again, reasons: 'reasons' in rest ? [...rest.reasons] : [] } }),
    },
    reader: delegate,
  })),
  ...(['time', 'no-dates', 'entered'] as const).map((windowRanOut) => ({
    name: `request confirm-date, window ran out: ${windowRanOut}`,
    notice: {
      notice: 'request' as const,
      ...requestOf('confirm-date', { brief: { slots: [], windowRanOut } }),
    },
    reader: officer,
  })),
  {
    name: 'request settle-session, its days had passed when it was entered',
    notice: { notice: 'request', ...requestOf('settle-session', { brief: { windowRanOut: 'entered' } }) },
    reader: officer,
  },
  {
    name: 'deadline extended',
    notice: {
      notice: 'deadline-extended',
      previousDueAt: '2021-06-16T22:00:00Z',
      reason: REASON,
      ...requestOf('approve-programme'),
    },
    reader: delegate,
  },
  ...(
    [
      ['waived', undefined, delegate],
      ['waived', undefined, consultant],
      ['reassigned', MTPE, delegate],
      ['reassigned', undefined, officer],
      ['reassigned', OEA, consultant],
      ['handed-over', 'Margarita Spoerer', delegate],
      ['handed-over', undefined, delegate],
    ] as const
  ).map(([how, to, reader]) => ({
    name: `request released: ${how}, ${to ?? 'nobody named'}, ${reader.name}`,
    notice: {
      notice: 'request-released' as const,
      request: lines[0] as RequestLine,
      how,
      ...(to && { to }),
      reason: REASON,
    },
    reader,
  })),
  ...([true, false] as const).map((stands) => ({
    name: `answer annulled of another, whose own ${stands ? 'stands' : 'is gone'}`,
    notice: {
      notice: 'answer-annulled' as const,
      request: lines[0] as RequestLine,
      party: MTPE,
      stands,
      undone: stands ? lines.slice(1) : [],
      reason: REASON,
    },
    reader: delegate,
  })),
  {
    name: 'joined in place of somebody',
    notice: {
      notice: 'joined',
      institution: MTPS,
      replaces: 'Margarita Spoerer',
      requests: lines,
      sessions: [first, second],
    },
    reader: delegate,
  },
  {
    name: 'joined with one request',
    notice: { notice: 'joined', institution: OEA, requests: lines.slice(0, 1), sessions: [] },
    reader: officer,
  },
  {
    name: 'joined as the consultant',
    notice: { notice: 'joined', requests: [], sessions: [second] },
    reader: consultant,
  },
  {
    name: 'joined beside colleagues who are asked',
    notice: { notice: 'joined', institution: MTPS, shared: true, requests: lines, sessions: [second] },
    reader: delegate,
  },
  {
    name: 'joined as an observer',
    notice: { notice: 'joined', observer: true, requests: [], sessions: [second] },
    reader: consultant,
  },
  { name: 'left', notice: { notice: 'left', institution: MTPS }, reader: delegate },
  { name: 'left as staff', notice: { notice: 'left', institution: OEA }, reader: officer },
  { name: 'left as an observer', notice: { notice: 'left' }, reader: consultant },
  ...(['joined', 'left', 'replaced', 'focalPoint', 'yourPlace', 'yourFocalPoint'] as const).map((how) => ({
    name: `people changed, ${how}`,
    notice: {
      notice: 'people-changed' as const,
      how,
      name: 'Margarita Spoerer',
      ...(/place|replaced/i.test(how) && { by: 'Ana Paz' }),
      as: 'ministry' as const,
      institution: MTPS,
      ...(/^(joined|replaced|focalPoint)$/.test(how) && {
        contact: { email: 'ana.paz@mtps-chile.example', post: 'Directora' },
      }),
      requests: how === 'yourPlace' ? lines : [],
    },
    reader: delegate,
  })),
  ...(['named', 'withdrawn'] as const).flatMap((how) =>
    [1, 3].map((count) => ({
      name: `guests ${how}, ${count}`,
      notice: {
        notice: 'guests-named' as const,
        ...{
          how,
          session: second,
          by: 'Jorge Larrea',
          institution: MTPS,
          invited: count === 3,
          reason: REASON,
        },
        people: GUESTS.slice(0, count),
      },
      reader: officer,
    })),
  ),
  ...(['secretariat', 'consultant', 'observer'] as const).map((as) => ({
    name: `people changed, joined as ${as}`,
    notice: {
      notice: 'people-changed' as const,
      how: 'joined' as const,
      name: 'Ana Paz',
      as,
      ...(as === 'secretariat' && { institution: OEA }),
      contact: { email: 'ana.paz@example.org' },
      requests: [],
    },
    reader: delegate,
  })),
  {
    name: 'replaced',
    notice: { notice: 'replaced', by: 'Ana Paz', institution: MTPS },
    reader: delegate,
  },
  {
    name: 'replaced as staff',
    notice: { notice: 'replaced', by: 'Ana Paz', institution: OEA },
    reader: officer,
  },
  { name: 'replaced as the consultant', notice: { notice: 'replaced', by: 'Ana Paz' }, reader: consultant },
  ...([lines, lines.slice(0, 1), []] as const).map((requests) => ({
    name: `stands in with ${requests.length} requests`,
    notice: {
      notice: 'stands-in' as const,
      absent: 'Margarita Spoerer',
      from: '2021-06-14',
      to: requests.length === 1 ? '2021-06-14' : '2021-06-25',
      requests: [...requests],
    },
    reader: delegate,
  })),
  ...([[], lines.slice(0, 1), lines] as const).map((requests) => ({
    name: `stands in no more with ${requests.length} requests`,
    notice: {
      notice: 'stands-in' as const,
      absent: 'Margarita Spoerer',
      from: '2021-06-14',
      to: '2021-06-25',
      requests: [...requests],
      over: true as const,
    },
    reader: delegate,
  })),
  ...([undefined, true] as const).map((over) => ({
    name: over ? 'is away no more, as another noted' : 'is away, as another noted',
    notice: {
      notice: 'stands-in' as const,
      ...{ absent: 'Margarita Spoerer', standIn: 'Pedro Silva', from: '2021-06-14', to: '2021-06-25' },
      requests: [...lines],
      ...(over && { over }),
    },
    reader: delegate,
  })),
  { name: 'programme issued', notice: { notice: 'programme-issued', version: 2 }, reader: delegate },
  {
    name: 'programme issued without the approval of all',
    notice: { notice: 'programme-issued', version: 2, waived: [MTPE] },
    reader: delegate,
  },
  {
    name: 'programme changed: one session',
    notice: {
      notice: 'programme-changed',
      version: 3,
      changes: ['session-moved', 'session-details'],
      session: first,
      reason: REASON,
    },
    reader: delegate,
  },
  {
    name: 'programme changed: a session added',
    notice: {
      notice: 'programme-changed',
      version: 3,
      changes: ['session-added'],
      session: third,
      reason: REASON,
    },
    reader: delegate,
  },
  {
    name: 'programme changed: a session cancelled',
    notice: {
      notice: 'programme-changed',
      version: 3,
      changes: ['session-cancelled'],
      session: first,
      reason: REASON,
    },
    reader: delegate,
  },
  {
    name: 'programme changed in everything',
    notice: { notice: 'programme-changed', version: 4, changes: [...PROGRAMME_CHANGES], reason: REASON },
    reader: delegate,
  },
  {
    name: 'window ran out: time',
    notice: { notice: 'window-ran-out', session: second, why: 'time', unanswered: [MTPE] },
    reader: delegate,
  },
  {
    name: 'window ran out: no dates, to the Secretariat',
    notice: { notice: 'window-ran-out', session: second, why: 'no-dates', unanswered: [] },
    reader: officer,
  },
  {
    name: 'minutes corrected',
    notice: {
      ...{ notice: 'session-recorded', corrected: REASON, session: first, minutes: 'Se acordó otra cosa.' },
      ...{ attendance: ['Ana Pérez'], outputs: [] },
    },
    reader: delegate,
  },
  {
    name: 'meeting corrected',
    notice: {
      notice: 'meeting-corrected',
      ...{ corrected: REASON, meeting, minutes: 'Se acordó otra cosa.' },
      ...{ attendance: ['Ana Pérez'], outputs: ['Ruta'] },
    },
    reader: delegate,
  },
  {
    name: 'document withheld',
    notice: {
      notice: 'document-withheld',
      ...{ title: 'Malla curricular', version: 2, party: MTPS, released: false },
    },
    reader: delegate,
  },
  {
    name: 'document released',
    notice: {
      notice: 'document-withheld',
      ...{ title: 'Malla curricular', version: 2, party: MTPS, released: true },
    },
    reader: delegate,
  },
  {
    name: 'published sheet withdrawn',
    notice: {
      notice: 'document-withheld',
      ...{ title: 'Ficha de sistematización', version: 2, party: MTPS, released: false },
      published: { reason: REASON },
    },
    reader: delegate,
  },
  {
    name: 'published sheet released',
    notice: {
      notice: 'document-withheld',
      ...{ title: 'Ficha de sistematización', version: 2, party: MTPS, released: true },
      published: { reason: REASON },
    },
    reader: delegate,
  },
  {
    name: 'paused',
    notice: { notice: 'paused', reason: REASON, sessions: [first] },
    reader: delegate,
  },
  {
    name: 'paused, no session ahead',
    notice: { notice: 'paused', reason: REASON, sessions: [] },
    reader: delegate,
  },
  {
    name: 'digest',
    notice: {
      notice: 'digest',
      cooperations: [
        {
          pairing: 'Perú–Chile',
          subject: 'Escuelas de Formación Sindical',
          asked: [
            {
              label: 'Proponer consultor o consultora',
              dueAt: '2021-09-03T22:00:00.000Z',
              url: 'https://cooperacion.oas.example/c/14-per-chl/requests/systematization/name-consultant.1',
            },
          ],
          others: [{ subject: 'Nuevos documentos', url: 'https://cooperacion.oas.example/c/14-per-chl' }],
        },
        {
          pairing: 'Paraguay–Brasil',
          subject: 'Inspección',
          asked: [],
          others: [
            { subject: 'Consulta', url: 'https://cooperacion.oas.example/c/17-pry-bra/communications' },
          ],
        },
      ],
    },
    reader: officer,
  },
  { name: 'workflow-ended', notice: { notice: 'workflow-ended', was: 'terminated' }, reader: officer },
  {
    name: 'resumed',
    notice: { notice: 'resumed', reason: REASON, requests: lines.slice(0, 2), sessions: [first, second] },
    reader: delegate,
  },
  {
    name: 'resumed, with one request',
    notice: { notice: 'resumed', reason: REASON, requests: lines.slice(0, 1), sessions: [] },
    reader: delegate,
  },
  {
    name: 'resumed, with nothing to do',
    notice: { notice: 'resumed', reason: REASON, requests: [], sessions: [first] },
    reader: officer,
  },
  {
    name: 'cooperation cancelled',
    notice: { notice: 'cooperation-cancelled', reason: REASON, sessions: [first, second] },
    reader: delegate,
  },
  {
    name: 'convocation that introduces the cooperation',
    notice: {
      notice: 'convocation',
      meeting: { ...meeting, place: 'Casa Central, Santiago' },
      introduction: {
        who: 'ministry',
        current: ['coordination'],
        objectives: [
          { title: 'Conocer', text: 'cómo se creó la Escuela.' },
          { text: 'Adaptar su malla curricular.' },
        ],
        delegations: [
          {
            institution: MTPE,
            people: [
              { name: 'Jorge Larrea', post: 'Director' },
              { name: 'Ana Paz', post: null },
            ],
          },
          { institution: MTPS, people: [{ name: 'Cristóbal Auger', post: null }] },
          { institution: OEA, people: [] },
        ],
      },
    },
    reader: delegate,
  },
  {
    name: 'convocation without a link or a place',
    notice: { notice: 'convocation', meeting: { startsAt: meeting.startsAt, endsAt: meeting.endsAt } },
    reader: officer,
  },
  ...(['moved', 'details', 'cancelled', 'withdrawn', 'undated'] as const).map((kind) => ({
    name: `convocation ${kind}`,
    notice: {
      notice: 'convocation' as const,
      meeting,
      change: { kind, reason: REASON, ...(kind === 'moved' && { previousStartsAt: '2021-06-21T15:00:00Z' }) },
    },
    reader: delegate,
  })),
  {
    name: 'invitation',
    notice: {
      ...{ notice: 'invitation', session: first, guest: false, programmeVersion: 2 },
      materialsBy: '2021-07-13',
    },
    reader: delegate,
  },
  {
    name: 'invitation of a guest',
    notice: {
      notice: 'invitation',
      session: { ...first, place: 'Casa Central, Santiago' },
      guest: true,
    },
    reader: { ...consultant, name: 'Inés Quispe' },
  },
  {
    name: 'invitation moved',
    notice: {
      notice: 'invitation',
      session: first,
      guest: false,
      change: { kind: 'moved', previousStartsAt: '2021-07-12T15:00:00Z' },
    },
    reader: delegate,
  },
  {
    name: 'invitation cancelled',
    notice: {
      notice: 'invitation',
      session: first,
      guest: true,
      change: { kind: 'cancelled', reason: 'La delegación no puede asistir.' },
    },
    reader: delegate,
  },
  {
    name: 'invitation with new details',
    notice: {
      notice: 'invitation',
      session: first,
      guest: false,
      programmeVersion: 3,
      change: { kind: 'details', reason: REASON },
    },
    reader: delegate,
  },
  {
    name: 'invitation to a date that does not stand any more',
    notice: {
      notice: 'invitation',
      session: first,
      guest: true,
      change: { kind: 'undated', reason: REASON },
    },
    reader: delegate,
  },
  {
    name: 'invitation withdrawn',
    notice: {
      notice: 'invitation',
      session: first,
      guest: true,
      change: { kind: 'withdrawn', reason: REASON },
    },
    reader: { ...consultant, name: 'Inés Quispe' },
  },
  {
    name: 'agenda',
    notice: {
      ...{ notice: 'agenda', session: first, guest: false, questions: [question], documents },
      materialsBy: '2021-07-13',
    },
    reader: delegate,
  },
  {
    name: 'session recorded',
    notice: {
      notice: 'session-recorded',
      session: first,
      minutes: 'Se presentó la Escuela.\n\nSe acordó enviar la malla curricular.',
      attendance: ['Jorge Larrea, MTPE', 'Cristóbal Auger, MTPS'],
      outputs: ['Propuesta inicial de ruta del proyecto'],
    },
    reader: delegate,
  },
  {
    name: 'news',
    notice: {
      notice: 'news',
      documents,
      questions: [{ ...question, number: 1, answer: 'Con fondos públicos.' }, question],
    },
    reader: delegate,
  },
  { name: 'sheet published', notice: { notice: 'sheet-published', version: 3 }, reader: delegate },
  {
    name: 'sheet published without the approval of all',
    notice: { notice: 'sheet-published', version: 3, waived: [MTPE, MTPS] },
    reader: delegate,
  },
  {
    name: 'correction of the sheet called off',
    notice: {
      notice: 'sheet-correction-cancelled',
      version: 1,
      withdrawn: false,
      reason: 'Las cifras eran correctas.',
    },
    reader: delegate,
  },
  {
    name: 'correction of a withdrawn sheet called off',
    notice: {
      notice: 'sheet-correction-cancelled',
      version: 1,
      withdrawn: true,
      reason: 'Se hará otra ficha.',
    },
    reader: delegate,
  },
  { name: 'cooperation closed', notice: { notice: 'cooperation-closed', documents }, reader: delegate },
  {
    name: 'cooperation closed, with what was not answered and what goes on',
    notice: {
      notice: 'cooperation-closed',
      documents,
      party: 'chl-mtps',
      atTheEnd: [
        {
          ...{ request: 'documents/send-documents.1', kind: 'send-documents', item: null },
          ...{ owing: ['chl-mtps'], how: 'closes' },
        },
        {
          ...{ request: 'sheet-12/review-sheet.1', kind: 'review-sheet', item: 2 },
          ...{ owing: ['chl-mtps'], how: 'continues' },
        },
      ],
    },
    reader: delegate,
  },
  {
    name: 'cooperation closed, for who has a certificate',
    notice: {
      notice: 'cooperation-closed',
      documents,
      followUps: ['2022-04-12T13:00:00.000Z', '2022-10-12T13:00:00.000Z'],
      certificate: true,
      paper: true,
    },
    reader: delegate,
  },
  {
    name: 'sealed case file signed',
    notice: { notice: 'paper-signed', party: MTPS, names: ['CN=Ministerio del Empleo'] },
    reader: delegate,
  },
  {
    name: 'communication',
    notice: {
      notice: 'communication',
      subject: 'Cambio de sala',
      text: 'La reunión será en la sala 4.\n\nHabrá interpretación.',
      by: 'Guillermo Calzada',
    },
    reader: delegate,
  },
  {
    name: 'communication of the Secretariat itself',
    notice: { notice: 'communication', subject: 'Cambio de sala', text: 'Será en la sala 4.' },
    reader: consultant,
  },
  {
    name: 'enquiry',
    notice: { notice: 'enquiry', by: 'Jorge Larrea', institution: MTPE, text: '¿Quién reserva la sala?' },
    reader: officer,
  },
  {
    name: 'enquiry by mail',
    notice: {
      ...{ notice: 'enquiry', by: 'Jorge Larrea', institution: MTPE, text: '¿Quién reserva la sala?' },
      files: 2,
    },
    reader: officer,
  },
  ...(['enquiry', 'reply', 'answer', 'empty', 'quota', 'onlooker'] as const).map((became) => ({
    name: `receipt of a mail: ${became}`,
    notice: {
      ...({ notice: 'mail-receipt', became, subject: 'Fechas' } as const),
      ...{ text: 'No podemos en julio.', files: ['informe.pdf'], shortened: true },
    },
    reader: delegate,
  })),
  ...(['approves', 'declines'] as const).flatMap((says) =>
    [false, true].map((settled) => ({
      name: `what an approval by mail was read as: ${says}${settled ? ', the last' : ''}`,
      notice: {
        ...({ notice: 'answer-by-mail', says, settled, institution: MTPE, text: 'De acuerdo.' } as const),
        request: { kind: 'approve-programme', n: 1, dueAt: '2021-07-09T23:00:00.000Z' } as const,
        until: '2021-07-02T17:00:00.000Z',
      },
      reader: delegate,
    })),
  ),
  ...(['stranger', 'onlooker', 'empty', 'quota', 'unreadable'] as const).map((why) => ({
    name: `mail in nobody’s name: ${why}`,
    notice: {
      ...({ notice: 'mail-unfiled', why, from: 'otro@afuera.example' } as const),
      ...{ subject: 'Fechas', text: 'No podemos en julio.' },
    },
    reader: officer,
  })),
  {
    name: 'mail that came back',
    notice: {
      ...{ notice: 'mail-bounced', name: 'Jorge Larrea', address: 'jorge.larrea@mtpe.example' },
      subject: 'Perú–Chile: Fechas (5.1.1)',
    },
    reader: officer,
  },
  {
    name: 'enquiry answered',
    notice: {
      notice: 'enquiry-answered',
      text: 'La reserva la Secretaría.',
      enquiry: '¿Quién reserva la sala?',
      by: 'Guillermo Calzada',
    },
    reader: delegate,
  },
];

/** Every notice in every language. */
export const ALL = NOTICES.flatMap((sample) =>
  LANGUAGES.map((language) => ({
    ...sample,
    language,
    now: sample.now ?? NOW,
    reader: { ...sample.reader, language },
  })),
);
