import { log, setHandler } from '@temporalio/workflow';
import type { DraftedProgramme } from '../activities/index.ts';
import { malformed } from '../src/domain/guard.ts';
import { ministriesOf, secretariatOf } from '../src/domain/programme/plan.ts';
import { activities } from './activities.ts';
import { meetingChange, meetingChanged, programmeAmended } from './messages.ts';
import { amendmentScope, COORDINATION, type Scope } from './scope.ts';
import { type OpenStep, openStep, type StepInput } from './step.ts';

/**
 * Step 1, the coordination meeting: the parties and the Secretariat agree what the sessions will hold.
 * Done when both ministries have approved the programme.
 */
export async function coordination(input: StepInput): Promise<void> {
  const step = openStep(input, COORDINATION);

  await step.take(async () => {
    await meeting(step);
    await approvedProgramme(step, COORDINATION);
  });
  await step.finish();
}

/**
 * The delegations are convened, meet, and the Secretariat records what they agreed on. A meeting that was not held gets
 * another date; one that the Secretariat moves is waited for anew, and without one that it calls off the programme goes
 * to the ministries at once.
 */
async function meeting(step: OpenStep): Promise<void> {
  const { cooperation } = step;
  let changes = 0;
  let calledOff = false;
  setHandler(meetingChanged, async (change) => {
    const mistaken = malformed(meetingChange, change);
    if (mistaken) return log.warn('meeting change ignored', { code: mistaken.code });
    changes++;
    calledOff = change.cancelled ?? calledOff;
    await step.supersede();
  });

  for (let records = 1, dates = 1; ; ) {
    await step.unpaused(() => calledOff);
    const before = changes;
    const changed = () => changes !== before;
    const { endsAt, cancelled } = await activities(step.say('convenes')).convene({ cooperation });
    if (cancelled) return;
    if (!changed()) await step.waitUntil(endsAt, step.title, changed);
    if (changed()) continue;
    const of = [secretariatOf(step.plan())];
    const record = await step.ask({ kind: 'confirm-coordination', of, round: records++ });
    if (record.lapsed) continue;
    if (record.answers.every(({ decision }) => decision === 'done')) return;
    await step.ask({ kind: 'set-meeting', of, round: dates++ });
  }
}

/**
 * The programme was corrected later on, in what it says of the contents: it is approved again, beside the rest.
 */
export async function amendment(input: StepInput & { change: number }): Promise<void> {
  const scope = amendmentScope(input.change);
  const step = openStep(input, scope);
  await step.take(() => approvedProgramme(step, scope));
  await step.finish();
}

/**
 * Makes a version of the programme, asks both ministries for it, and sends it when they have approved it. Each request
 * for changes opens a round on a new version, and so does a correction by the Secretariat: approvals of the version
 * before do not count.
 */
async function approvedProgramme(step: OpenStep, { id }: Scope): Promise<void> {
  const { cooperation } = step;
  let drafting = false;
  let corrected = false;
  // Registered late, and so it hears now of corrections that came before: the version to come has them already.
  setHandler(programmeAmended, async () => {
    corrected = drafting;
    await step.supersede();
  });

  /** Its second language is asked about first, where it has one that lacks something. */
  async function drafted(round: number): Promise<DraftedProgramme> {
    for (;;) {
      drafting = true;
      corrected = false;
      const draft = await step.made((make) => make.draftProgramme({ cooperation, scope: id, round }));
      if (!('asks' in draft)) return draft;
      await step.ask(draft.asks);
    }
  }

  for (let round = 1; ; round++) {
    const draft = await drafted(round);
    const { subject, version } = draft;
    round = draft.round;
    if (corrected) continue;
    const review = await step.ask({
      kind: 'approve-programme',
      of: ministriesOf(step.plan()),
      about: subject,
      item: version,
      round,
    });
    if (review.approved) {
      await activities(step.say('issues')).issueProgramme({ cooperation, programme: subject });
      return;
    }
    if (review.lapsed) continue;
    await step.ask({ kind: 'revise-programme', of: [secretariatOf(step.plan())], round });
  }
}
