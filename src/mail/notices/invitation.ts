import { type Block, type Letter, when } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { dayOf, ownMomentOf } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import {
  contentsOf,
  documentBlocks,
  TEXTS as PARTS,
  questionBlocks,
  sessionDate,
  sessionFacts,
} from '../parts.ts';

/** An invitation to a session, its new date, or that it is not held after all. */

export const TEXTS = {
  subject: {
    es: '[{change, select, moved {Cambio de fecha} cancelled {Cancelada} other {Invitación}}] {session} — {when}',
    en: '[{change, select, moved {New date} cancelled {Cancelled} other {Invitation}}] {session} — {when}',
    pt: '[{change, select, moved {Mudança de data} cancelled {Cancelada} other {Convite}}] {session} — {when}',
    fr: '[{change, select, moved {Changement de date} cancelled {Annulée} other {Invitation}}] {session} — {when}',
  },
  lead: {
    es: 'Tenemos el agrado de invitarle a la {n}.ª sesión de la cooperación {pairing}, sobre {subject}.',
    en: 'We are pleased to invite you to session {n} of the {pairing} cooperation, on {subject}.',
    pt: 'Temos o prazer de lhe estender o convite para a {n}ª sessão da cooperação {pairing}, sobre {subject}.',
    fr: 'Nous avons l’honneur de vous inviter à la séance n°\u00a0{n} de la coopération {pairing}, consacrée au thème suivant\u00a0: {subject}.',
  },
  moved: {
    es: 'La {n}.ª sesión de la cooperación {pairing} tiene una nueva fecha{previous, select, none {} other {; la anterior era el {previous}}}.',
    en: 'Session {n} of the {pairing} cooperation has a new date{previous, select, none {} other {; it was to be held on {previous}}}.',
    pt: 'A {n}ª sessão da cooperação {pairing} tem uma nova data{previous, select, none {} other {; a anterior era {previous}}}.',
    fr: 'La séance n°\u00a0{n} de la coopération {pairing} a une nouvelle date{previous, select, none {} other {\u00a0; elle était prévue le {previous}}}.',
  },
  cancelled: {
    es: 'La {n}.ª sesión de la cooperación {pairing}, prevista para la fecha que se indica, no se realizará.',
    en: 'Session {n} of the {pairing} cooperation, planned for the date below, will not be held.',
    pt: 'A {n}ª sessão da cooperação {pairing}, prevista para a data indicada, não será realizada.',
    fr: 'La séance n°\u00a0{n} de la coopération {pairing}, prévue à la date indiquée, n’aura pas lieu.',
  },
  guest: {
    es: 'Usted participa en esta sesión como persona invitada por una de las delegaciones.',
    en: 'You take part in this session as a guest of one of the delegations.',
    pt: 'Sua participação nesta sessão se dá a convite de uma das delegações.',
    fr: 'Vous participez à cette séance sur l’invitation de l’une des délégations.',
  },
  calendar: {
    es: 'Adjuntamos la cita {change, select, moved {actualizada, que reemplaza la anterior en su calendario} other {para su calendario}}.{version, select, none {} other { También adjuntamos el programa, versión {version}, que recoge esta fecha.}}',
    en: '{change, select, moved {An updated entry for your calendar is attached; it replaces the earlier one} other {An entry for your calendar is attached}}.{version, select, none {} other { So is the programme, version {version}, which has this date.}}',
    pt: 'Anexamos o compromisso {change, select, moved {atualizado, que substitui o anterior em sua agenda} other {para sua agenda}}.{version, select, none {} other { Também anexamos o programa, versão {version}, que traz esta data.}}',
    fr: 'Vous trouverez ci-joint le rendez-vous {change, select, moved {mis à jour, qui remplace le précédent dans votre agenda} other {pour votre agenda}}{version, select, none {} other {, ainsi que le programme, version {version}, qui mentionne cette date}}.',
  },
  calendarCancelled: {
    es: 'El archivo adjunto retira la cita de su calendario. Lamentamos los inconvenientes.',
    en: 'The attached file removes the entry from your calendar. We apologise for the inconvenience.',
    pt: 'O arquivo anexo retira o compromisso de sua agenda. Lamentamos o inconveniente.',
    fr: 'Le fichier joint retire le rendez-vous de votre agenda. Nous vous prions de nous excuser pour ce contretemps.',
  },
  reason: { es: 'Motivo', en: 'Reason', pt: 'Motivo', fr: 'Motif' },
} as const satisfies Catalogue;

export function invitation(
  {
    session,
    guest,
    programmeVersion,
    change,
    questions = [],
    documents = [],
  }: Extract<Notice, { notice: 'invitation' }>,
  context: Context,
): Letter {
  const { language, clock, pairing, cooperation } = context;
  const say = speaker(TEXTS, language);
  const previous = change?.previousStartsAt ? dayOf(change.previousStartsAt, clock) : 'none';
  const lead = say(change?.kind ?? 'lead', {
    n: String(session.number),
    pairing,
    subject: cooperation.subject,
    previous,
  });
  const cancelled = change?.kind === 'cancelled';
  const reason: Block[] = when(
    change?.reason,
    { block: 'heading', text: say('reason') },
    { block: 'quote', text: change?.reason ?? '' },
  );
  const { link, platform, ...place } = session;
  return letter(context, {
    subject: say('subject', {
      change: change?.kind ?? 'none',
      session: speaker(PARTS, language)('sessionOf', { n: String(session.number) }),
      when: session.startsAt ? ownMomentOf(session.startsAt, clock) : sessionDate(session, clock),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      // Of a session that is not held nobody should find the link.
      { block: 'facts', rows: sessionFacts(cancelled ? place : session, context) },
      ...reason,
      ...when(guest && !cancelled, { block: 'paragraph', text: say('guest') }),
      {
        block: 'paragraph',
        text: cancelled
          ? say('calendarCancelled')
          : say('calendar', {
              change: change?.kind ?? 'none',
              version: programmeVersion === undefined ? 'none' : String(programmeVersion),
            }),
      },
      ...(cancelled
        ? []
        : [
            ...contentsOf(session, context),
            ...questionBlocks(questions, context),
            ...documentBlocks(documents, context),
          ]),
    ],
  });
}
