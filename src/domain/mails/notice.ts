import { z } from 'zod';
import type { RecordGroup } from '../recordGroups.ts';

/**
 * The occasions on which the product writes to somebody. `group`: by which its mails are looked for; `waits`: whether one to
 * an officer can wait for the morning's digest, where nothing near makes it urgent.
 */
export const NOTICES = {
  request: { group: 'requests', waits: true },
  reminder: { group: 'requests', waits: true },
  'deadline-extended': { group: 'requests', waits: true },
  'request-released': { group: 'requests', waits: true },
  'answer-annulled': { group: 'requests', waits: true },
  joined: { group: 'people', waits: false },
  // Who is no person of the cooperation any more gets no digest of it.
  replaced: { group: 'people', waits: false },
  left: { group: 'people', waits: false },
  'people-changed': { group: 'people', waits: true },
  'stands-in': { group: 'people', waits: true },
  // What goes to a calendar.
  convocation: { group: 'programme', waits: false },
  'meeting-corrected': { group: 'programme', waits: true },
  'programme-issued': { group: 'programme', waits: true },
  'programme-changed': { group: 'programme', waits: true },
  'window-ran-out': { group: 'sessions', waits: true },
  invitation: { group: 'sessions', waits: false },
  'guests-named': { group: 'sessions', waits: true },
  agenda: { group: 'sessions', waits: true },
  'session-recorded': { group: 'sessions', waits: true },
  news: { group: 'exchange', waits: true },
  'document-withheld': { group: 'exchange', waits: false },
  'sheet-published': { group: 'results', waits: true },
  'sheet-correction-cancelled': { group: 'results', waits: true },
  communication: { group: 'talk', waits: true },
  enquiry: { group: 'talk', waits: true },
  'enquiry-answered': { group: 'talk', waits: true },
  // Who wrote wants to know whether it came.
  'mail-receipt': { group: 'talk', waits: false },
  'answer-by-mail': { group: 'talk', waits: false },
  'mail-unfiled': { group: 'talk', waits: true },
  'mail-bounced': { group: 'people', waits: true },
  digest: { group: 'course', waits: false },
  paused: { group: 'course', waits: true },
  resumed: { group: 'course', waits: true },
  // Nothing goes on until somebody does something.
  'workflow-ended': { group: 'course', waits: false },
  'cooperation-cancelled': { group: 'course', waits: true },
  'cooperation-closed': { group: 'course', waits: true },
  'paper-signed': { group: 'results', waits: true },
} as const satisfies Readonly<Record<string, { group: Exclude<RecordGroup, 'mails'>; waits: boolean }>>;
export type NoticeKind = keyof typeof NOTICES;

const text = z.string();
const instant = z.iso.datetime();

/**
 * Who is told what of a change. The list is made with the change, in the same transaction; what `--dry-run` shows and what
 * is sent are this list. All that one person is told goes in one mail.
 */
const telling = z.object({
  /** The person's id. */
  person: text,
  about: z.discriminatedUnion('notice', [
    z.object({
      notice: z.literal('request'),
      request: text,
      /**
       * `corrected`: sent again, because the address it went to was wrong; `joined`: to whoever takes part only now;
       * `annulled`: the answer to it does not stand any more.
       */
      how: z.enum(['handed-over', 'absent', 'replaced', 'reassigned', 'corrected', 'joined', 'annulled']),
      /** The person whose place the reader takes; where it was reassigned, the party. */
      from: text.optional(),
    }),
    z.object({ notice: z.literal('deadline-extended'), request: text, previousDueAt: instant }),
    z.object({
      notice: z.literal('request-released'),
      request: text,
      /** `superseded`: another change made it pointless, such as a date that was set. */
      how: z.enum(['waived', 'reassigned', 'handed-over', 'superseded']),
      /** The party, or for a hand-over the person, that it is asked of instead. */
      to: text.optional(),
    }),
    /** To others than the party whose answer it was; `undone`: the requests that are asked no more as they were. */
    z.object({
      notice: z.literal('answer-annulled'),
      request: text,
      party: text,
      undone: z.array(text),
    }),
    z.object({ notice: z.literal('joined'), replaces: text.optional() }),
    z.object({ notice: z.literal('replaced'), by: text }),
    z.object({ notice: z.literal('left') }),
    /** To those who work with a person. `replaced`: `by` takes their place. */
    z.object({
      notice: z.literal('people-changed'),
      how: z.enum(['joined', 'left', 'replaced', 'focal-point']),
      who: text,
      by: text.optional(),
    }),
    /**
     * To whoever stands in, and to whoever is away where another noted it: `standIn` is then who answers meanwhile. `over`: the
     * colleague is not away, or not any more.
     */
    z.object({
      notice: z.literal('stands-in'),
      absent: text,
      from: text,
      to: text,
      over: z.boolean().optional(),
      standIn: text.optional(),
    }),
    z.object({
      notice: z.literal('invitation'),
      session: z.int(),
      sequence: z.int(),
      method: z.enum(['REQUEST', 'CANCEL']),
      /** `undated`: the date that was fixed stands no more, and another is to come. */
      kind: z.enum(['new', 'moved', 'details', 'cancelled', 'withdrawn', 'undated']),
      previousStartsAt: instant.optional(),
    }),
    z.object({
      notice: z.literal('convocation'),
      sequence: z.int(),
      method: z.enum(['REQUEST', 'CANCEL']),
      /** `undated`: the date that was set stands no more, and another is to come, or it was held on the one before. */
      kind: z.enum(['new', 'moved', 'details', 'cancelled', 'withdrawn', 'undated']),
      previousStartsAt: instant.optional(),
    }),
    /** To the Secretariat: whom an institution itself named as guests of a session, or withdrew. */
    z.object({
      notice: z.literal('guests-named'),
      session: z.int(),
      how: z.enum(['named', 'withdrawn']),
      guests: z.array(text),
    }),
    /** The minutes of a session that they have were wrong. */
    z.object({ notice: z.literal('minutes-corrected'), session: z.int() }),
    /** What the coordination meeting agreed, as they have it, was wrong. */
    z.object({ notice: z.literal('meeting-corrected') }),
    z.object({ notice: z.literal('programme-changed'), session: z.int().optional() }),
    /** Of a version of a document; `released`: it can be had again. */
    z.object({ notice: z.literal('document-withheld'), document: text, released: z.boolean() }),
    /** To those who were asked for a corrected sheet, or to review it. */
    z.object({ notice: z.literal('sheet-correction-cancelled') }),
    z.object({ notice: z.literal('paused') }),
    z.object({ notice: z.literal('resumed') }),
    z.object({ notice: z.literal('cooperation-cancelled') }),
  ]),
});
export type Telling = z.infer<typeof telling>;
export type ToldNotice = Telling['about']['notice'];

/** Whether a mail tells somebody that their part is over: it goes to those who take part no more, too. */
export const isFarewell = ({ notice, method }: { notice: string; method?: string | null }): boolean =>
  notice === 'replaced' || notice === 'left' || method === 'CANCEL';

/** A telling as people read it beforehand and afterwards: what `--dry-run` lists. */
export const addressedTelling = telling.extend({
  name: text,
  /** The party's code; `guest` for a session's guest. */
  party: text,
});
export type AddressedTelling = z.infer<typeof addressedTelling>;
