import {
  boolean,
  instant,
  isObject,
  listOf,
  malformed,
  objectOf,
  oneOf,
  optional,
  ordinal,
  recordOf,
  type Shape,
  text,
} from './guard.ts';
import type { Decision } from './kinds/kind.ts';
import type { RefusalOf } from './refusal.ts';
import { PUBLISH, type Publish } from './results/publish.ts';

/** What a request is about: a reference that staff can read, and the SHA-256 of its content (64 hex digits). */
export type Subject = { ref: string; hash: string };

export const MARKS = ['yes', 'if-need-be', 'no'] as const;
export type Mark = (typeof MARKS)[number];

/** How an answer stopped standing: its party took it back, or gave another in its place; the Secretariat annulled it. */
export const WITHDRAWALS = ['taken-back', 'corrected', 'annulled'] as const;
export type Withdrawal = (typeof WITHDRAWALS)[number];

/** A version of a document, by the document's id: `doc-3@1`. */
export const DOCUMENT_VERSION = /^[a-z0-9-]{1,100}@[1-9]\d{0,5}$/;

type AnswerHead = {
  /** The request's id, such as `coordination/approve-programme.1`. */
  request: string;
  /** The hash of the subject as the person saw it. */
  subject: string;
  /** On whose behalf: a party's code. */
  party: string;
  /** Who answers: a person's id, `<party>-<number>`; never a name. */
  by: string;
  /**
   * The how-manieth answer of its party it is, 1 where it is left out: of one that is given after another was taken
   * back, or that corrects the one which stands.
   */
  revision?: number | undefined;
  /** Of what did not come by the site: who of the Secretariat typed it in, and the hash of how it came. */
  recorded?: { by: string; how: string } | undefined;
  /** Whoever gives it was asked whether it is meant, since it hands in nothing new. */
  confirmed?: boolean | undefined;
};

/** What comes with each decision. `content` is the SHA-256 of what was written beside it, which is in the case file. */
type DecisionContent = {
  /** Whether people outside may read what is approved. */
  approve: { publish?: Publish | undefined };
  changes: { content: string };
  /** `documents` are versions of documents. */
  done: { content?: string | undefined; documents?: string[] | undefined };
  'not-held': { content?: string | undefined };
  /** `commitments`: the hash of what somebody took upon themselves, with a report. */
  submit: { content: string; commitments?: string | undefined };
  'nothing-to-add': unknown;
  /** By the ids of the slots. */
  marks: { marks: Record<string, Mark> };
  date: { startsAt: string };
};

/**
 * An answer to a request, as it travels in the `respond` Signal and Update.
 * It holds ids, hashes, codes and instants alone: what a person wrote is in the case file.
 */
export type Answer = { [D in Decision]: AnswerHead & { decision: D } & DecisionContent[D] }[Decision];

const hash = text(64, /^[0-9a-f]{64}$/);
const code = text(80, /^[a-z0-9]+(-[a-z0-9]+)*$/);
export const documentVersion = text(107, DOCUMENT_VERSION);

const given: Shape<AnswerHead> = {
  request: text(200),
  subject: hash,
  party: code,
  by: code,
  revision: optional(ordinal),
  recorded: optional(objectOf({ by: code, how: hash })),
  confirmed: optional(boolean),
};
const enclosed: { [D in Decision]: Shape<DecisionContent[D]> } = {
  approve: { publish: optional(oneOf(PUBLISH)) },
  changes: { content: hash },
  done: { content: optional(hash), documents: optional(listOf(documentVersion, 100)) },
  'not-held': { content: optional(hash) },
  submit: { content: hash, commitments: optional(hash) },
  'nothing-to-add': {},
  marks: { marks: recordOf(text(40), oneOf(MARKS)) },
  date: { startsAt: instant },
};
const isDecision = oneOf(Object.keys(enclosed) as Decision[]);

/** Where what claims to be an answer is none, by its key; `null` where it is one. */
export function malformedAnswer(value: unknown): RefusalOf<'Malformed'> | null {
  const decision = isObject(value) && value.decision;
  if (!isDecision(decision)) return { code: 'Malformed', path: 'decision' };
  return malformed({ ...given, decision: oneOf([decision]), ...enclosed[decision] }, value);
}

/** Takes back the answer of a party that stands, by the number it has: as it travels in the Signal and Update of that. */
export type TakeBack = Pick<AnswerHead, 'request' | 'party' | 'by' | 'recorded'> & { revision: number };
const takeBack: Shape<TakeBack> = {
  ...{ request: text(200), party: code, by: code, revision: ordinal },
  recorded: given.recorded,
};

/** Where what claims to take an answer back does not, by its key; `null` where it does. */
export const malformedTakeBack = (value: unknown): RefusalOf<'Malformed'> | null =>
  malformed(takeBack, value);
