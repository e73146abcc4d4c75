import { type Letter, when } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { dayOf, ownMomentOf } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import {
  contentsOf,
  documentBlocks,
  TEXTS as PARTS,
  questionBlocks,
  reasonBlocks,
  sessionDate,
  sessionFacts,
  sessionName,
  unjoinable,
} from '../parts.ts';
import { recordBlocks } from './session-recorded.ts';

/** An invitation to a session; later its new date or details, that it is not held, or that it is without the reader. */

export const TEXTS = {
  subject: {
    es: '[{change, select, moved {Cambio de fecha} cancelled {Cancelada} details {Datos actualizados} withdrawn {Invitación sin efecto} other {Invitación}}] {session} — {when}',
    en: '[{change, select, moved {New date} cancelled {Cancelled} details {Updated details} withdrawn {Invitation withdrawn} other {Invitation}}] {session} — {when}',
    pt: '[{change, select, moved {Mudança de data} cancelled {Cancelada} details {Dados atualizados} withdrawn {Convite sem efeito} other {Convite}}] {session} — {when}',
    fr: '[{change, select, moved {Changement de date} cancelled {Annulée} details {Informations mises à jour} withdrawn {Invitation retirée} other {Invitation}}] {session} — {when}',
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
  details: {
    es: 'La {n}.ª sesión de la cooperación {pairing} mantiene su fecha, pero han cambiado otros datos: la duración, el enlace de conexión o el lugar. Los que figuran a continuación son los vigentes y reemplazan los anteriores.',
    en: 'Session {n} of the {pairing} cooperation keeps its date, but other details have changed: its length, the link to join or the place. Those below are the current ones and replace the earlier ones.',
    pt: 'A {n}ª sessão da cooperação {pairing} mantém sua data, mas outros dados mudaram: a duração, o link de acesso ou o local. Os que constam a seguir são os vigentes e substituem os anteriores.',
    fr: 'La séance n°\u00a0{n} de la coopération {pairing} est maintenue à la même date, mais d’autres informations ont changé\u00a0: la durée, le lien de connexion ou le lieu. Celles qui figurent ci-dessous sont à jour et remplacent les précédentes.',
  },
  withdrawn: {
    es: 'Le informamos que la invitación que le habíamos enviado a la {n}.ª sesión de la cooperación {pairing} queda sin efecto. La sesión se realizará en la fecha prevista, sin que se requiera su participación.',
    en: 'We wish to inform you that the invitation we had sent you to session {n} of the {pairing} cooperation is withdrawn. The session will be held on the date planned; you are not required to attend.',
    pt: 'Informamos que o convite que lhe havíamos enviado para a {n}ª sessão da cooperação {pairing} fica sem efeito. A sessão será realizada na data prevista, sem que sua participação seja necessária.',
    fr: 'Nous vous informons que l’invitation qui vous avait été adressée pour la séance n°\u00a0{n} de la coopération {pairing} est retirée. La séance aura lieu à la date prévue, sans que votre participation soit requise.',
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
    es: 'Adjuntamos la cita {updated, select, yes {actualizada, que reemplaza la anterior en su calendario} other {para su calendario}}.{version, select, none {} other { También adjuntamos el programa, versión {version}, {approved, select, yes {que ya ha sido aprobado y por el que se regirán las sesiones} other {que recoge {updated, select, yes {el cambio} other {esta fecha}}}}.}}',
    en: '{updated, select, yes {An updated entry for your calendar is attached; it replaces the earlier one} other {An entry for your calendar is attached}}.{version, select, none {} other { The programme, version {version}, which {approved, select, yes {has now been approved and which the sessions will follow} other {includes {updated, select, yes {the change} other {this date}}}}, is attached as well.}}',
    pt: 'Anexamos o compromisso {updated, select, yes {atualizado, que substitui o anterior em sua agenda} other {para sua agenda}}.{version, select, none {} other { Também anexamos o programa, versão {version}, {approved, select, yes {que já foi aprovado e pelo qual se regerão as sessões} other {que traz {updated, select, yes {a mudança} other {esta data}}}}.}}',
    fr: 'Vous trouverez ci-joint le rendez-vous {updated, select, yes {mis à jour, qui remplace le précédent dans votre agenda} other {pour votre agenda}}{version, select, none {} other {, ainsi que le programme, version {version}, {approved, select, yes {désormais approuvé, que suivront les séances} other {qui mentionne {updated, select, yes {ce changement} other {cette date}}}}}}.',
  },
  programmeWithout: {
    es: 'Adjuntamos también el programa, versión {version}, sin esta sesión.',
    en: 'The programme, version {version}, without this session, is attached as well.',
    pt: 'Anexamos também o programa, versão {version}, sem esta sessão.',
    fr: 'Vous trouverez également ci-joint le programme, version {version}, sans cette séance.',
  },
  calendarCancelled: {
    es: 'El archivo adjunto retira la cita de su calendario. Lamentamos los inconvenientes.',
    en: 'The attached file removes the entry from your calendar. We apologise for the inconvenience.',
    pt: 'O arquivo anexo retira o compromisso de sua agenda. Lamentamos o inconveniente.',
    fr: 'Le fichier joint retire le rendez-vous de votre agenda. Nous vous prions de nous excuser pour ce contretemps.',
  },
  calendarWithdrawn: {
    es: 'El archivo adjunto retira la cita de su calendario. Le agradecemos su disposición a participar. Este correo no requiere respuesta.',
    en: 'The attached file removes the entry from your calendar. We thank you for your readiness to take part. This message needs no answer.',
    pt: 'O arquivo anexo retira o compromisso de sua agenda. Agradecemos sua disposição em participar. Esta mensagem não requer resposta.',
    fr: 'Le fichier joint retire le rendez-vous de votre agenda. Nous vous remercions de votre disponibilité. Ce message n’appelle pas de réponse.',
  },
} as const satisfies Catalogue;

export function invitation(
  {
    session,
    guest,
    programmeVersion,
    programmeApproved = false,
    change,
    recorded = [],
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
  // Of a session that is not held, or not with the reader, nobody should find the link.
  const out = change?.kind === 'cancelled' || change?.kind === 'withdrawn';
  return letter(context, {
    subject: say('subject', {
      change: change?.kind ?? 'none',
      session: speaker(PARTS, language)('sessionOf', { n: String(session.number) }),
      when: session.startsAt ? ownMomentOf(session.startsAt, clock) : sessionDate(session, clock),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: sessionFacts(out ? unjoinable(session) : session, context) },
      ...reasonBlocks(change?.reason, context),
      ...when(guest && !out, { block: 'paragraph', text: say('guest') }),
      {
        block: 'paragraph',
        text: out
          ? say(change.kind === 'cancelled' ? 'calendarCancelled' : 'calendarWithdrawn')
          : say('calendar', {
              updated: change ? 'yes' : 'no',
              approved: programmeApproved ? 'yes' : 'no',
              version: programmeVersion === undefined ? 'none' : String(programmeVersion),
            }),
      },
      ...when(out && programmeVersion !== undefined, {
        block: 'paragraph',
        text: say('programmeWithout', { version: String(programmeVersion) }),
      }),
      ...(out
        ? []
        : [
            ...contentsOf(session, context),
            ...questionBlocks(questions, context),
            ...documentBlocks(documents, context),
            ...recorded.flatMap((record) =>
              recordBlocks(record, context, sessionName(record.session.number, language)),
            ),
          ]),
    ],
  });
}
