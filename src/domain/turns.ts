import type { RequestKind } from './kinds/index.ts';
import type { Plan } from './programme/plan.ts';

/** Those who write one report write it in turn: each goes on from the text of the one before. */

export const TURN_PARTS = ['drafts', 'complements', 'receives'] as const;
export const TURN_STATES = ['done', 'nothing', 'waived', 'now', 'ahead'] as const;
type TurnPart = (typeof TURN_PARTS)[number];

/** Who does what with the report, how that stands, and since when (ISO 8601, UTC) it is done. */
export type Turn = {
  party: string;
  part: TurnPart;
  state: (typeof TURN_STATES)[number];
  at: string | null;
};

/** A request as turns are read from it. */
type AskedTurn = {
  id: string;
  kind: RequestKind;
  parties: readonly string[];
  waived: readonly string[];
  openedAt: string;
  closedAt: string | null;
  lapse: string | null;
  answers: readonly { party: string; decision: string; at: string }[];
  /** Those in whose place others were asked. */
  replaced: readonly string[];
};

const PARTS: Partial<Record<RequestKind, TurnPart>> = {
  'draft-report': 'drafts',
  'complement-report': 'complements',
  'receive-report': 'receives',
};

/**
 * The turns of the version of the report that a request is about, in their order; none where it is about no report. A
 * version goes from the first draft to the Secretariat, which accepts it or sends it back.
 */
export function reportTurns(
  { report }: Pick<Plan, 'report'>,
  requests: readonly AskedTurn[],
  { kind, openedAt }: Pick<AskedTurn, 'kind' | 'openedAt'>,
): Turn[] {
  if (!PARTS[kind]) return [];
  const sentBack = requests.filter(
    (one) => one.kind === 'receive-report' && one.answers.some(({ decision }) => decision === 'changes'),
  );
  const versionAt = (at: string) =>
    sentBack.filter(({ closedAt }) => closedAt !== null && Date.parse(closedAt) <= Date.parse(at)).length;
  const own = requests
    .filter((one) => PARTS[one.kind] && versionAt(one.openedAt) === versionAt(openedAt))
    .filter(({ lapse }) => lapse === null)
    .sort((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt));
  const authors = { ...report, receives: [report.receives] };
  return TURN_PARTS.flatMap((part) => {
    const asked = own.filter((one) => PARTS[one.kind] === part);
    const had = asked.flatMap(({ parties, replaced }) => [...parties, ...replaced]);
    const isOver = asked.some(({ closedAt }) => closedAt !== null) && part === 'receives';
    return [
      ...asked.flatMap((one) => one.parties.map((party) => ({ party, part, ...stateOf(one, party) }))),
      ...(isOver ? [] : authors[part].filter((party) => !had.includes(party))).map(
        (party): Turn => ({ party, part, state: 'ahead', at: null }),
      ),
    ];
  });
}

function stateOf({ answers, waived }: AskedTurn, party: string): Pick<Turn, 'state' | 'at'> {
  const answer = answers.find((one) => one.party === party);
  if (answer) return { state: answer.decision === 'nothing-to-add' ? 'nothing' : 'done', at: answer.at };
  return { state: waived.includes(party) ? 'waived' : 'now', at: null };
}

/** Whether another than those who are asked now drafts the report, too: then one may be done without. */
export const isSpared = (turns: readonly Turn[], asked: readonly string[]): boolean =>
  turns.some(({ part, party, state }) => part === 'drafts' && !asked.includes(party) && state !== 'waived');
