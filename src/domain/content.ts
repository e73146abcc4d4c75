import { z } from 'zod';
import { language } from './language.ts';
import { numberInTurn } from './programme/numbering.ts';
import {
  correctedProgramme,
  email,
  groupCount,
  lineOfText,
  plainDate,
  timeZone,
  written,
} from './programme/programme.ts';

import { ruled } from './programme/shapeMistakes.ts';
import { TEXT_PARTS } from './programme/textParts.ts';
import { COMMITMENT_OUTCOMES } from './results/commitments.ts';
import { CURRENCIES, LONGEST_PURPOSE, MOST_MONEY } from './results/funding.ts';

/**
 * What people write beside a decision. It is kept in the case file under the SHA-256 of its JSON;
 * the answer that travels through Temporal carries that hash alone.
 */
/** Characters in what somebody writes beside a decision. */
export const LONGEST_TEXT = 100_000;
/** Characters in what somebody takes upon themselves. */
export const LONGEST_COMMITMENT = 500;
/** Characters in a lesson. */
export const LONGEST_LESSON = 1_000;
const text = written.trim().min(1).max(LONGEST_TEXT);
const documents = z.array(z.string().max(120)).max(200);
/** Paragraphs in a programme. */
const MOST_PARAGRAPHS = 2000;

/** Why something is asked to be changed, or sent back. */
export const reason = z.strictObject({ reason: text });
export const SEXES = ['woman', 'man'] as const;
export type Sex = (typeof SEXES)[number];

/** Somebody who was there, or a group of them, as the minutes give them; or a name alone, with whatever stands beside it. */
const attendee = z.union([
  lineOfText.meta({ examples: ['Jorge Larrea, MTPE'] }),
  z.strictObject({
    name: lineOfText.meta({ examples: ['Jorge Larrea'] }),
    /** The institution's code, where it is one of the cooperation. */
    party: z
      .string()
      .max(80)
      .meta({ examples: ['per-mtpe'] })
      .optional(),
    /** The institution, where it is none of the cooperation. */
    institution: lineOfText.meta({ examples: ['SENCE'] }).optional(),
    /** Said by those who wish it to be counted. */
    sex: z
      .enum(SEXES)
      .meta({ examples: ['woman'] })
      .optional(),
    /** How many they are, of a group. */
    count: groupCount.meta({ examples: [12] }).optional(),
    /** The person's id in the cooperation, such as `per-mtpe-1`. */
    person: z
      .string()
      .max(80)
      .meta({ examples: ['per-mtpe-1'] })
      .optional(),
  }),
]);
export const attendance = z.array(attendee).max(500);
export type Attendee = z.infer<typeof attendee>;

/** What may come of a cooperation, as RIAL counts it; or nothing yet. */
export const OUTCOMES = ['products', 'processes', 'training', 'legislation', 'nothing-yet'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whether what an objective was to change did change: brought about, in part, not yet, or not at all. */
export const CHANGES_SEEN = ['brought', 'in-part', 'not-yet', 'not'] as const;
export type ChangeState = (typeof CHANGES_SEEN)[number];
const changeSeen = z.strictObject({
  objective: numberInTurn.meta({ examples: [1] }),
  seen: z.enum(CHANGES_SEEN).meta({ examples: ['in-part'] }),
  text: text.meta({ examples: ['…'] }).optional(),
});

/** What came of a cooperation, some months after its end. */
export const outcomes = z.strictObject({
  came: z
    .array(z.enum(OUTCOMES))
    .min(1)
    .max(OUTCOMES.length)
    .refine((came) => came.length === 1 || !came.includes('nothing-yet'), ruled({ code: 'ResultsAndNone' }))
    .meta({ examples: [['processes', 'training']] }),
  text: text.meta({ examples: ['…'] }),
  /** Of each objective that says what it is to change, by its number; left out where none does. */
  objectives: z
    .array(changeSeen)
    .max(20)
    .optional()
    .meta({ examples: [[{ objective: 1, seen: 'in-part' }]] }),
});

export type Outcomes = z.infer<typeof outcomes>;

/** What somebody takes upon themselves by a day: whose it is, a party by its code or a person of one by theirs. */
export const commitment = z.strictObject({
  what: text.max(LONGEST_COMMITMENT).meta({ examples: ['Enviar el manual de inspección'] }),
  owner: z
    .string()
    .min(1)
    .max(80)
    .meta({ examples: ['chl-mtps', 'chl-mtps-2'] }),
  due: plainDate.meta({ examples: ['2021-09-30'] }),
});
export const commitments = z.array(commitment).max(50);
export type Commitment = z.infer<typeof commitment>;
/** What an institution put into the cooperation in money, and for what. */
const contribution = z.strictObject({
  party: z
    .string()
    .max(80)
    .meta({ examples: ['per-mtpe'] }),
  amount: z
    .number()
    .positive()
    .max(MOST_MONEY)
    .meta({ examples: [1200.5] }),
  currency: z.enum(CURRENCIES).meta({ examples: ['USD'] }),
  what: lineOfText
    .max(LONGEST_PURPOSE)
    .meta({ examples: ['Pasajes y viáticos'] })
    .optional(),
});
const funding = z.array(contribution).max(50);
export type Contribution = z.infer<typeof contribution>;
const lessons = z.array(text.max(LONGEST_LESSON)).max(50);

/** With a report, whose own content is the file: each in place of what came with the version before, as far as it is said. */
export const committed = z.strictObject({
  commitments: commitments.optional(),
  lessons: lessons.optional().meta({ examples: [['…']] }),
  funding: funding.optional(),
});
export type WithReport = z.infer<typeof committed>;

/** What became of one of them: the number that it has in its cooperation; `later` has another day. */
const fulfilled = z
  .strictObject({
    commitment: numberInTurn.meta({ examples: [1] }),
    outcome: z.enum(COMMITMENT_OUTCOMES).meta({ examples: ['kept'] }),
    until: plainDate.meta({ examples: ['2022-03-31'] }).optional(),
    text: text.meta({ examples: ['…'] }).optional(),
  })
  .refine(
    ({ outcome, until }) => (outcome === 'later') === (until !== undefined),
    ruled({ code: 'OtherDayMistaken' }),
  );
/** What became of those that an institution is asked about. */
export const fulfilment = z.strictObject({
  fulfilment: z.array(fulfilled).min(1).max(200),
});
export type Fulfilment = z.infer<typeof fulfilment>['fulfilment'];

/** What a meeting or session leaves behind. */
export const minutes = z.strictObject({
  minutes: text.meta({ examples: ['…'] }),
  attendance: attendance.default([]).meta({ examples: [['Jorge Larrea, MTPE', '…']] }),
  /** What it produced, one entry each. */
  outputs: z
    .array(text)
    .max(100)
    .default([])
    .meta({ examples: [['…']] }),
  /** Left out where nobody took anything upon themselves. */
  commitments: commitments
    .optional()
    .meta({ examples: [[{ what: 'Enviar el manual', owner: 'chl-mtps', due: '2021-09-30' }]] }),
});
export const writtenText = z.strictObject({ text, documents: documents.optional() });
export const person = z.strictObject({
  name: lineOfText.meta({ examples: ['Ana Pérez'] }),
  email: email.meta({ examples: ['ana.perez@ministry.example'] }),
  post: lineOfText.meta({ examples: ['Directora'] }).optional(),
  language: language.optional(),
  timezone: timeZone.meta({ examples: ['America/Lima'] }).optional(),
});
/** Somebody who may have no address: listed, and never written to. */
export const listedPerson = person.partial({ email: true });
/** A guest, or a group of them: "Gerentes regionales", twelve of them. */
export const listedGuest = listedPerson.extend({
  count: groupCount.meta({ examples: [12] }).optional(),
});
/** A version of a document in the store, by the document's id. */
const submittedDocument = z.strictObject({ document: z.string().max(120), note: text.optional() });
/** Paragraphs of the programme that are to be put into a language; or, with what they were put into, to be vouched for. */
const askedParagraphs = z.strictObject({
  into: language,
  paragraphs: z
    .array(z.strictObject({ part: z.enum(TEXT_PARTS), text, translation: text.optional() }))
    .min(1)
    .max(MOST_PARAGRAPHS),
});
/** What paragraphs were put into, by the number that each has in its request. */
export const translation = z.strictObject({
  translation: z
    .array(
      z.strictObject({
        paragraph: numberInTurn.meta({ examples: [1] }),
        text: text.meta({ examples: ['…'] }),
      }),
    )
    .min(1)
    .max(MOST_PARAGRAPHS),
});
/** `seen`: the last change of the cooperation that its author knew of. */
const revisedProgramme = z.strictObject({
  programme: correctedProgramme,
  seen: numberInTurn.optional(),
});

export const content = z.union([
  reason,
  minutes,
  outcomes,
  fulfilment,
  writtenText,
  person,
  submittedDocument,
  revisedProgramme,
  committed,
  askedParagraphs,
  translation,
]);
export type Content = z.infer<typeof content>;
export type Person = z.infer<typeof person>;
export type ListedPerson = z.infer<typeof listedPerson>;
export type ListedGuest = z.infer<typeof listedGuest>;
