import type { ProgrammeChange } from '../../domain/change.ts';
import { type Block, type Letter, when } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice, SessionHeading } from '../notice.ts';
import { contentsOf, reasonBlocks, sessionDate, sessionFacts, sessionName } from '../parts.ts';

/** A new version of the programme that nobody has to approve: what is different in it, and why. */

export const TEXTS = {
  subject: {
    es: '[Programa actualizado] Programa de la cooperación {pairing} (versión {version})',
    en: '[Programme updated] Programme of the {pairing} cooperation (version {version})',
    pt: '[Programa atualizado] Programa da cooperação {pairing} (versão {version})',
    fr: '[Programme mis à jour] Programme de la coopération {pairing} (version {version})',
  },
  lead: {
    es: 'Adjuntamos la versión {version} del programa de la cooperación {pairing}, que reemplaza la anterior. Esta versión no requiere aprobación.',
    en: 'Version {version} of the programme of the {pairing} cooperation is attached; it replaces the earlier one. This version needs no approval.',
    pt: 'Anexamos a versão {version} do programa da cooperação {pairing}, que substitui a anterior. Esta versão não requer aprovação.',
    fr: 'Vous trouverez ci-joint la version {version} du programme de la coopération {pairing}, qui remplace la précédente. Cette version n’est pas soumise à approbation.',
  },
  what: { es: 'Qué cambia', en: 'What changes', pt: 'O que muda', fr: 'Ce qui change' },
  texts: {
    es: 'Textos del programa',
    en: 'Texts of the programme',
    pt: 'Textos do programa',
    fr: 'Textes du programme',
  },
  contents: {
    es: 'Contenidos de {n, select, none {las sesiones} other {la {n}.ª sesión}}',
    en: 'Contents of {n, select, none {the sessions} other {session {n}}}',
    pt: 'Conteúdos {n, select, none {das sessões} other {da {n}ª sessão}}',
    fr: 'Contenu {n, select, none {des séances} other {de la séance n°\u00a0{n}}}',
  },
  institutions: {
    es: 'Instituciones participantes y sus delegaciones',
    en: 'Participating institutions and their delegations',
    pt: 'Instituições participantes e suas delegações',
    fr: 'Institutions participantes et leurs délégations',
  },
  consultant: {
    es: 'Persona a cargo de la ficha de sistematización',
    en: 'Consultant for the systematization sheet',
    pt: 'Pessoa responsável pela ficha de sistematização',
    fr: 'Personne chargée de la fiche de systématisation',
  },
  'session-added': {
    es: '{n, select, none {Se agrega una sesión} other {Se agrega la {n}.ª sesión}}',
    en: '{n, select, none {A session is added} other {Session {n} is added}}',
    pt: '{n, select, none {Acrescenta-se uma sessão} other {Acrescenta-se a {n}ª sessão}}',
    fr: '{n, select, none {Une séance est ajoutée} other {La séance n°\u00a0{n} est ajoutée}}',
  },
  'session-moved': {
    es: 'Nueva fecha de {n, select, none {una sesión} other {la {n}.ª sesión}}',
    en: 'New date of {n, select, none {a session} other {session {n}}}',
    pt: 'Nova data de {n, select, none {uma sessão} other {realização da {n}ª sessão}}',
    fr: 'Nouvelle date {n, select, none {d’une séance} other {de la séance n°\u00a0{n}}}',
  },
  'session-details': {
    es: 'Duración, enlace de conexión o lugar de {n, select, none {una sesión} other {la {n}.ª sesión}}',
    en: 'Length, link or place of {n, select, none {a session} other {session {n}}}',
    pt: 'Duração, link de acesso ou local {n, select, none {de uma sessão} other {da {n}ª sessão}}',
    fr: 'Durée, lien de connexion ou lieu {n, select, none {d’une séance} other {de la séance n°\u00a0{n}}}',
  },
  'session-cancelled': {
    es: '{n, select, none {Una sesión no se realizará} other {La {n}.ª sesión no se realizará}}',
    en: '{n, select, none {A session will not be held} other {Session {n} will not be held}}',
    pt: '{n, select, none {Uma sessão não será realizada} other {A {n}ª sessão não será realizada}}',
    fr: '{n, select, none {Une séance n’aura pas lieu} other {La séance n°\u00a0{n} n’aura pas lieu}}',
  },
  guests: {
    es: 'Personas invitadas {n, select, none {a las sesiones} other {a la {n}.ª sesión}}',
    en: 'Guests of {n, select, none {the sessions} other {session {n}}}',
    pt: 'Pessoas convidadas {n, select, none {às sessões} other {para a {n}ª sessão}}',
    fr: 'Personnes invitées {n, select, none {aux séances} other {à la séance n°\u00a0{n}}}',
  },
  planned: { es: 'Fecha prevista', en: 'Date planned', pt: 'Data prevista', fr: 'Date prévue' },
  close: {
    es: 'Este correo no requiere respuesta; si tiene alguna observación, puede enviarla por este mismo medio.',
    en: 'This message needs no answer; should you have any comment, you may reply to it.',
    pt: 'Esta mensagem não requer resposta; caso tenha alguma observação, pode enviá-la em resposta.',
    fr: 'Ce message n’appelle pas de réponse\u00a0; vous pouvez toutefois y répondre pour toute observation.',
  },
} as const satisfies Catalogue;

export function programmeChanged(
  { version, changes, session, reason }: Extract<Notice, { notice: 'programme-changed' }>,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker(TEXTS, language);
  const values = { pairing, version: String(version) };
  const n = session ? String(session.number) : 'none';
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      ...when(
        changes.length > 0,
        { block: 'heading', text: say('what') },
        { block: 'list', items: changes.map((change) => ({ text: say(change, { n }) })) },
      ),
      ...(session ? sessionAsItStands(session, changes, context) : []),
      ...reasonBlocks(reason, context),
      { block: 'paragraph', text: say('close') },
    ],
  });
}

/** Its date and how to join it, its contents where those are new to the reader; its date alone if it is not held. */
function sessionAsItStands(
  session: SessionHeading,
  changes: readonly ProgrammeChange[],
  context: Context,
): Block[] {
  if (changes.includes('session-cancelled')) {
    const label = speaker(TEXTS, context.language)('planned');
    return [{ block: 'facts', rows: [{ label, value: sessionDate(session, context.clock) }] }];
  }
  const anew = changes.includes('session-added') || changes.includes('contents');
  return [
    { block: 'heading', text: sessionName(session.number, context.language) },
    { block: 'facts', rows: sessionFacts(session, context) },
    ...(anew ? contentsOf(session, context) : []),
  ];
}
