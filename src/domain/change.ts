import { z } from 'zod';
import { DOCUMENT_VERSION } from './answer.ts';
import {
  attendance,
  commitment,
  commitments,
  listedGuest,
  listedPerson,
  minutes,
  person,
} from './content.ts';
import { partsOfPerson } from './ids.ts';
import { numberInTurn } from './programme/numbering.ts';
import type { Plan, SessionOfPlan } from './programme/plan.ts';
import { plainDate, sessionShape, written } from './programme/programme.ts';
import type { RecordGroup } from './recordGroups.ts';
import type { Refusal } from './refusal.ts';
import { isOfFollowUp, isOfSheetCorrection, type Standing } from './request.ts';
import { COMMITMENT_OUTCOMES } from './results/commitments.ts';
import type { SheetCorrection } from './results/sheet.ts';

/**
 * What can be changed in a cooperation under way, beside answering: periods, people, sessions, and the cooperation
 * itself. Each change has a reason, which is recorded and told. Codes and dates are as in the programme file;
 * instants are ISO 8601 in UTC.
 */

const id = z.string().max(200);
/** What an id in a change names: a schema of its own, by which who holds one against a programme knows what to look for. */
export const PERSON_ID = z.string().max(200);
export const PARTY_ID = z.string().max(200);
const number = z.int().positive().max(99);
const instant = z.iso.datetime();
/** Characters in the reason of a change. */
export const LONGEST_REASON = 10_000;
/** Guests that are named at once. */
export const MOST_GUESTS = 50;
/** A document and its version: `doc-1@2`. */
const documentVersion = z.string().max(107).regex(DOCUMENT_VERSION);
const text = written.trim().min(1).max(LONGEST_REASON);
const link = sessionShape.shape.link.unwrap();
const place = sessionShape.shape.place.unwrap();
const hours = sessionShape.shape.hours.unwrap();

const CHANGE_SHAPES = [
  /** More time for those who still owe an answer: until 18:00 on this date, on the clock of each one's capital. */
  z.strictObject({ change: z.literal('extend'), request: id, due: plainDate }),
  /** Asks another party in place of one that owes an answer. */
  z.strictObject({ change: z.literal('reassign'), request: id, from: PARTY_ID, to: PARTY_ID }),
  /** Does without a party's answer. */
  z.strictObject({ change: z.literal('waive'), request: id, party: PARTY_ID }),
  /** A party's answer does not stand any more, though it was used: what followed from it is undone, and it is asked anew. */
  z.strictObject({ change: z.literal('annul'), request: id, party: PARTY_ID }),
  /** A request passes from a person to a colleague of the same institution. */
  z.strictObject({ change: z.literal('hand-over'), request: id, from: PERSON_ID, to: PERSON_ID }),
  /**
   * A colleague of the same institution answers for a person from one day to another, both included; of the Secretariat also
   * one who takes no part yet, and joins with it.
   */
  z.strictObject({
    change: z.literal('absence'),
    person: PERSON_ID,
    from: plainDate,
    to: plainDate,
    standIn: z.union([PERSON_ID, person]),
  }),
  /** A person whose absence has this first day is not away, or not any more: they answer themselves from today on. */
  z.strictObject({ change: z.literal('end-absence'), person: PERSON_ID, from: plainDate }),
  /** Somebody else takes a person's place for good: somebody new, or by their id one of the same institution. */
  z.strictObject({ change: z.literal('replace'), person: PERSON_ID, with: z.union([person, PERSON_ID]) }),
  /** Somebody more takes part: for an institution, also as its focal point, or as an observer (`observer`). */
  z.strictObject({
    change: z.literal('add-person'),
    party: PARTY_ID,
    person: listedPerson,
    focalPoint: z.boolean().optional(),
  }),
  /** A person takes part no more, and nobody comes in their place. */
  z.strictObject({ change: z.literal('remove-person'), person: PERSON_ID }),
  /** Another person of an institution is the one who is reached when it does not answer. */
  z.strictObject({ change: z.literal('focal-point'), person: PERSON_ID }),
  /** What is known of a person was wrong, or has changed; `post: null` where they have none. */
  z.strictObject({
    change: z.literal('correct-person'),
    person: PERSON_ID,
    as: person.partial().extend({ post: person.shape.post.unwrap().nullable().optional() }),
  }),
  /** Another date, length, link or place. */
  z.strictObject({
    change: z.literal('reschedule'),
    session: number,
    startsAt: instant.optional(),
    hours: hours.optional(),
    link: link.optional(),
    place: place.optional(),
  }),
  /** Another date, length, link or place of the coordination meeting. */
  z.strictObject({
    change: z.literal('reschedule-meeting'),
    startsAt: instant.optional(),
    hours: hours.optional(),
    link: link.optional(),
    place: place.optional(),
  }),
  /** The coordination meeting is called off: the programme goes to the ministries without it. */
  z.strictObject({ change: z.literal('cancel-meeting') }),
  z.strictObject({ change: z.literal('add-session'), as: sessionShape }),
  z.strictObject({ change: z.literal('cancel-session'), session: number }),
  /** What is on record of a session was wrong: what is left out stays. */
  z.strictObject({
    change: z.literal('correct-minutes'),
    session: number,
    minutes: minutes.shape.minutes.optional(),
    attendance: attendance.optional(),
    outputs: minutes.shape.outputs.unwrap().optional(),
    commitments: commitments.optional(),
  }),
  /** The same of the coordination meeting. */
  z.strictObject({
    change: z.literal('correct-meeting'),
    minutes: minutes.shape.minutes.optional(),
    attendance: attendance.optional(),
    outputs: minutes.shape.outputs.unwrap().optional(),
    commitments: commitments.optional(),
  }),
  /** Somebody took something upon themselves: an institution by its code, or one of its people. */
  z.strictObject({ change: z.literal('add-commitment'), ...commitment.shape }),
  /** What became of that, or what is known of it was wrong: what is left out stays. Or it does not stand any more. */
  z.strictObject({
    change: z.literal('correct-commitment'),
    commitment: numberInTurn,
    ...commitment.partial().shape,
    /** What became of it, and beside it. `later` needs a later date. */
    outcome: z.enum(COMMITMENT_OUTCOMES).optional(),
    text: text.optional(),
    withdrawn: z.literal(true).optional(),
  }),
  z.strictObject({
    change: z.literal('add-guest'),
    session: number,
    guest: listedGuest.extend({ invitedBy: PARTY_ID }),
  }),
  /** An institution names its own guests of a session, all in one: people, and groups, with an address or without. */
  z.strictObject({
    change: z.literal('name-guests'),
    session: number,
    invitedBy: PARTY_ID,
    guests: z.array(listedGuest).min(1).max(MOST_GUESTS),
  }),
  z.strictObject({ change: z.literal('withdraw-guest'), person: id }),
  /** Nobody can have a version of a document any more: it was sent by mistake. */
  z.strictObject({ change: z.literal('withhold'), document: documentVersion }),
  /** A version that was withheld can be had again. */
  z.strictObject({ change: z.literal('release'), document: documentVersion }),
  /** A corrected sheet is asked for, in the place of the one that was published. */
  z.strictObject({ change: z.literal('correct-sheet') }),
  /** The corrected sheet that was asked for is not wanted any more. */
  z.strictObject({ change: z.literal('cancel-sheet-correction') }),
  /** Nobody is reminded and no period runs until it is resumed. */
  z.strictObject({ change: z.literal('pause') }),
  z.strictObject({ change: z.literal('resume') }),
  z.strictObject({ change: z.literal('cancel') }),
  /** A corrected programme file: texts, contents, a consultant, further institutions with their people. */
  z.strictObject({ change: z.literal('amend'), programme: z.string().max(2_000_000) }),
] as const;

const given = z.discriminatedUnion('change', CHANGE_SHAPES);
export type ChangeKind = z.infer<typeof given>['change'];
export type Change = z.infer<typeof given>;
export type ChangeOf<Kind extends ChangeKind> = Extract<Change, { change: Kind }>;

/** What is known of a kind of change beside its shape. */
type ChangeDeclaration = {
  /** The workflow it goes to: the one that waits on its request; the cooperation's where this is left out. */
  goesTo?: 'request';
  /** What the record calls it, and with what it is looked for there. */
  recorded: string;
  group: RecordGroup;
  /**
   * Who reads its reason beside the Secretariat and whoever wrote it: all who take part; the institution of the person whom it
   * is about; the two it names.
   */
  reasonFor?: 'all' | 'institution' | 'both';
  /** How long it can be made once the cooperation has ended: while it is asked what came of it, or at any time. */
  until?: 'follow-up' | 'ever';
  /** Whether the steps of the cooperation have to hear of it. */
  heard?: true;
};
export const CHANGES = {
  extend: { goesTo: 'request', recorded: 'request-extended', group: 'requests' },
  reassign: { goesTo: 'request', recorded: 'request-reassigned', group: 'requests' },
  waive: { goesTo: 'request', recorded: 'request-waived', group: 'requests' },
  annul: { goesTo: 'request', recorded: 'answer-annulled', group: 'requests', reasonFor: 'all' },
  'hand-over': { recorded: 'request-handed-over', group: 'requests', reasonFor: 'both', until: 'follow-up' },
  absence: { recorded: 'absence-noted', group: 'people', reasonFor: 'institution', until: 'follow-up' },
  'end-absence': { recorded: 'absence-ended', group: 'people', reasonFor: 'institution', until: 'follow-up' },
  replace: { recorded: 'person-replaced', group: 'people', until: 'follow-up' },
  'correct-person': { recorded: 'person-corrected', group: 'people', until: 'follow-up' },
  'add-person': { recorded: 'person-joined', group: 'people', until: 'follow-up' },
  'remove-person': { recorded: 'person-left', group: 'people', until: 'ever' },
  'focal-point': { recorded: 'focal-point-named', group: 'people', until: 'follow-up' },
  reschedule: { recorded: 'session-changed', group: 'sessions', reasonFor: 'all', heard: true },
  'reschedule-meeting': { recorded: 'meeting-changed', group: 'programme', reasonFor: 'all', heard: true },
  'cancel-meeting': { recorded: 'meeting-cancelled', group: 'programme', reasonFor: 'all', heard: true },
  'add-session': { recorded: 'session-added', group: 'sessions', reasonFor: 'all', heard: true },
  'cancel-session': { recorded: 'session-cancelled', group: 'sessions', reasonFor: 'all', heard: true },
  'correct-minutes': { recorded: 'minutes-corrected', group: 'sessions', reasonFor: 'all' },
  'correct-meeting': { recorded: 'meeting-corrected', group: 'programme', reasonFor: 'all' },
  'add-commitment': { recorded: 'commitment-added', group: 'results', reasonFor: 'all', until: 'follow-up' },
  'correct-commitment': {
    recorded: 'commitment-corrected',
    group: 'results',
    reasonFor: 'all',
    until: 'ever',
  },
  'add-guest': { recorded: 'guest-added', group: 'people' },
  'name-guests': { recorded: 'guests-named', group: 'people' },
  'withdraw-guest': { recorded: 'guest-withdrawn', group: 'people' },
  withhold: { recorded: 'document-withheld', group: 'exchange', until: 'ever' },
  release: { recorded: 'document-released', group: 'exchange', until: 'ever' },
  'correct-sheet': {
    recorded: 'sheet-correction-asked',
    group: 'results',
    reasonFor: 'all',
    until: 'ever',
    heard: true,
  },
  'cancel-sheet-correction': {
    recorded: 'sheet-correction-cancelled',
    group: 'results',
    reasonFor: 'all',
    until: 'ever',
    heard: true,
  },
  pause: { recorded: 'cooperation-paused', group: 'course', reasonFor: 'all', heard: true },
  resume: { recorded: 'cooperation-resumed', group: 'course', reasonFor: 'all', heard: true },
  cancel: { recorded: 'cooperation-cancelled', group: 'course', reasonFor: 'all', heard: true },
  amend: { recorded: 'programme-amended', group: 'programme', reasonFor: 'all', heard: true },
} as const satisfies Record<ChangeKind, ChangeDeclaration>;
/** What is known of one of them. */
export const changeDeclaration = (kind: ChangeKind): ChangeDeclaration => CHANGES[kind];
export const CHANGE_KINDS = Object.keys(CHANGES) as ChangeKind[];
export type ChangeRecord = (typeof CHANGES)[ChangeKind]['recorded'];
/** Those that the cooperation's workflow does something about. */
export type HeardChange = {
  [Kind in ChangeKind]: (typeof CHANGES)[Kind] extends { heard: true } ? Kind : never;
}[ChangeKind];

/** What each kind takes beside its name. */
export const CHANGE_FIELDS = Object.fromEntries(
  CHANGE_SHAPES.map(({ shape: { change, ...fields } }) => [change.value, z.strictObject(fields)]),
) as unknown as Readonly<Record<ChangeKind, z.ZodObject>>;

/**
 * A change as somebody asks for it. `by` is the person who does; the Secretariat where it is left out. `seen` is the number
 * of the last change that they know of, 0 for none: where another has changed the same since, it is refused.
 */
export const givenChange = z.strictObject({
  what: given,
  reason: text,
  by: z.string().max(80).optional(),
  seen: numberInTurn.optional(),
});
export type GivenChange = z.infer<typeof givenChange>;

/** What a new version of the programme differs in. */
export const PROGRAMME_CHANGES = [
  'texts',
  'contents',
  'institutions',
  'consultant',
  'session-added',
  'session-moved',
  'session-details',
  'session-cancelled',
  'guests',
] as const;
export type ProgrammeChange = (typeof PROGRAMME_CHANGES)[number];

/** Of whom something is asked, when it is due, and the reminders still planned. */
export type RequestTimes = { dueAt: string; reminders: string[]; of: string[]; waived: string[] };

/** Whose answer does not stand any more, and which requests what it came to is undone of. */
export type AnnulledAnswer = {
  request: string;
  party: string;
  revision: number;
  /** Left out where others still owe their answer to the same request: it is owed again there. */
  undone?: {
    /** The requests that are closed as they were. */
    requests: string[];
    /** Where the one stands that takes the place of the first. */
    renewed: Standing;
  };
};

/** What a workflow has to know of a change that was made. */
export type RecordedChange = {
  /** Why it was not made. */
  refusal?: Refusal;
  /** Whether anybody is to be told, or a version of the programme to be made. */
  tells?: boolean;
  /** Of `extend`, `reassign`, `waive`, and `annul` where the request is open: the request as it now is. */
  request?: RequestTimes;
  annulled?: AnnulledAnswer;
  /** Of a session's change: its times now. */
  session?: {
    number: number;
    startsAt?: string;
    endsAt?: string;
    opensAt?: string;
    settlesAt?: string;
    agendaAt?: string;
  };
  /** Of a change of the coordination meeting: when it ends now. */
  meeting?: { endsAt: string };
  /** Of `add-session`. */
  added?: SessionOfPlan;
  /** Of `correct-sheet`. */
  sheet?: SheetCorrection;
  /** Of `cancel-sheet-correction`: the number of the change that asked for the sheet. */
  cancelledSheet?: number;
  /** Of `amend`: the plan as it now is, and whether the ministries have to approve the new version. */
  plan?: Plan;
  approval?: boolean;
};

/** What a change alters, by a name of it: two that have one in common are made one after the other, and knowingly. */
export function altered(change: Change): string {
  switch (change.change) {
    case 'extend':
    case 'reassign':
    case 'waive':
    case 'annul':
      return `request ${change.request}`;
    case 'hand-over':
      return `hand-over ${change.request} ${change.from}`;
    case 'replace':
    case 'correct-person':
    case 'remove-person':
    case 'withdraw-guest':
      return `person ${change.person}`;
    case 'add-person':
      return `joining ${change.party} ${change.person.email ?? change.person.name}`;
    case 'focal-point':
      return `focal point ${partsOfPerson(change.person).party}`;
    case 'absence':
    case 'end-absence':
      return `absence ${change.person}`;
    case 'reschedule':
    case 'cancel-session':
    case 'correct-minutes':
      return `session ${change.session}`;
    case 'reschedule-meeting':
    case 'cancel-meeting':
    case 'correct-meeting':
      return 'meeting';
    case 'add-commitment':
      return `commitment ${change.owner} ${change.what}`;
    case 'correct-commitment':
      return `commitment ${change.commitment}`;
    case 'withhold':
    case 'release':
      return `document ${change.document}`;
    case 'correct-sheet':
    case 'cancel-sheet-correction':
      return 'sheet';
    case 'add-guest':
      return `guest ${change.session} ${change.guest.email ?? change.guest.name}`;
    case 'name-guests':
      return `guests ${change.session} ${change.invitedBy}`;
    case 'add-session':
      return 'sessions';
    case 'amend':
      return 'programme';
    case 'pause':
    case 'resume':
    case 'cancel':
      return 'cooperation';
  }
}

/**
 * Whether a change is made of a cooperation that is over, and of one of which it is asked what came of it: there also of the
 * requests that ask.
 */
export const outlastsCooperation = (what: Change): boolean =>
  changeDeclaration(what.change).until === 'ever' ||
  ('request' in what && isOfSheetCorrection({ id: what.request }));
export const isMadeWhileFollowedUp = (what: Change): boolean =>
  changeDeclaration(what.change).goesTo === 'request'
    ? 'request' in what && isOfFollowUp({ id: what.request })
    : changeDeclaration(what.change).until !== undefined;

/** The changes that alter what a programme file holds: its text, or which sessions there are. */
const OF_PROGRAMME: readonly string[] = ['amend', 'add-session'] satisfies ChangeKind[];
export const isOfProgramme = (kind: string): boolean => OF_PROGRAMME.includes(kind);
