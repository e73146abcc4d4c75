import type { CaseView } from '../domain/caseView.ts';
import { kinds, REQUEST_KINDS, type RequestKind } from '../domain/kinds/index.ts';
import { STEPS, type Step } from '../domain/methodology.ts';
import { isOfSheetCorrection, scopeOf } from '../domain/request.ts';

/** How far a cooperation is in the five steps of the methodology. */

type RequestHead = { id: string; kind: RequestKind };

/** A request's step: that of its kind, or, for trouble, of the workflow that has it. */
export function stepOf({ id, kind }: RequestHead): Step {
  const { step } = kinds[kind];
  if (step !== 'any') return step;
  const scope = scopeOf({ id });
  if (isOfSheetCorrection({ id })) return 'systematization';
  return STEPS.find((step) => step === scope) ?? 'sessions';
}

/** The kinds of the steps after the sessions, and that for trouble, which may be of any. */
export const KINDS_AFTER_SESSIONS: readonly RequestKind[] = REQUEST_KINDS.filter((kind) => {
  const { step } = kinds[kind];
  return step === 'any' || STEPS.indexOf(step) > STEPS.indexOf('sessions');
});

export type Progress = {
  /** A programme was issued. */
  issued: boolean;
  /** The systematization sheet was published. */
  published: boolean;
  closedAt: string | null;
  cancelledAt: string | null;
  sessions: readonly { recordedAt: string | null; cancelledAt: string | null }[];
  /** At least those of the steps after the sessions. */
  requests: readonly RequestHead[];
};

export function stepsOf(progress: Progress): CaseView['steps'] {
  const { issued, published, closedAt, cancelledAt, sessions, requests } = progress;
  const accepted = closedAt !== null && cancelledAt === null;
  const held = sessions.filter(({ recordedAt }) => recordedAt !== null).length;
  // Those that the end of the whole cooperation cancelled were planned until then.
  const planned = sessions.filter(
    (session) => session.cancelledAt === null || session.cancelledAt === cancelledAt,
  ).length;
  const begun = (step: Step) => requests.some((request) => stepOf(request) === step);
  const states: Record<Step, { done: boolean; begun: boolean }> = {
    coordination: { done: issued, begun: true },
    documents: { done: accepted, begun: issued },
    sessions: { done: held === planned, begun: issued },
    systematization: { done: published, begun: begun('systematization') },
    'final-report': { done: accepted, begun: begun('final-report') },
  };
  return STEPS.map((step) => ({
    step,
    state: states[step].done ? 'done' : states[step].begun ? 'current' : 'ahead',
    ...(step === 'sessions' && { sessions: { held, planned } }),
  }));
}
