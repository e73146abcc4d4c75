import { z } from 'zod';

/** What people take upon themselves in a cooperation: each has what, an owner and a day, and is asked about once that has come. */

/** Where it was taken: at the coordination meeting, in a session, with the final report, or entered by staff. */
export const COMMITMENT_ORIGINS = ['coordination', 'session', 'final-report', 'staff'] as const;
export type CommitmentOrigin = (typeof COMMITMENT_ORIGINS)[number];

/** What became of it; `later` has another day. */
export const COMMITMENT_OUTCOMES = ['kept', 'partly', 'not-kept', 'later', 'not-needed'] as const;
export type CommitmentOutcome = (typeof COMMITMENT_OUTCOMES)[number];

const day = z.iso.date();
const instant = z.iso.datetime();

export const commitmentView = z.strictObject({
  number: z.int(),
  origin: z.enum(COMMITMENT_ORIGINS),
  /** Of one that was taken in a session: its number. */
  session: z.int().nullable(),
  what: z.string(),
  /** Whose it is: the code of an institution. */
  party: z.string(),
  /** The id of the person of it who is named. */
  person: z.string().nullable(),
  due: day,
  /** As it was first entered: it may have been put off. */
  firstDue: day,
  enteredAt: instant,
  /** What its owner said last that became of it, and beside it. */
  outcome: z.enum(COMMITMENT_OUTCOMES).nullable(),
  text: z.string().nullable(),
  toldBy: z.string().nullable(),
  toldAt: instant.nullable(),
  /** When its owner was last asked what became of it, and in which of those requests, by its round. */
  askedAt: instant.nullable(),
  askedRound: z.int().nullable(),
  /** Since when it does not stand any more: the minutes were corrected, or staff took it out. */
  withdrawnAt: instant.nullable(),
});
export type CommitmentView = z.infer<typeof commitmentView>;

/** Those that stand, the first due first. */
export const standingCommitments = <C extends Pick<CommitmentView, 'withdrawnAt' | 'due' | 'number'>>(
  all: readonly C[],
): C[] =>
  all
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .sort((a, b) => a.due.localeCompare(b.due) || a.number - b.number);

/** Those of a meeting, a session or a party's report, that stand. */
export const commitmentsFrom = (
  { commitments }: { commitments: readonly CommitmentView[] },
  origin: CommitmentView['origin'],
  session: number | null = null,
): CommitmentView[] =>
  standingCommitments(commitments.filter((one) => one.origin === origin && one.session === session));

/** Whether its owner has still to say what became of it, now or once its day has come. */
export const isStillToKeep = ({
  outcome,
  withdrawnAt,
}: Pick<CommitmentView, 'outcome' | 'withdrawnAt'>): boolean =>
  withdrawnAt === null && (outcome === null || outcome === 'later');

/** Whether its owner is still to be asked about it: never yet, or once more, since it was put off after that. */
export const isStillToAsk = (
  one: Pick<CommitmentView, 'outcome' | 'withdrawnAt' | 'toldAt' | 'askedAt'>,
): boolean =>
  isStillToKeep(one) &&
  (one.askedAt === null ||
    (one.outcome === 'later' && one.toldAt !== null && Date.parse(one.toldAt) >= Date.parse(one.askedAt)));

/** Those that one request asks a party about, by its round. */
export const commitmentsIn = <C extends Pick<CommitmentView, 'askedRound' | 'party' | 'number'>>(
  all: readonly C[],
  { round, parties }: { round: number; parties: readonly string[] },
): C[] =>
  all
    .filter(({ askedRound, party }) => askedRound === round && parties.includes(party))
    .sort((a, b) => a.number - b.number);
