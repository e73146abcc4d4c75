import { type Block, type Letter, when } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { ownMomentOf } from '../dates.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice, SessionRecord } from '../notice.ts';
import { TEXTS as PARTS, sessionDate } from '../parts.ts';

/** What a session leaves behind: its minutes, who attended, what it produced. */

export const TEXTS = {
  subject: {
    es: '[Acta] {session} — {when}',
    en: '[Minutes] {session} — {when}',
    pt: '[Ata] {session} — {when}',
    fr: '[Compte rendu] {session} — {when}',
  },
  lead: {
    es: 'Ponemos en su conocimiento el acta de la {n}.ª sesión de la cooperación {pairing}. Si advierte algún error, le agradeceremos que nos lo indique respondiendo a este correo.',
    en: 'We share with you the minutes of session {n} of the {pairing} cooperation. Should you notice any error, please let us know by replying to this message.',
    pt: 'Damos a conhecer a ata da {n}ª sessão da cooperação {pairing}. Caso note algum erro, agradecemos que nos informe respondendo a esta mensagem.',
    fr: 'Nous vous communiquons le compte rendu de la séance n°\u00a0{n} de la coopération {pairing}. Si vous y relevez une erreur, nous vous saurions gré de nous l’indiquer en répondant à ce message.',
  },
  outputs: {
    es: 'Productos de la sesión',
    en: 'What the session produced',
    pt: 'Produtos da sessão',
    fr: 'Résultats de la séance',
  },
  minutes: { es: 'Acta', en: 'Minutes', pt: 'Ata', fr: 'Compte rendu' },
  attendance: { es: 'Asistencia', en: 'Attendance', pt: 'Presença', fr: 'Présences' },
} as const satisfies Catalogue;

/** Outputs, minutes and attendance of a session. `of` names the session, where it is not the one the mail is about. */
export function recordBlocks(
  { minutes, attendance, outputs }: SessionRecord,
  { language }: Context,
  of?: string,
): Block[] {
  const say = speaker(TEXTS, language);
  const heading = (text: string): Block => ({ block: 'heading', text: of ? `${text} · ${of}` : text });
  const list = (text: string, items: readonly string[]) =>
    when(items.length > 0, heading(text), { block: 'list', items: items.map((item) => ({ text: item })) });
  return [
    ...list(say('outputs'), outputs),
    ...when(minutes.trim(), heading(say('minutes')), { block: 'quote', text: minutes }),
    ...list(say('attendance'), attendance),
  ];
}

export function sessionRecorded(
  { notice: _, ...record }: Extract<Notice, { notice: 'session-recorded' }>,
  context: Context,
): Letter {
  const { language, clock, pairing } = context;
  const { session } = record;
  const say = speaker(TEXTS, language);
  const parts = speaker(PARTS, language);
  const lead = say('lead', { n: String(session.number), pairing });
  return letter(context, {
    subject: say('subject', {
      session: parts('sessionOf', { n: String(session.number) }),
      when: session.startsAt ? ownMomentOf(session.startsAt, clock) : sessionDate(session, clock),
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: [{ label: parts('when'), value: sessionDate(session, clock) }] },
      ...recordBlocks(record, context),
    ],
  });
}
