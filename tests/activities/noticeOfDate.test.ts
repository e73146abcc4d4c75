import { expect, it } from 'vitest';
import { calendarActivities } from '../../activities/calendar.ts';
import { slotsOf } from '../../src/casefile/sessions.ts';
import { addWorkingDays, dateIn } from '../../src/domain/dates/dates.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { file, setting, the } from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** Dates are proposed a while after the answers are due: five working days, or as many as the programme gives. */

setting();

/** Thursday; the polls are due five working days later, on 8 July. */
const AT = '2021-07-01T15:00:00.000Z';

/** The first day that is proposed for the second session, in Santiago, where its window begins today. */
async function firstProposed(deadlines?: Programme['deadlines'], to = '2021-08-31'): Promise<string> {
  await file((programme) => {
    const session = programme.sessions[1] as Programme['sessions'][number];
    Object.assign(session, { window: { from: '2021-07-01', to } });
    if (deadlines) programme.deadlines = deadlines;
  });
  const { db, id: cooperation } = the();
  const { proposeSlots } = calendarActivities(outsideWith(() => undefined, { now: () => AT }));
  await proposeSlots({ cooperation, session: 2, round: 1, now: AT });
  const days = (await slotsOf(db, cooperation, 2, 1))?.slots.map(({ startsAt }) => startsAt).sort() ?? [];
  return dateIn(days[0] as string, 'America/Santiago');
}

const DUE = addWorkingDays('2021-07-01', 5, 'CL');

it('five working days after the answers are due, where the programme says nothing', async () => {
  expect(await firstProposed()).toBe(addWorkingDays(DUE, 5, 'CL'));
});

it.each([1, 3, 12])('as many as the programme says: %i', async (noticeOfDate) => {
  const first = await firstProposed({ noticeOfDate });
  expect(first >= addWorkingDays(DUE, noticeOfDate, 'CL'), first).toBe(true);
  expect(first <= addWorkingDays(DUE, noticeOfDate + 2, 'CL'), first).toBe(true);
});

it('counted from the day on which the programme has the answers due', async () => {
  const first = await firstProposed({ chooseDate: 10, noticeOfDate: 3 });
  expect(first).toBe(addWorkingDays(addWorkingDays('2021-07-01', 10, 'CL'), 3, 'CL'));
});

it('of a window that leaves none, what is ahead once the answers are due', async () => {
  const first = await firstProposed({ noticeOfDate: 30 }, '2021-07-23');
  expect(first > DUE && first <= '2021-07-23', first).toBe(true);
});
