import { STEPS } from '../methodology.ts';
import { answerQuestion, sendDocuments } from './exchange.ts';
import { tellCommitments, tellOutcomes } from './followUp.ts';
import type { Decision, DecisionRule, Enclosure, Kind, RanOut } from './kind.ts';
import { confirmCoordination, setMeeting } from './meeting.ts';
import { approveProgramme, reviseProgramme, translateProgramme, vouchTranslation } from './programme.ts';
import { complementReport, draftReport, receiveReport } from './report.ts';
import { chooseDate, confirmDate, recordSession, settleSession } from './session.ts';
import { draftSheet, nameConsultant, reviewSheet } from './sheet.ts';
import { resolveTrouble } from './trouble.ts';

/** All kinds of request: what the methodology asks of people. */

const declared = {
  'confirm-coordination': confirmCoordination,
  'set-meeting': setMeeting,
  'translate-programme': translateProgramme,
  'vouch-translation': vouchTranslation,
  'approve-programme': approveProgramme,
  'revise-programme': reviseProgramme,
  'send-documents': sendDocuments,
  'answer-question': answerQuestion,
  'choose-date': chooseDate,
  'confirm-date': confirmDate,
  'settle-session': settleSession,
  'record-session': recordSession,
  'name-consultant': nameConsultant,
  'draft-sheet': draftSheet,
  'review-sheet': reviewSheet,
  'draft-report': draftReport,
  'complement-report': complementReport,
  'receive-report': receiveReport,
  'tell-outcomes': tellOutcomes,
  'tell-commitments': tellCommitments,
  'resolve-trouble': resolveTrouble,
} as const;

export type RequestKind = keyof typeof declared;
export const REQUEST_KINDS = Object.keys(declared) as [RequestKind, ...RequestKind[]];
export const kinds: Readonly<Record<RequestKind, Kind<RequestKind>>> = declared;

/** What a request was opened with that decides which answers it takes. */
type Circumstances = { windowRanOut?: RanOut | null | undefined };

/** The decisions a kind takes, in the order in which they are offered. */
export const decisionsOf = (kind: RequestKind, circumstances: Circumstances = {}): Decision[] =>
  (Object.keys(kinds[kind].decisions) as Decision[]).filter((decision) =>
    ruleOf(kind, decision, circumstances),
  );

/** What comes with a decision in answer to a kind; nothing where it does not take that decision. */
export function ruleOf(
  kind: RequestKind,
  decision: Decision,
  { windowRanOut }: Circumstances = {},
): DecisionRule | undefined {
  const rule = kinds[kind].decisions[decision];
  return rule?.unless === 'window-ran-out' && windowRanOut ? undefined : rule;
}

/** Whether a request of a kind can be approved in words, in reply to the mail that asks. */
export const isApprovedByMail = (kind: RequestKind): boolean =>
  kinds[kind].decisions.approve?.byMail === true;

/** Whether the answer with which a request of a kind ends its step ends the cooperation as well: it is the last step. */
export const endsCooperation = (kind: RequestKind): boolean =>
  kinds[kind].ends !== undefined && kinds[kind].step === STEPS.at(-1);

/** What cannot be left out of any answer to a kind, where there is one thing that it is about handing in. */
export const neededBy = (kind: RequestKind): Enclosure | undefined =>
  Object.values(kinds[kind].decisions).flatMap(({ needs }) => needs ?? [])[0];

/** All that may come with a decision. */
export const enclosuresOf = ({ needs, takes = [] }: DecisionRule): Enclosure[] => [
  ...(needs ? [needs] : []),
  ...takes,
];
