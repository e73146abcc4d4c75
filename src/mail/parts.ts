import type { Language } from '../domain/language.ts';
import { filled, REQUEST_LABELS } from '../domain/vocabulary.ts';
import { type Block, type Fact, type Item, when } from './blocks.ts';
import { type Catalogue, speaker } from './catalogue.ts';
import { type Clock, dayOf, daysUntil, isWeekend, momentOf, periodOf } from './dates.ts';
import type { Context } from './frame.ts';
import type { DocumentLine, QuestionLine, RequestLine, SessionHeading } from './notice.ts';

/** What several notices show: sessions, documents, questions, requests in passing, reasons. */

export const TEXTS = {
  session: { es: '{n}.ª sesión', en: 'Session {n}', pt: '{n}ª sessão', fr: 'Séance {n}' },
  sessionOf: {
    es: '{n}.ª sesión de cooperación',
    en: 'Cooperation session {n}',
    pt: '{n}ª sessão de cooperação',
    fr: 'Séance de coopération n°\u00a0{n}',
  },
  when: { es: 'Fecha', en: 'Date', pt: 'Data', fr: 'Date' },
  toBeDefined: {
    es: 'por definir ({period})',
    en: 'to be defined ({period})',
    pt: 'a definir ({period})',
    fr: 'à définir ({period})',
  },
  undefined: { es: 'por definir', en: 'to be defined', pt: 'a definir', fr: 'à définir' },
  platform: { es: 'Plataforma', en: 'Platform', pt: 'Plataforma', fr: 'Plateforme' },
  link: { es: 'Enlace de conexión', en: 'Link to join', pt: 'Link de acesso', fr: 'Lien de connexion' },
  place: { es: 'Lugar', en: 'Place', pt: 'Local', fr: 'Lieu' },
  contents: { es: 'Contenidos', en: 'Contents', pt: 'Conteúdos', fr: 'Contenu' },
  documents: { es: 'Documentos', en: 'Documents', pt: 'Documentos', fr: 'Documents' },
  version: {
    es: 'versión {version}',
    en: 'version {version}',
    pt: 'versão {version}',
    fr: 'version {version}',
  },
  attached: {
    es: 'adjunto a este correo',
    en: 'attached to this message',
    pt: 'anexo a esta mensagem',
    fr: 'joint à ce message',
  },
  question: {
    es: 'Pregunta {number}, dirigida a {to}',
    en: 'Question {number}, addressed to {to}',
    pt: 'Pergunta {number}, dirigida a {to}',
    fr: 'Question {number}, adressée à {to}',
  },
  answer: {
    es: 'Respuesta de {to} a la pregunta {number}',
    en: 'Answer from {to} to question {number}',
    pt: 'Resposta de {to} à pergunta {number}',
    fr: 'Réponse de {to} à la question {number}',
  },
  sessions: {
    es: 'Sesiones de la cooperación',
    en: 'Sessions of the cooperation',
    pt: 'Sessões da cooperação',
    fr: 'Séances de la coopération',
  },
  requests: {
    es: 'Solicitudes pendientes',
    en: 'Requests awaiting an answer',
    pt: 'Solicitações pendentes',
    fr: 'Demandes en attente de réponse',
  },
  request: { es: 'Solicitud', en: 'Request', pt: 'Solicitação', fr: 'Demande' },
  deadline: { es: 'Hasta', en: 'Due by', pt: 'Até', fr: 'Au plus tard' },
  deadlinePassed: { es: 'Plazo', en: 'Was due', pt: 'Prazo', fr: 'Échéance' },
  reason: { es: 'Motivo', en: 'Reason', pt: 'Motivo', fr: 'Motif' },
  onDay: {
    es: 'el {day}',
    en: 'on {day}',
    pt: '{weekend, select, yes {no} other {na}} {day}',
    fr: 'le {day}',
  },
  noAnswer: {
    es: 'Este correo no requiere respuesta.',
    en: 'This message needs no answer.',
    pt: 'Esta mensagem não requer resposta.',
    fr: 'Ce message n’appelle pas de réponse.',
  },
} as const satisfies Catalogue;

/** What a reader answers for, where sentences differ by it. */
export const capacityOf = ({ reader }: Context): 'ministry' | 'secretariat' | 'consultant' => {
  if (!reader.institution) return 'consultant';
  return reader.institution.secretariat ? 'secretariat' : 'ministry';
};

/** "el viernes 18 de junio", as it stands in a sentence. */
export const onDay = (instant: string, { language, clock }: Context): string =>
  speaker(TEXTS, language)('onDay', {
    day: dayOf(instant, clock),
    weekend: isWeekend(instant, clock) ? 'yes' : 'no',
  });

/** Why something was decided, in the words of whoever decided it. */
export const reasonBlocks = (reason: string | undefined, { language }: Context): Block[] =>
  when(
    reason?.trim(),
    { block: 'heading', text: speaker(TEXTS, language)('reason') },
    { block: 'quote', text: reason ?? '' },
  );

/** "Responder la pregunta 2"; without its number, what remains of the label. */
export function requestName({ kind, n }: RequestLine, { language }: Context): string {
  const label = REQUEST_LABELS[kind][language];
  return (n === undefined ? filled(label.replace(/ \([^()]*\{n\}\)/, ''), n) : filled(label, n)).trim();
}

/** "Hasta" and the instant something is due, or "Plazo" once the day has passed. */
export function deadlineFact(dueAt: string, { language, clock }: Context): Fact {
  const passed = daysUntil(dueAt, clock) < 0;
  return {
    label: speaker(TEXTS, language)(passed ? 'deadlinePassed' : 'deadline'),
    value: momentOf(dueAt, clock),
  };
}

/** Requests by name, each with its due date below it; nothing where there are none. */
export function requestBlocks(requests: readonly RequestLine[], context: Context): Block[] {
  const { language } = context;
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  const items = requests.map((line): Item => {
    const { label, value } = deadlineFact(line.dueAt, context);
    return { text: requestName(line, context), note: label + colon + value };
  });
  return when(
    requests.length > 0,
    { block: 'heading', text: speaker(TEXTS, language)('requests') },
    { block: 'list', items },
  );
}

/** Sessions by date, each with its contents below it; nothing where there are none. */
export const sessionBlocks = (
  sessions: readonly SessionHeading[],
  context: Context,
  heading: string = speaker(TEXTS, context.language)('sessions'),
): Block[] =>
  when(
    sessions.length > 0,
    { block: 'heading', text: heading },
    { block: 'list', items: sessions.map((each) => sessionItem(each, context)) },
  );

/** When a session takes place, or the period it is to take place in. */
export function sessionDate(session: SessionHeading, clock: Clock): string {
  const say = speaker(TEXTS, clock.language);
  if (session.startsAt) return momentOf(session.startsAt, clock, session.endsAt);
  return session.window ? say('toBeDefined', { period: periodOf(session.window, clock) }) : say('undefined');
}

/** Date, platform, link and place of a session. */
export function sessionFacts(session: SessionHeading, { language, clock }: Context): Fact[] {
  const say = speaker(TEXTS, language);
  const { platform, link, place } = session;
  return [
    { label: say('when'), value: sessionDate(session, clock) },
    ...(place ? [{ label: say('place'), value: place }] : []),
    ...(platform ? [{ label: say('platform'), value: platform }] : []),
    ...(link ? [{ label: say('link'), value: link, url: link }] : []),
  ];
}

/** A session without what one joins it by: for whoever is not to join it, or where it is not held. */
export const unjoinable = ({ link, platform, ...session }: SessionHeading): SessionHeading => session;

/** "1.ª sesión". */
export const sessionName = (number: number, language: Language): string =>
  speaker(TEXTS, language)('session', { n: String(number) });

/** A session as an entry of a list: its number and date, and below them its contents. */
export const sessionItem = (session: SessionHeading, { language, clock }: Context): Item => ({
  text: `${sessionName(session.number, language)} — ${sessionDate(session, clock)}`,
  note: session.contents,
});

/** The contents of a session as the programme has them. */
export const contentsOf = (session: SessionHeading, { language }: Context): Block[] =>
  when(
    session.contents.trim(),
    { block: 'heading', text: speaker(TEXTS, language)('contents') },
    { block: 'quote', text: session.contents },
  );

/** Documents by title, with what tells one from another below it; nothing where there are none. */
export function documentBlocks(
  documents: readonly DocumentLine[],
  { language }: Context,
  heading: string = speaker(TEXTS, language)('documents'),
): Block[] {
  const say = speaker(TEXTS, language);
  const items = documents.map(
    ({ title, fileName, version, institution, attached }): Item => ({
      text: title,
      note: [
        institution,
        say('version', { version: String(version) }),
        fileName === title ? undefined : fileName,
        attached ? say('attached') : undefined,
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
    }),
  );
  return when(documents.length > 0, { block: 'heading', text: heading }, { block: 'list', items });
}

/** Questions in the words they were asked in, each with its answer where there is one. */
export function questionBlocks(questions: readonly QuestionLine[], { language }: Context): Block[] {
  const say = speaker(TEXTS, language);
  return questions.flatMap(({ number, text, to, answer }): Block[] => [
    { block: 'heading', text: say('question', { number: String(number), to }) },
    { block: 'quote', text },
    ...when(
      answer,
      { block: 'heading', text: say('answer', { number: String(number), to }) },
      { block: 'quote', text: answer ?? '' },
    ),
  ]);
}
