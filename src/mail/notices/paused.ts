import { type Letter, when } from '../blocks.ts';
import { type Catalogue, speaker } from '../catalogue.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';
import { TEXTS as PARTS, reasonBlocks, sessionBlocks } from '../parts.ts';

/** The cooperation is paused: periods stand still, sessions with a date stand. */

export const TEXTS = {
  subject: {
    es: '[Pausa] La cooperación {pairing} se suspende temporalmente',
    en: '[Pause] The {pairing} cooperation is paused',
    pt: '[Pausa] A cooperação {pairing} está suspensa temporariamente',
    fr: '[Pause] La coopération {pairing} est suspendue temporairement',
  },
  lead: {
    es: 'Le informamos que la cooperación {pairing}, sobre {subject}, se suspende temporalmente.',
    en: 'We wish to inform you that the {pairing} cooperation, on {subject}, is paused.',
    pt: 'Informamos que a cooperação {pairing}, sobre {subject}, está suspensa temporariamente.',
    fr: 'Nous vous informons que la coopération {pairing} ({subject}) est suspendue temporairement.',
  },
  meanwhile: {
    es: 'Durante la pausa los plazos no corren y no se enviarán recordatorios. Cuando la cooperación se reanude, le comunicaremos los nuevos plazos.',
    en: 'During the pause no deadlines run and no reminders are sent. When the cooperation resumes, we will inform you of the new dates.',
    pt: 'Durante a pausa, os prazos não correm e não serão enviados lembretes. Quando a cooperação for retomada, comunicaremos os novos prazos.',
    fr: 'Pendant la pause, les délais ne courent pas et aucun rappel ne sera envoyé. À la reprise de la coopération, nous vous communiquerons les nouvelles échéances.',
  },
  stand: {
    es: '{count, plural, one {La siguiente sesión, que ya tiene fecha, se mantiene, salvo que le comuniquemos lo contrario.} other {Las siguientes sesiones, que ya tienen fecha, se mantienen, salvo que le comuniquemos lo contrario.}}',
    en: '{count, plural, one {The session below, which has a date, stands unless we inform you otherwise.} other {The sessions below, which have a date, stand unless we inform you otherwise.}}',
    pt: '{count, plural, one {A sessão a seguir, que já tem data, está mantida, salvo comunicação em contrário.} other {As sessões a seguir, que já têm data, estão mantidas, salvo comunicação em contrário.}}',
    fr: '{count, plural, one {La séance suivante, dont la date est fixée, est maintenue, sauf avis contraire de notre part.} other {Les séances suivantes, dont la date est fixée, sont maintenues, sauf avis contraire de notre part.}}',
  },
  sessions: {
    es: 'Sesiones con fecha fijada',
    en: 'Sessions with a date',
    pt: 'Sessões com data marcada',
    fr: 'Séances dont la date est fixée',
  },
} as const satisfies Catalogue;

export function paused(
  { reason, sessions }: Extract<Notice, { notice: 'paused' }>,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker(TEXTS, language);
  const values = { pairing, subject: cooperation.subject };
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      ...reasonBlocks(reason, context),
      { block: 'paragraph', text: `${say('meanwhile')} ${speaker(PARTS, language)('noAnswer')}` },
      ...when(sessions.length > 0, {
        block: 'paragraph',
        text: say('stand', { count: sessions.length }),
      }),
      ...sessionBlocks(sessions, context, say('sessions')),
    ],
  });
}
