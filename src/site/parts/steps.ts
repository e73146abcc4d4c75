import { html } from 'hono/html';
import type { CaseView, RequestView } from '../../domain/caseView.ts';
import type { Step } from '../../domain/methodology.ts';
import { isOfSheetCorrection, scopeOf } from '../../domain/request.ts';
import { isThroughUnheld, type MeetingStanding, meetingStanding } from '../../domain/standing.ts';
import { type Clock, dayOf } from '../../words/dates/dates.ts';
import { type Key, speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** The five steps of a cooperation, each with how it stands in words and since when. */

type StepView = CaseView['steps'][number];
type StepNote = [Key<'site.steps'>, string | null | undefined];

export function progress(view: CaseView, clock: Clock): Html {
  const say = speaker('site.steps', clock.language);
  return html`<ol class="rial-steps">${view.steps.map((step, index) => {
    const state = stateOf(step, view);
    const notes = notesOf(step, view, clock).filter(Boolean);
    const name = speaker('labels.step', clock.language)(step.step);
    return html`<li data-state="${step.state}"><span class="rial-steps__name">${index + 1}. <a class="govuk-link" href="/c/${view.id}/${PAGES[step.step]}">${name}</a></span>
<strong class="rial-steps__state">${say(state, { step: step.step })}</strong>${notes.map((note) => html`<span class="rial-soft">${note}</span>`)}</li>`;
  })}</ol>`;
}

function stateOf(step: StepView, view: CaseView) {
  if (isThroughUnheld(step, view)) return 'dropped';
  return view.cancelledAt ? CANCELLED[step.state] : step.state;
}

/** Where there is more of each step. */
const PAGES: Record<Step, string> = {
  coordination: 'meeting',
  documents: 'documents',
  sessions: 'sessions',
  systematization: 'drafts',
  'final-report': 'drafts',
};

const CANCELLED = { done: 'done', current: 'interrupted', ahead: 'dropped' } as const;

const MEETING: Readonly<Record<MeetingStanding, StepNote[0]>> = {
  dated: 'meeting',
  'to-record': 'meeting',
  held: 'met',
  'not-held': 'notHeld',
  cancelled: 'calledOff',
};

/** What the record says of a step: the newest thing that tells how far it is. */
function notesOf({ step, state, sessions }: StepView, view: CaseView, clock: Clock): string[] {
  const say = speaker('site.steps', clock.language);
  const issuedAt = view.record.find(({ kind }) => kind === 'programme-issued')?.at;
  const begunAt = openedFirst(view.requests.filter((request) => request.step === step));
  const dated = (...[key, at]: StepNote): string[] => (at ? [say(key, { day: dayOf(at, clock) })] : []);
  switch (step) {
    case 'coordination': {
      const { startsAt, cancelledAt } = view.meeting;
      const standing = meetingStanding(view.meeting, clock.now);
      const met = dated(MEETING[standing], standing === 'cancelled' ? cancelledAt : startsAt);
      return state === 'done' ? [...met, ...dated('issued', issuedAt)] : met;
    }
    case 'documents':
      return state === 'done' ? dated('until', view.closedAt) : dated('since', issuedAt);
    case 'sessions': {
      const last = view.sessions.flatMap(({ recordedAt, startsAt }) => (recordedAt && startsAt) || []).sort();
      return [say('held', { ...(sessions ?? { held: 0, planned: 0 }) }), ...dated('lastHeld', last.at(-1))];
    }
    case 'systematization': {
      if (!view.sheet) return dated('since', begunAt);
      const { publishedAt, withdrawn } = view.sheet;
      const correcting = view.requests.find((one) => isOfSheetCorrection(one) && one.closedAt === null);
      return [
        ...dated('published', publishedAt),
        ...dated('withdrawn', withdrawn?.at),
        ...dated('correcting', correcting && openedFirst(sameScope(view, correcting))),
      ];
    }
    case 'final-report':
      return state === 'done' ? dated('received', view.closedAt) : dated('since', begunAt);
  }
}

const openedFirst = (requests: readonly RequestView[]): string | undefined =>
  requests.map(({ openedAt }) => openedAt).sort()[0];
const sameScope = ({ requests }: CaseView, one: RequestView): RequestView[] =>
  requests.filter((other) => scopeOf(other) === scopeOf(one));
