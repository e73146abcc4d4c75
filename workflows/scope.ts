import { sessionScopeId, sheetScopeId } from '../src/domain/ids.ts';
import type { Language } from '../src/domain/language.ts';
import { FOLLOW_UP, type Step } from '../src/domain/methodology.ts';
import { sessionTitle, stepLabel } from '../src/words/labels.ts';
import { phraser } from '../src/words/phrase.ts';

/** One workflow of a cooperation: the end of its id, the step it belongs to, or what comes after all, and what it is called. */
export type Scope = {
  /** The last part of the workflow's id, and the first of its requests': `session-2`. */
  id: string;
  step: Step | typeof FOLLOW_UP;
  title: (language: Language) => string;
  /** Whether the programme is up for approval there. */
  approves: boolean;
  /** Whether it goes on when the cooperation is over, which does not wait for it. */
  outlives?: true;
};

const ofStep = (step: Step, approves = false): Scope => ({
  id: step,
  step,
  title: (language) => stepLabel(step, language),
  approves,
});

export const COORDINATION = ofStep('coordination', true);
export const DOCUMENTS = ofStep('documents');
export const SYSTEMATIZATION = ofStep('systematization');
export const FINAL_REPORT = ofStep('final-report');

/** What comes after the five steps. */
export const FOLLOWING_UP: Scope = {
  id: FOLLOW_UP,
  step: FOLLOW_UP,
  title: (language) => phraser('temporal.phrases', language)('followUp'),
  approves: false,
  outlives: true,
};

export const sessionScope = (number: number): Scope => ({
  id: sessionScopeId(number),
  step: 'sessions',
  title: (language) => sessionTitle(number, language),
  approves: false,
});

/** Where a correction of the programme, by the number of the change, is approved. */
export const amendmentScope = (change: number): Scope => ({
  id: `amendment-${change}`,
  step: 'coordination',
  title: (language) => phraser('temporal.phrases', language)('amendment'),
  approves: true,
});

/** Where a corrected sheet, by the number of the change that asks for it, is written, reviewed and published. */
export const sheetScope = (change: number): Scope => ({
  id: sheetScopeId(change),
  step: 'systematization',
  title: (language) => phraser('temporal.phrases', language)('sheetCorrection'),
  approves: false,
  outlives: true,
});
