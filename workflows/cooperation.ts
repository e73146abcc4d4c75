import {
  condition,
  executeChild,
  ParentClosePolicy,
  setCurrentDetails,
  startChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { STEPS, type Step } from '../src/domain/methodology.ts';
import { institutionsOf, type Plan } from '../src/domain/plan.ts';
import { STEP_LABELS } from '../src/domain/vocabulary.ts';
import { coordination } from './coordination.ts';
import { documentExchange } from './documentExchange.ts';
import { finalReport } from './finalReport.ts';
import { closeExchange, SEARCH_ATTRIBUTES, workflowId } from './messages.ts';
import { outside } from './outside.ts';
import { session } from './session.ts';
import { titleOf } from './step.ts';
import { systematization } from './systematization.ts';
import { say } from './wording.ts';

/**
 * A cooperation between ministries, in the five steps of the RIAL methodology, from the coordination meeting to
 * the accepted final report.
 */
export async function cooperation({ plan }: { plan: Plan }): Promise<void> {
  const at = (step: Step | 'closed') => enter(plan, step);

  at('coordination');
  await executeChild(coordination, { ...as(plan, 'coordination', 'coordination'), args: [{ plan }] });

  // Documents are exchanged throughout: from the programme's approval to the report's acceptance.
  const exchange = startChild(documentExchange, {
    ...as(plan, 'documents', 'documents'),
    args: [{ plan }],
  });

  at('sessions');
  await sessionsInTurn(plan);

  at('systematization');
  await executeChild(systematization, {
    ...as(plan, 'systematization', 'systematization'),
    args: [{ plan }],
  });

  at('final-report');
  await executeChild(finalReport, { ...as(plan, 'final-report', 'final-report'), args: [{ plan }] });

  await (await exchange).signal(closeExchange);
  await (await exchange).result();
  await outside(say(plan.language, 'closes')).closeCooperation({ cooperation: plan.cooperation });
  at('closed');
}

/** Each session follows the one before; one whose own time has come does not wait for a record that is late. */
async function sessionsInTurn(plan: Plan): Promise<void> {
  const running: Promise<void>[] = [];
  let done = 0;
  for (const next of plan.sessions) {
    const before = running.length;
    const wait = Date.parse(next.opensAt) - Date.now();
    if (wait > 0 && before > 0)
      await condition(() => done === before, wait, { summary: titleOf(plan, `session-${next.number}`) });
    running.push(
      executeChild(session, {
        ...as(plan, `session-${next.number}`, 'sessions'),
        args: [{ plan, session: next }],
      }).then(() => {
        done++;
      }),
    );
  }
  await Promise.all(running);
}

/** How a step appears in Temporal: its id, its summary, and what the list filters by. */
function as(plan: Plan, scope: string, step: Step) {
  return {
    workflowId: workflowId(plan.cooperation, scope),
    parentClosePolicy: ParentClosePolicy.TERMINATE,
    staticSummary: `${titleOf(plan, scope)} · ${plan.pairing}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.cooperation, value: plan.cooperation },
      { key: SEARCH_ATTRIBUTES.step, value: step },
      { key: SEARCH_ATTRIBUTES.call, value: plan.call },
      { key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) },
    ],
  };
}

/** Shows which step the cooperation is at. */
function enter(plan: Plan, current: Step | 'closed'): void {
  const { language } = plan;
  const reached = current === 'closed' ? STEPS.length : STEPS.indexOf(current);
  const state = (step: Step, index: number) => {
    if (index < reached && (step !== 'documents' || current === 'closed'))
      return `✔ ${say(language, 'done')}`;
    return index === reached || index < reached
      ? `● ${say(language, 'current')}`
      : `○ ${say(language, 'ahead')}`;
  };
  const rows = STEPS.map(
    (step, index) => `| ${index + 1} | ${STEP_LABELS[step][language]} | ${state(step, index)} |`,
  );
  setCurrentDetails(
    [
      `**${say(language, 'cooperation', { what: plan.pairing })}**`,
      '',
      '| | | |',
      '|---|---|---|',
      ...rows,
    ].join('\n'),
  );
  // A cooperation is started with its first step.
  if (current !== STEPS[0]) upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.step, value: current }]);
}
