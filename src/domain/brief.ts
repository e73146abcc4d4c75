import { z } from 'zod';
import { MARKS } from './answer.ts';
import { KINDS_OF_DOCUMENT } from './documentKinds.ts';
import { LAPSES } from './endings.ts';
import { REQUEST_KINDS } from './kinds/index.ts';
import { AGAIN, DECISIONS, RAN_OUT } from './kinds/kind.ts';
import { language } from './language.ts';
import { STEPS } from './methodology.ts';
import { difference, textChange } from './programme/programmeDifferences.ts';
import { TEXT_PARTS } from './programme/textParts.ts';
import { TURN_PARTS, TURN_STATES } from './turns.ts';

/**
 * What a request asks: of whom, about what, why, and why again; with which reasons, files and dates; which answers are
 * possible; and how it stands. Mail, page, terminal and rehearsal say it from this one value, each in its reader's
 * language. Instants are ISO 8601 in UTC, parties and persons are codes, texts are as people wrote them.
 */

const instant = z.iso.datetime();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a document is to a request: what it is about, the version that was sent back, the published sheet. */
const DOCUMENT_ROLES = ['subject', 'previous', 'sheet'] as const;
export type DocumentRole = (typeof DOCUMENT_ROLES)[number];

/**
 * What the end of the cooperation means to what is asked beside it: it `closes` without an answer, `continues` all the same, or
 * is waited for `first`.
 */
export const AT_THE_END = ['closes', 'continues', 'first'] as const;
export type AtTheEnd = (typeof AT_THE_END)[number];

/** What is behind of a session: it was held, or its date or its period has passed and its record is still to come. */
export const SESSIONS_PASSED = ['held', 'date', 'window'] as const;
export type SessionPast = (typeof SESSIONS_PASSED)[number];

/** What a document's text changes of the version before, where both are Word files: the first of the paragraphs. */
export const documentChange = textChange.extend({ more: z.int() });

export const brief = z.strictObject({
  id: z.string(),
  kind: z.enum(REQUEST_KINDS),
  round: z.int(),
  /** The number of the session, question or version it concerns. */
  item: z.int().nullable(),
  step: z.enum(STEPS),
  subject: z.strictObject({ ref: z.string(), hash }),
  asked: z.array(z.strictObject({ party: z.string(), label: z.string(), timeZone: z.string() })),
  owing: z.array(z.string()),
  /** Parties whose answer the Secretariat does without. */
  waived: z.array(z.string()),
  /** Passed from one person to a colleague, by hand or because the first is away. */
  handedOver: z.array(z.strictObject({ from: z.string(), to: z.string(), absent: z.boolean() })),
  /** Asked of another party in place of one. */
  reassigned: z.array(z.strictObject({ from: z.string(), to: z.string(), reason: z.string(), at: instant })),
  /** Given more time; `from` is when it was due before. */
  extended: z.array(z.strictObject({ from: instant.nullable(), reason: z.string(), at: instant })),
  /** Answers that the Secretariat annulled: it is asked for them again. */
  annulled: z.array(z.strictObject({ party: z.string(), reason: z.string(), at: instant })),
  /** The request that it takes the place of, and the one that takes its place, since an answer was annulled. */
  renews: z.string().nullable(),
  renewedBy: z.string().nullable(),
  /** Every reminder has gone out: it is for the Secretariat to extend, reassign or waive. */
  forSecretariat: z.boolean(),
  /** The answers that are possible, in the order in which they are offered. */
  decisions: z.array(z.enum(DECISIONS)),
  openedAt: instant,
  dueAt: instant,
  /** Somebody is late; never while the cooperation is paused. */
  overdue: z.boolean(),
  closedAt: instant.nullable(),
  state: z.enum(['open', 'answered', 'waived', 'lapsed']),
  lapse: z.enum(LAPSES).nullable(),
  /** The decision that it was closed with, `waived` or `lapsed`. */
  outcome: z.string().nullable(),
  /** How the cooperation stands that it is part of. */
  cooperation: z.enum(['running', 'paused', 'closed', 'cancelled']),

  /** Why it is asked once more; `null` the first time. */
  again: z.enum(AGAIN).nullable(),
  /** What was written when the one before was sent back, was not held, or was corrected. */
  reasons: z.array(z.strictObject({ party: z.string(), by: z.string().nullable(), text: z.string() })),
  /** The Secretariat has to find a date by itself: the window is over, or none of its dates suited. */
  windowRanOut: z.enum(RAN_OUT).nullable(),
  /** What went wrong, for staff. */
  trouble: z.string().nullable(),
  /** Whom mail does not reach, where that is what went wrong: a focal point, or nobody of a party. */
  unreached: z.strictObject({ party: z.string(), name: z.string().nullable() }).nullable(),

  /** The coordination meeting: the one that is to be recorded, or that agreed on the programme which is up for approval. */
  meeting: z
    .strictObject({
      startsAt: instant,
      endsAt: instant,
      timeZone: z.string(),
      /** What it agreed on, as the Secretariat recorded it. */
      agreed: z.string().nullable(),
    })
    .nullable(),
  question: z
    .strictObject({
      number: z.int(),
      from: z.string(),
      by: z.string(),
      session: z.int().nullable(),
      text: z.string(),
    })
    .nullable(),
  /** The version of the programme that it is about, and what that changes of the one before. */
  programme: z
    .strictObject({ version: z.int(), previous: z.int().nullable(), differences: z.array(difference) })
    .nullable(),
  /** Paragraphs of the programme that are to be put into its second language; or that were put into it, to be vouched for. */
  translation: z
    .strictObject({
      into: language,
      paragraphs: z.array(
        z.strictObject({
          number: z.int(),
          part: z.enum(TEXT_PARTS),
          text: z.string(),
          /** What it was put into; of one that is to be put into it anew, what was sent back. */
          translation: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  /** What its party took upon itself, and is asked about. */
  commitments: z.array(
    z.strictObject({
      number: z.int(),
      what: z.string(),
      party: z.string(),
      /** The name of whoever of it is named. */
      name: z.string().nullable(),
      due: z.iso.date(),
    }),
  ),
  /** Where it is asked what came of it: objectives, by their number, with the change that each was to bring. */
  objectives: z.array(z.strictObject({ number: z.int(), text: z.string(), change: z.string() })),
  /** The sessions whose contents or date it is about. */
  sessions: z.array(
    z.strictObject({
      number: z.int(),
      contents: z.string(),
      startsAt: instant.nullable(),
      endsAt: instant.nullable(),
      window: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
      timeZone: z.string(),
      passed: z.enum(SESSIONS_PASSED).nullable(),
    }),
  ),
  /** For a date: the slots that can be marked or chosen, and how they were marked. */
  slots: z.array(
    z.strictObject({
      id: z.string(),
      startsAt: instant,
      endsAt: instant,
      marks: z.array(z.strictObject({ party: z.string(), mark: z.enum(MARKS) })),
    }),
  ),
  /** Documents that belong to it: what is reviewed, the version that was sent back, the published sheet. */
  documents: z.array(
    z.strictObject({
      role: z.enum(DOCUMENT_ROLES),
      document: z.string(),
      version: z.int(),
      kind: z.enum(KINDS_OF_DOCUMENT),
      title: z.string(),
      fileName: z.string(),
      mediaType: z.string(),
      size: z.int(),
      sha256: hash,
      party: z.string(),
      at: instant,
      changes: documentChange.nullable(),
    }),
  ),
  /** Where several write one report in turn: who has had it, who has it now, and who comes after. */
  turns: z.array(
    z.strictObject({
      party: z.string(),
      part: z.enum(TURN_PARTS),
      state: z.enum(TURN_STATES),
      at: instant.nullable(),
    }),
  ),
  /** Where an answer ends the cooperation: what else is waited on, or closed with that answer. */
  atTheEnd: z.array(
    z.strictObject({
      request: z.string(),
      kind: z.enum(REQUEST_KINDS),
      item: z.int().nullable(),
      owing: z.array(z.string()),
      how: z.enum(AT_THE_END),
    }),
  ),
  /** The document it can be begun with, where none has been handed in yet. */
  template: z.enum(['sheet', 'report']).nullable(),
});
export type Brief = z.infer<typeof brief>;
