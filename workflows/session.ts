import { ministriesOf, type Plan, type SessionOfPlan, secretariatOf } from '../src/domain/plan.ts';
import type { Received } from '../src/domain/request.ts';
import { caseFile, outside } from './outside.ts';
import { type OpenStep, openStep, titleOf } from './step.ts';
import { onClockOf } from './wording.ts';

/**
 * Step 3, one cooperation session: from a window to a date, to invitations and agenda, to the session held with
 * its minutes, attendance and outputs. A session that was not held gets a new date and is asked for again.
 */
export async function session({ plan, session }: { plan: Plan; session: SessionOfPlan }): Promise<void> {
  const { cooperation } = plan;
  const { number } = session;
  const secretariat = secretariatOf(plan);
  let date = session.date?.startsAt;
  const scope = `session-${number}`;
  const step = openStep(plan, scope, {
    note: () =>
      date
        ? step.say('date', { what: onClockOf(plan, secretariat, date) })
        : step.say('window', { what: windowOf(session, plan) }),
  });

  for (let round = 1; ; round++) {
    date ??= await agreeDate(step, plan, number, round);

    const { endsAt, agendaAt } = await outside(step.say('invites')).invite({
      cooperation,
      session: number,
      round,
    });
    if (agendaAt) {
      await step.waitUntil(agendaAt, step.say('agenda'));
      await outside(step.say('agenda')).sendAgenda({ cooperation, session: number, round });
    }
    await step.waitUntil(endsAt, titleOf(plan, scope));

    const record = await step.ask({ kind: 'record-session', of: [secretariat], item: number, round });
    if (record.answers.every(({ decision }) => decision === 'done')) break;
    date = undefined;
  }

  await outside(step.say('announces')).announceSession({ cooperation, session: number });
  await step.finish();
}

/** Both ministries say which slots suit; the Secretariat confirms the best of them, or another date in the window. */
async function agreeDate(step: OpenStep, plan: Plan, number: number, round: number): Promise<string> {
  const { cooperation } = plan;
  const { subject, slots, within } = await step.inTurn(() =>
    caseFile(step.say('slots')).proposeSlots({
      cooperation,
      session: number,
      round,
      now: new Date().toISOString(),
    }),
  );
  await step.ask({ kind: 'choose-date', of: ministriesOf(plan), about: subject, item: number, round, slots });
  const { answers } = await step.ask({
    kind: 'confirm-date',
    of: [secretariatOf(plan)],
    about: subject,
    item: number,
    round,
    within,
  });
  return answers.flatMap((answer: Received) =>
    answer.decision === 'date' ? [answer.startsAt] : [],
  )[0] as string;
}

/** "16–31 ago 2021". */
const windowOf = ({ window }: SessionOfPlan, { language }: Plan): string =>
  window
    ? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(
        new Date(window.from),
        new Date(window.to),
      )
    : '';
