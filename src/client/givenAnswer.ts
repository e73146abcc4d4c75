import { z } from 'zod';
import { DOCUMENT_VERSION, MARKS } from '../domain/answer.ts';
import { CHANGES_SEEN, OUTCOMES, SEXES } from '../domain/content.ts';
import { recordedFor } from '../domain/door.ts';
import { decisionsOf, enclosuresOf, REQUEST_KINDS, ruleOf } from '../domain/kinds/index.ts';
import { DECISIONS, type Decision, ENCLOSURES, type Enclosure } from '../domain/kinds/kind.ts';
import { numberInTurn } from '../domain/programme/numbering.ts';
import { taken } from '../domain/programme/shapeMistakes.ts';
import { refused } from '../domain/refusal.ts';
import type { RequestState } from '../domain/request.ts';
import { COMMITMENT_OUTCOMES } from '../domain/results/commitments.ts';
import { CURRENCIES } from '../domain/results/funding.ts';
import { PUBLISH } from '../domain/results/publish.ts';

/**
 * An answer as a person gives it, by its decision: what a decision does not take is no part of it. What it holds of text
 * goes to the case file, and its hash to the workflow.
 */

const COMMITMENTS = z.array(z.strictObject({ what: z.string(), owner: z.string(), due: z.string() }));

const ENCLOSED = {
  /** With `changes`: what is to change, and why. With `not-held`: why. */
  reason: z.string(),
  /** What a meeting or session leaves behind. */
  minutes: z.strictObject({
    minutes: z.string(),
    /** Each as a name, or with institution, sex where it was said, and their id where they are of the cooperation. */
    attendance: z
      .array(
        z.union([
          z.string(),
          z.strictObject({
            name: z.string(),
            party: z.string().optional(),
            institution: z.string().optional(),
            sex: z.enum(SEXES).optional(),
            count: z.number().optional(),
            person: z.string().optional(),
          }),
        ]),
      )
      .optional(),
    outputs: z.array(z.string()).optional(),
    /** What somebody takes upon themselves, with the code of an institution, or the id of a person, and a date. */
    commitments: COMMITMENTS.optional(),
  }),
  /** The text of an answer to a question. */
  text: z.string(),
  /** The consultant. */
  person: z.strictObject({
    name: z.string(),
    email: z.string(),
    post: z.string().optional(),
    language: z.string().optional(),
    timezone: z.string().optional(),
  }),
  /** What came of a cooperation, by its end some months ago: of which kinds, or nothing yet, and a text. */
  outcomes: z.strictObject({
    came: z.array(z.enum(OUTCOMES)),
    text: z.string(),
    /** Whether what each objective was to change did, by its number; of all that say so. */
    objectives: z
      .array(
        z.strictObject({ objective: z.number(), seen: z.enum(CHANGES_SEEN), text: z.string().optional() }),
      )
      .optional(),
  }),
  /** What became of each of the commitments that are asked about; of `later`, until when. */
  fulfilment: z.array(
    z.strictObject({
      commitment: z.number(),
      outcome: z.enum(COMMITMENT_OUTCOMES),
      until: z.string().optional(),
      text: z.string().optional(),
    }),
  ),
  /** The text of a programme file. */
  programme: z.string(),
  /** What paragraphs were put into: all that are asked about, each by its number. */
  translation: z.array(z.strictObject({ paragraph: z.number(), text: z.string() })),
  /** A document by its SHA-256, after it was put in. */
  document: z.string().max(64),
  /** Documents that come with an answer, as `doc-3@1`, after they were put in with the kind `answer`. */
  documents: z.array(z.string().regex(DOCUMENT_VERSION)).max(100),
  /** With a report: what somebody takes upon themselves; in place of those that came with the version before. */
  commitments: COMMITMENTS,
  /** With a report: what was learned, one entry each; in place of what came with the version before. */
  lessons: z.array(z.string()),
  /** With a report: what institutions put in in money, by their codes; in place of what came with the version before. */
  funding: z.array(
    z.strictObject({
      party: z.string(),
      amount: z.number(),
      currency: z.enum(CURRENCIES),
      what: z.string().optional(),
    }),
  ),
  /** One mark for each slot. */
  marks: z.record(z.string().max(40), z.enum(MARKS)),
  /** A slot's id, or the start as an ISO instant. */
  date: z.string().max(40),
  /** With `approve` of a sheet: whether people outside may read it, once it is published. */
  publish: z.enum(PUBLISH),
} satisfies Record<Enclosure, z.ZodType>;

/** What comes with an answer, whichever decision it is. */
export type Enclosures = { [E in Enclosure]?: z.infer<(typeof ENCLOSED)[E]> | undefined };

const EVERY = {
  request: z.string().max(200),
  /** The person's id, such as `chl-mtps-2`. */
  by: z.string().max(80),
  /** The hash of the subject as the person saw it. */
  subject: z.string().max(64),
  /** The number of the answer, where it corrects the one of its party that stands: one more than that has. */
  revision: z.int().positive().max(9999).optional(),
  /** What came another way, or by a token that is not the person's: who of the Secretariat records it, by id or as its party, and how it came. */
  recorded: recordedFor.optional(),
  /** Takes what is asked about first: that it hands in the same as before, the document to begin with, or the sheet. */
  confirmed: z.boolean().optional(),
  /** With a revised programme: the last change that its author knows of. Where the programme was changed since, it is refused. */
  seen: numberInTurn.optional(),
};

const { reason, minutes, text, person, outcomes, programme, translation, document, documents } = ENCLOSED;
const { fulfilment, commitments, lessons, funding, marks, date, publish } = ENCLOSED;
export const givenAnswer = z.discriminatedUnion('decision', [
  z.strictObject({ ...EVERY, decision: z.literal('approve'), publish: publish.optional() }),
  z.strictObject({ ...EVERY, decision: z.literal('changes'), reason }),
  /** Which of these it needs, the kind of the request says. */
  z.strictObject({
    ...EVERY,
    decision: z.literal('done'),
    minutes: minutes.optional(),
    text: text.optional(),
    person: person.optional(),
    outcomes: outcomes.optional(),
    fulfilment: fulfilment.optional(),
    documents: documents.optional(),
  }),
  z.strictObject({ ...EVERY, decision: z.literal('not-held'), reason: reason.optional() }),
  z.strictObject({
    ...EVERY,
    decision: z.literal('submit'),
    programme: programme.optional(),
    translation: translation.optional(),
    document: document.optional(),
    commitments: commitments.optional(),
    lessons: lessons.optional(),
    funding: funding.optional(),
  }),
  z.strictObject({ ...EVERY, decision: z.literal('nothing-to-add') }),
  z.strictObject({ ...EVERY, decision: z.literal('marks'), marks }),
  z.strictObject({ ...EVERY, decision: z.literal('date'), date }),
]);
export type GivenAnswer = z.infer<typeof givenAnswer>;

/** An answer that a person takes back, as its number in its party says which; that which stands, where it is left out. */
export const givenTakeBack = z.strictObject({
  request: EVERY.request,
  by: EVERY.by,
  revision: EVERY.revision,
  recorded: EVERY.recorded,
});
export type GivenTakeBack = z.infer<typeof givenTakeBack>;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** The decision with what comes with it, whoever gives it to whatever request. */
export type GivenDecision = Without<GivenAnswer, keyof typeof EVERY>;

/** All that comes with a decision in answer to one kind or another. */
export const enclosuresWith = (decision: Decision): Enclosure[] => {
  const rules = REQUEST_KINDS.flatMap((kind) => ruleOf(kind, decision) ?? []);
  return ENCLOSURES.filter((one) => rules.some((rule) => enclosuresOf(rule).includes(one)));
};

/**
 * Parses what claims to be an answer.
 * @throws Refused `EnclosureNotTaken` for what never comes with its decision, `ReasonMissing`, `Malformed`
 */
export function readGivenAnswer(value: unknown): GivenAnswer {
  const {
    decision,
    request = '',
    ...more
  } = z
    .looseObject({ decision: z.enum(DECISIONS).optional(), request: EVERY.request.optional() })
    .catch({})
    .parse(value);
  if (decision) {
    const takes = enclosuresWith(decision);
    const enclosure = ENCLOSURES.find((one) => more[one] !== undefined && !takes.includes(one));
    if (enclosure) return refused({ code: 'EnclosureNotTaken', request, decision, enclosure, takes });
    if (decision === 'changes' && more.reason === undefined)
      return refused({ code: 'ReasonMissing', request });
  }
  return taken(givenAnswer, value);
}

/**
 * Holds an answer against what its request takes.
 * @throws Refused `DecisionNotTaken`, `EnclosureNotTaken`
 */
export function heldAgainst(
  { id: request, kind, windowRanOut }: Pick<RequestState, 'id' | 'kind' | 'windowRanOut'>,
  { decision, ...given }: GivenDecision,
): { enclosed: Enclosures; takes: Enclosure[]; needs: Enclosure | undefined } {
  const rule = ruleOf(kind, decision, { windowRanOut });
  if (!rule)
    return refused({
      code: 'DecisionNotTaken',
      request,
      kind,
      decision,
      takes: decisionsOf(kind, { windowRanOut }),
    });
  const enclosed: Enclosures = given;
  const takes = enclosuresOf(rule);
  const enclosure = ENCLOSURES.find((one) => enclosed[one] !== undefined && !takes.includes(one));
  if (enclosure) return refused({ code: 'EnclosureNotTaken', request, decision, enclosure, takes });
  return { enclosed, takes, needs: rule.needs };
}
