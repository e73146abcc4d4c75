import { z } from 'zod';
import { LONGEST_TEXT } from './content.ts';
import { recordedFor } from './door.ts';
import { numberInTurn } from './programme/numbering.ts';
import { lineOfText, written } from './programme/programme.ts';

/**
 * What is written beside the process, between the Secretariat and those who take part: it asks for no answer that
 * anything waits on. A *communication* is written by the Secretariat; an *enquiry* is put to it, and has one answer. What
 * was *received* came by mail and is neither: in nobody's name, or the answer to what was asked elsewhere.
 */

export const COMMUNICATION_KINDS = ['written', 'enquiry', 'answer', 'received'] as const;
export type CommunicationKind = (typeof COMMUNICATION_KINDS)[number];

const id = z.string().max(80);
const text = written.trim().min(1).max(LONGEST_TEXT);

/** To whom the Secretariat writes: somebody, an institution, those who owe an answer now, or all who take part. */
export const addressed = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('person'), person: id }),
  z.strictObject({ to: z.literal('party'), party: id }),
  z.strictObject({ to: z.literal('owing') }),
  z.strictObject({ to: z.literal('everybody') }),
]);
export type Addressees = z.infer<typeof addressed>;

export const givenCommunication = z.strictObject({
  by: id
    .optional()
    .describe('the person of the Secretariat who writes; the Secretariat itself where it is left out'),
  addressed,
  subject: lineOfText,
  text,
  people: z
    .array(id)
    .max(500)
    .optional()
    .describe('whom somebody was shown that it goes to: refused where others would get it'),
});
export type GivenCommunication = z.infer<typeof givenCommunication>;

export const givenEnquiry = z.strictObject({
  by: id.describe('who asks the Secretariat'),
  text,
  recorded: recordedFor.optional(),
});
export type GivenEnquiry = z.infer<typeof givenEnquiry>;

export const givenEnquiryAnswer = z.strictObject({
  by: id.optional().describe('the person of the Secretariat who answers'),
  enquiry: numberInTurn.positive().describe('its number among the communications'),
  text,
  shared: z.boolean().default(false).describe('whether all who take part may read it, with the question'),
});
export type GivenEnquiryAnswer = z.infer<typeof givenEnquiryAnswer>;

/** Of a communication, by which it is told who reads it. */
export type Readable = {
  number: number;
  kind: CommunicationKind;
  by: string;
  people: readonly string[];
  addressed: Addressees;
  answers: number | null;
  shared: boolean;
};

/** Who reads: somebody who takes part, or the Secretariat and whoever looks on, who see everything. */
export type TalkReader = { person: string | undefined; secretariat: boolean };

/**
 * Those that a reader may read: what was written by or to them, or to everybody, and what was shared with all. Others
 * are not told of them.
 */
export function readableBy<C extends Readable>(all: readonly C[], { person, secretariat }: TalkReader): C[] {
  const shared = new Set(all.flatMap((one) => (one.shared && one.answers !== null ? [one.answers] : [])));
  return all.filter(
    (one) =>
      secretariat ||
      one.shared ||
      shared.has(one.number) ||
      (one.kind === 'written' && one.addressed.to === 'everybody') ||
      (person !== undefined && (one.by === person || one.people.includes(person))),
  );
}

/** The enquiries that the Secretariat has not answered. */
export const openEnquiries = <C extends Readable>(all: readonly C[]): C[] =>
  all.filter(({ kind, number }) => kind === 'enquiry' && !all.some(({ answers }) => answers === number));

/** Notices whose mails are known to their readers alone. */
const OWN_NOTICES = [
  ...['communication', 'enquiry', 'enquiry-answered', 'digest'],
  ...['mail-receipt', 'answer-by-mail', 'mail-unfiled', 'mail-bounced'],
];
export const isOwnNotice = (notice: string): boolean => OWN_NOTICES.includes(notice);
const OWN_RECORDS = ['communication-written', 'enquiry-made', 'enquiry-answered', 'mail-received'];

/** The entries of the record that a reader is told of: not those of what others wrote to each other. */
export function entriesFor<E extends { kind: string; person: string | null; data: unknown }>(
  entries: readonly E[],
  communications: readonly Readable[],
  reader: TalkReader,
): E[] {
  if (reader.secretariat) return [...entries];
  const theirs = new Set(readableBy(communications, reader).map(({ number }) => number));
  return entries.filter(({ kind, person, data }) => {
    const { communication, notice } = (data ?? {}) as { communication?: unknown; notice?: unknown };
    if (OWN_RECORDS.includes(kind)) return theirs.has(Number(communication));
    return !(kind.startsWith('mail-') && isOwnNotice(String(notice))) || person === reader.person;
  });
}
