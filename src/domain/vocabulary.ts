import type { RequestKind } from './kinds/index.ts';
import type { Language, Translated } from './language.ts';
import type { Step } from './methodology.ts';

/** The methodology's words, once, in the languages people read: in mails, pages, the terminal and Temporal's UI. */

/** A request as an infinitive: "Aprobar los contenidos del programa". `{n}` is the session's or question's number. */
export const REQUEST_LABELS: Record<RequestKind, Translated> = {
  'confirm-coordination': {
    es: 'Confirmar la reunión de coordinación y registrar sus acuerdos',
    en: 'Confirm the coordination meeting and record what was agreed',
    pt: 'Confirmar a reunião de coordenação e registrar os acordos',
    fr: 'Confirmer la réunion de coordination et consigner ses conclusions',
  },
  'approve-programme': {
    es: 'Aprobar los contenidos del programa (versión {n})',
    en: 'Approve the contents of the programme (version {n})',
    pt: 'Aprovar os conteúdos do programa (versão {n})',
    fr: 'Approuver le contenu du programme (version {n})',
  },
  'revise-programme': {
    es: 'Preparar una nueva versión del programa',
    en: 'Prepare a new version of the programme',
    pt: 'Preparar uma nova versão do programa',
    fr: 'Préparer une nouvelle version du programme',
  },
  'send-documents': {
    es: 'Enviar los documentos pertinentes para la cooperación',
    en: 'Send the documents relevant to the cooperation',
    pt: 'Enviar os documentos pertinentes para a cooperação',
    fr: 'Envoyer les documents utiles à la coopération',
  },
  'answer-question': {
    es: 'Responder la pregunta {n}',
    en: 'Answer question {n}',
    pt: 'Responder à pergunta {n}',
    fr: 'Répondre à la question {n}',
  },
  'choose-date': {
    es: 'Indicar fechas para la {n}.ª sesión',
    en: 'Indicate your availability for session {n}',
    pt: 'Indicar datas para a {n}ª sessão',
    fr: 'Indiquer vos disponibilités pour la séance {n}',
  },
  'confirm-date': {
    es: 'Confirmar la fecha de la {n}.ª sesión',
    en: 'Confirm the date of session {n}',
    pt: 'Confirmar a data da {n}ª sessão',
    fr: 'Confirmer la date de la séance {n}',
  },
  'record-session': {
    es: 'Registrar la {n}.ª sesión: acta, asistencia y productos',
    en: 'Record session {n}: minutes, attendance and outputs',
    pt: 'Registrar a {n}ª sessão: ata, presença e produtos',
    fr: 'Consigner la séance {n}\u00a0: compte rendu, présences et résultats',
  },
  'name-consultant': {
    es: 'Nombrar al consultor o a la consultora',
    en: 'Name the consultant',
    pt: 'Designar o consultor ou a consultora',
    fr: 'Désigner le consultant ou la consultante',
  },
  'draft-sheet': {
    es: 'Elaborar la ficha de sistematización',
    en: 'Draft the systematization sheet',
    pt: 'Elaborar a ficha de sistematização',
    fr: 'Rédiger la fiche de systématisation',
  },
  'review-sheet': {
    es: 'Revisar la ficha de sistematización (versión {n})',
    en: 'Review the systematization sheet (version {n})',
    pt: 'Revisar a ficha de sistematização (versão {n})',
    fr: 'Examiner la fiche de systématisation (version {n})',
  },
  'draft-report': {
    es: 'Elaborar el Informe Final',
    en: 'Draft the Final Report',
    pt: 'Elaborar o Relatório Final',
    fr: 'Rédiger le rapport final',
  },
  'complement-report': {
    es: 'Complementar el Informe Final',
    en: 'Complement the Final Report',
    pt: 'Complementar o Relatório Final',
    fr: 'Compléter le rapport final',
  },
  'receive-report': {
    es: 'Recibir el Informe Final (versión {n})',
    en: 'Receive the Final Report (version {n})',
    pt: 'Receber o Relatório Final (versão {n})',
    fr: 'Recevoir le rapport final (version {n})',
  },
  'resolve-trouble': {
    es: 'Resolver un problema técnico y continuar',
    en: 'Resolve a technical problem and go on',
    pt: 'Resolver um problema técnico e continuar',
    fr: 'Résoudre un problème technique et poursuivre',
  },
};

export const STEP_LABELS: Record<Step, Translated> = {
  coordination: {
    es: 'Reunión de coordinación',
    en: 'Coordination meeting',
    pt: 'Reunião de coordenação',
    fr: 'Réunion de coordination',
  },
  documents: {
    es: 'Intercambio de documentos e información',
    en: 'Exchange of documents and information',
    pt: 'Intercâmbio de documentos e informações',
    fr: 'Échange de documents et d’informations',
  },
  sessions: {
    es: 'Sesiones de cooperación',
    en: 'Cooperation sessions',
    pt: 'Sessões de cooperação',
    fr: 'Séances de coopération',
  },
  systematization: {
    es: 'Ficha de sistematización',
    en: 'Systematization sheet',
    pt: 'Ficha de sistematização',
    fr: 'Fiche de systématisation',
  },
  'final-report': { es: 'Informe Final', en: 'Final Report', pt: 'Relatório Final', fr: 'Rapport final' },
};

/** What a request asks, with the number of the session, question or version it concerns: "Responder la pregunta 2". */
export const requestLabel = (
  { kind, item }: { kind: RequestKind; item?: number | null | undefined },
  language: Language,
): string => filled(REQUEST_LABELS[kind][language], item ?? undefined);

/** Fills `{n}` in a text of this file. */
export const filled = (text: string, n: number | undefined): string =>
  text.replaceAll('{n}', String(n ?? ''));

const SESSION: Translated = { es: '{n}.ª sesión', en: 'Session {n}', pt: '{n}ª sessão', fr: 'Séance {n}' };

/** "2.ª sesión". */
export const sessionTitle = (number: number, language: Language): string => filled(SESSION[language], number);
