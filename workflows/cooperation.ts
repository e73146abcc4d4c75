import { condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { STEPS, type Step } from '../src/domain/methodology.ts';
import type { Plan, SessionOfPlan } from '../src/domain/programme/plan.ts';
import { stepLabel } from '../src/words/labels.ts';
import { directionOf } from '../src/words/names/parties.ts';
import { activities } from './activities.ts';
import { beginFollowUp } from './children.ts';
import { coordination } from './coordination.ts';
import { type Course, openCourse } from './course.ts';
import { aside } from './desk/turns.ts';
import { documentExchange } from './documentExchange.ts';
import { finalReport } from './finalReport.ts';
import { closeExchange, programmeApproved, SEARCH_ATTRIBUTES } from './messages.ts';
import { COORDINATION, DOCUMENTS, FINAL_REPORT, SYSTEMATIZATION, sessionScope } from './scope.ts';
import { session } from './session.ts';
import { BEGINNING, type CooperationState } from './state.ts';
import { systematization } from './systematization.ts';
import { temporalText } from './wording.ts';

/**
 * A cooperation between ministries, in the five steps of the RIAL methodology, from the coordination meeting to
 * the accepted final report, or to its cancellation.
 */
export async function cooperation({
  plan: begun,
  state,
}: {
  plan: Plan;
  state?: CooperationState;
}): Promise<void> {
  let current: Step | 'closed' = 'coordination';
  const at = (step: Step | 'closed') => {
    current = step;
    enter(course.plan(), step, course.paused() ? 'paused' : undefined);
  };
  const course = openCourse(begun, { show: (standing) => show(course.plan(), current, standing), state });

  const end = await course.take(async () => {
    at('coordination');
    const sessions = sessionsOf(course, state);
    const approved = course.run(coordination, COORDINATION, {});
    await sessions.beforehand(approved);

    // Documents are exchanged throughout: from the programme's approval to the report's acceptance.
    const exchange = course.begin(documentExchange, DOCUMENTS, { state: state?.exchange });
    aside(exchange);

    at('sessions');
    await sessions.inTurn();

    at('systematization');
    await course.run(systematization, SYSTEMATIZATION, {});

    at('final-report');
    await course.run(finalReport, FINAL_REPORT, {});

    await (await exchange).signal(closeExchange);
    await (await exchange).result();
  });

  if (end === 'accepted') {
    const { followUps, goesOn } = await activities(temporalText(begun.language, 'closes')).closeCooperation({
      cooperation: begun.cooperation,
    });
    at('closed');
    // What came of it is asked when the cooperation itself is long over.
    if (goesOn) await beginFollowUp(course.plan(), followUps);
  } else upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.step, value: 'closed' }]);
  await course.finish();
}

/** The sessions of a cooperation, each a workflow of its own. */
function sessionsOf(course: Course, { sessions: states, done: through }: CooperationState = BEGINNING) {
  const running: Promise<void>[] = [];
  const begun = new Set<number>();
  const done = new Set<number>();
  let unapproved = !through.includes(COORDINATION.id);
  const ahead = () =>
    course
      .sessions()
      .filter(({ number }) => !begun.has(number))
      .sort(byTheClock);
  const begin = async (planned: SessionOfPlan): Promise<void> => {
    begun.add(planned.number);
    try {
      const state = states[planned.number];
      const early = unapproved && { unapproved };
      await course.run(session, sessionScope(planned.number), { session: planned, state, ...early });
    } finally {
      done.add(planned.number);
    }
  };
  const beginAside = (planned: SessionOfPlan): void => {
    const going = begin(planned);
    running.push(going);
    aside(going);
  };

  /** Until the programme is approved, the Secretariat is asked about each session whose date comes. */
  async function beforehand(approval: Promise<void>): Promise<void> {
    aside(approval.finally(() => (unapproved = false)));
    // Of what was past when it was entered there is nothing to ask beforehand.
    const coming = () =>
      ahead()
        .flatMap((planned) => (planned.date && planned.settlesAt ? [{ planned, at: planned.settlesAt }] : []))
        .filter(({ planned: { date } }) => Date.parse(date?.startsAt ?? '') > Date.now())
        .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];
    while (unapproved) {
      const changes = course.sessionsChanged();
      const otherwise = () => !unapproved || course.sessionsChanged() !== changes;
      const first = coming();
      if (!first) await condition(otherwise);
      else {
        const wait = Date.parse(first.at) - Date.now();
        if (wait > 0 && (await condition(otherwise, wait))) continue;
        beginAside(first.planned);
      }
    }
    await approval;
    for (const number of begun)
      await course.signal(sessionScope(number).id, (step) => step.signal(programmeApproved));
  }

  /**
   * What has a date in the approved programme is invited to at once. The search for the date of another session follows
   * the sessions that come before it by the clock, whatever their numbers; one whose own time has come, or that was under way, does not wait for a record that is late.
   */
  async function inTurn(): Promise<void> {
    // Where what follows is under way, those that were added since take place beside it.
    if (course.hasBegun(SYSTEMATIZATION)) {
      for (const planned of course.sessions()) course.runBeside(() => begin(planned));
      return course.onSessionAdded(begin);
    }

    for (const planned of ahead()) if (planned.date) beginAside(planned);
    for (;;) {
      const [planned] = ahead();
      if (planned) {
        const wait = states[planned.number] ? 0 : Date.parse(planned.opensAt) - Date.now();
        const changes = course.sessionsChanged();
        const isItsTurn = () =>
          course.sessions().every((one) => byTheClock(one, planned) >= 0 || done.has(one.number));
        if (wait > 0 && !isItsTurn()) {
          await condition(() => isItsTurn() || course.sessionsChanged() !== changes, wait, {
            summary: sessionScope(planned.number).title(course.plan().language),
          });
          if (course.sessionsChanged() !== changes) continue;
        }
        beginAside(planned);
        continue;
      }
      if (done.size === running.length) break;
      await condition(() => done.size === running.length || ahead().length > 0);
    }
    await Promise.all(running);
    // One that is added later on takes place beside what follows.
    course.onSessionAdded(begin);
  }

  return { beforehand, inTurn };
}

/** The order in which sessions are prepared. */
const byTheClock = (a: SessionOfPlan, b: SessionOfPlan): number =>
  Date.parse(a.opensAt) - Date.parse(b.opensAt) || a.number - b.number;

/** Enters a step: Temporal shows it, and its list finds it. */
function enter(plan: Plan, current: Step | 'closed', standing?: 'paused'): void {
  show(plan, current, standing);
  // A cooperation is started with its first step.
  if (current !== STEPS[0]) upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.step, value: current }]);
}

/** Shows which step the cooperation is at. */
function show(plan: Plan, current: Step | 'closed', standing?: 'paused' | 'cancelled'): void {
  const { language } = plan;
  const reached = current === 'closed' ? STEPS.length : STEPS.indexOf(current);
  const state = (step: Step, index: number) => {
    if (index < reached && (step !== 'documents' || current === 'closed'))
      return `✔ ${temporalText(language, 'done', { step })}`;
    return index === reached || index < reached
      ? `● ${temporalText(language, 'current')}`
      : `○ ${temporalText(language, 'ahead')}`;
  };
  const rows = STEPS.map(
    (step, index) => `| ${index + 1} | ${stepLabel(step, language)} | ${state(step, index)} |`,
  );
  const title = `**${temporalText(language, 'cooperation', { what: directionOf(plan.parties, language) })}**`;
  setCurrentDetails(
    [
      standing ? `${title} · ${temporalText(language, standing)}` : title,
      '',
      '| | | |',
      '|---|---|---|',
      ...rows,
    ].join('\n'),
  );
}
