import type { Language } from '../domain/language.ts';
import { type Block, type Letter, when } from '../words/blocks.ts';
import { colonIn } from '../words/colon.ts';
import type { Clock } from '../words/dates/dates.ts';
import { pairingOf } from '../words/names/parties.ts';
import { oneLine } from '../words/plainText.ts';
import { type Speak, speaker } from '../words/speaker.ts';
import type { CooperationHeading, Reader } from './notice.ts';

/** What is around every letter: who writes, to whom, about which cooperation. */

/** What every notice is laid out with. */
export type Context = {
  language: Language;
  reader: Reader;
  cooperation: CooperationHeading;
  clock: Clock;
  /** "Perú–Chile". */
  pairing: string;
  /** The reader's own way to the cooperation site. */
  link?: string | undefined;
  /** What falls together for the reader with what the letter is about, and stands in it. */
  beside?: Beside;
  /** What introduces the cooperation, where it is to be introduced. */
  introduction?: Block[];
  /** The letter is itself what falls together with another. */
  isBeside?: true;
};

/** `also`: what the subject says of it; `asked`: how much of it asks for an answer. */
export type Beside = { also: string[]; blocks: Block[]; asked: number };

export function mailContextOf(
  reader: Reader,
  cooperation: CooperationHeading,
  now: string,
  link?: string,
): Context {
  const { language, timeZone } = reader;
  const clock: Clock = { language, timeZone, others: cooperation.timeZones, now };
  return { language, reader, cooperation, clock, pairing: pairingOf(cooperation, language), link };
}

/** Says that no answer is needed, where nothing in the mail asks for one. */
export const noAnswerBlocks = ({ language, beside, isBeside }: Context): Block[] =>
  when(!isBeside && !beside?.asked, {
    block: 'paragraph',
    text: speaker('mail.parts', language)('noAnswer'),
  });

/** What a reader answers for, where sentences differ by it. */
export const capacityOf = ({ reader }: Context): 'ministry' | 'secretariat' | 'consultant' => {
  if (!reader.institution) return 'consultant';
  return reader.institution.secretariat ? 'secretariat' : 'ministry';
};

/** The organization's name in the reader's language; one that is not the OAS is called what the programme calls it. */
const organizationOf = ({ secretariat }: CooperationHeading, say: Speak<'mail.frame'>): string =>
  /^(OEA|OAS)$/i.test(secretariat.acronym) ? say('organization') : secretariat.name;

/** The salutation, in lines. A French one has no name: who it is for stands above it. */
export const greetingOf = (name: string, language: Language): string[] =>
  speaker('mail.frame', language)('greeting', { name }).split('\n');

/** Whom the reader turns to, where somebody of the Secretariat is there besides. */
export const officerBlocks = ({ officer }: CooperationHeading, say: Speak<'mail.frame'>): Block[] =>
  when(officer, { block: 'paragraph', text: say('officer', officer ?? { name: '', email: '' }) });

/** The sign-off, in lines. */
export function signatureOf({ language, cooperation }: Context): string[] {
  const say = speaker('mail.frame', language);
  return [say('farewell'), say('secretariat', { organization: organizationOf(cooperation, say) })];
}

/**
 * A notice's subject and blocks, put between salutation and sign-off; what falls together with it stands between its
 * blocks and those that close it. A mail without a button ends with a link.
 */
export function letter(
  context: Context,
  {
    subject,
    preview,
    blocks: own,
    closing = [],
  }: { subject: string; preview: string; blocks: Block[]; closing?: Block[] },
): Letter {
  const { language, reader, cooperation, pairing, link, beside, introduction = [] } = context;
  const blocks = [...own, ...(beside?.blocks ?? []), ...introduction, ...closing];
  const { id } = cooperation;
  const say = speaker('mail.frame', language);
  const name = say('cooperation', { pairing });
  const call = say('call', { n: cooperation.call.number, year: String(cooperation.call.year) });
  const further =
    link && !blocks.some(({ block }) => block === 'button')
      ? [{ block: 'link' as const, label: say('site'), url: link }]
      : [];
  return {
    language,
    subject: oneLine([subject, ...(beside?.also ?? [])].join(' · ')),
    preview,
    heading: { network: say('network'), cooperation: name },
    greeting: greetingOf(reader.name, language),
    blocks: [...blocks, ...further, ...officerBlocks(cooperation, say)],
    signature: signatureOf(context),
    footer: [
      `${name}${colonIn(language)}${cooperation.subject} (${call})`,
      say('code', { id }),
      ...(cooperation.privacyUrl === undefined
        ? []
        : [{ text: say('privacy'), url: cooperation.privacyUrl }]),
    ],
  };
}
