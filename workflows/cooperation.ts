import { condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { STEPS, type Step } from '../src/domain/methodology.ts';
import type { Plan, SessionOfPlan } from '../src/domain/plan.ts';
import { stepLabel } from '../src/words/labels.ts';
import { directionOf } from '../src/words/parties.ts';
import { activities } from './activities.ts';
import { coordination } from './coordination.ts';
import { type Course, openCourse } from './course.ts';
import { aside } from './desk/turns.ts';
import { documentExchange } from './documentExchange.ts';
import { finalReport } from './finalReport.ts';
import { closeExchange, SEARCH_ATTRIBUTES } from './messages.ts';
import { COORDINATION, DOCUMENTS, FINAL_REPORT, SYSTEMATIZATION, sessionScope } from './scope.ts';
import { session } from './session.ts';
import type { CooperationState } from './state.ts';
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
    await course.run(coordination, COORDINATION, {});

    // Documents are exchanged throughout: from the programme's approval to the report's acceptance.
    const exchange = course.begin(documentExchange, DOCUMENTS, { state: state?.exchange });
    aside(exchange);

    at('sessions');
    await sessionsInTurn(course, state?.sessions);

    at('systematization');
    await course.run(systematization, SYSTEMATIZATION, {});

    at('final-report');
    await course.run(finalReport, FINAL_REPORT, {});

    await (await exchange).signal(closeExchange);
    await (await exchange).result();
  });

  if (end === 'accepted')
    await activities(temporalText(begun.language, 'closes')).closeCooperation({
      cooperation: begun.cooperation,
    });
  if (end === 'accepted') at('closed');
  else upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.step, value: 'closed' }]);
  await course.finish();
}

/**
 * What has a date in the approved programme is invited to at once. The search for the date of another session follows the
 * sessions before it; one whose own time has come, or that was under way, does not wait for a record that is late.
 */
async function sessionsInTurn(course: Course, states: CooperationState['sessions'] = {}): Promise<void> {
  const running: Promise<void>[] = [];
  const begun = new Set<number>();
  const done = new Set<number>();
  const ahead = () => course.sessions().filter(({ number }) => !begun.has(number));
  const begin = async (planned: SessionOfPlan): Promise<void> => {
    begun.add(planned.number);
    try {
      const state = states[planned.number];
      await course.run(session, sessionScope(planned.number), { session: planned, state });
    } finally {
      done.add(planned.number);
    }
  };

  // Where what follows is under way, those that were added since take place beside it.
  if (course.hasBegun(SYSTEMATIZATION)) {
    for (const planned of course.sessions()) course.runBeside(() => begin(planned));
    return course.onSessionAdded(begin);
  }

  const start = (planned: SessionOfPlan): void => {
    const going = begin(planned);
    running.push(going);
    aside(going);
  };
  for (const planned of ahead()) if (planned.date) start(planned);
  for (;;) {
    const [planned] = ahead();
    if (planned) {
      const wait = states[planned.number] ? 0 : Date.parse(planned.opensAt) - Date.now();
      const changes = course.sessionsChanged();
      const isItsTurn = () =>
        course.sessions().every(({ number }) => number >= planned.number || done.has(number));
      if (wait > 0 && !isItsTurn()) {
        await condition(() => isItsTurn() || course.sessionsChanged() !== changes, wait, {
          summary: sessionScope(planned.number).title(course.plan().language),
        });
        if (course.sessionsChanged() !== changes) continue;
      }
      start(planned);
      continue;
    }
    if (done.size === running.length) break;
    await condition(() => done.size === running.length || ahead().length > 0);
  }
  await Promise.all(running);
  // One that is added later on takes place beside what follows.
  course.onSessionAdded(begin);
}

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
