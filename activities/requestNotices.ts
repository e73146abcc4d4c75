import { briefOf } from '../src/casefile/brief.ts';
import type { CooperationRow, PersonRow, RequestRow } from '../src/casefile/database/schema.ts';
import { answerersOf } from '../src/casefile/people.ts';
import { answersTo, findRequest, owingOf } from '../src/casefile/requests.ts';
import { rowsOf } from '../src/casefile/rows.ts';
import type { Brief } from '../src/domain/brief.ts';
import { type Reminder, remindersOf } from '../src/domain/dates/deadlines.ts';
import { isApprovedByMail } from '../src/domain/kinds/index.ts';
import type { Plan } from '../src/domain/programme/plan.ts';
import type { RequestNotice } from '../src/mail/notice.ts';
import { attachedIn } from './attachments.ts';
import type { Outside } from './context.ts';

/** What a mail says of a request to each of those it is for, from the case file as it now stands. */

export async function requestOf({ caseFile }: Outside, cooperation: string, id: string): Promise<RequestRow> {
  const row = await findRequest(caseFile, cooperation, id);
  if (!row) throw new Error(`the case file has no request ${id} of ${cooperation}`);
  return row;
}

/** Of these parties, those that still owe the answer. */
export async function stillOwing(
  { caseFile }: Outside,
  row: RequestRow,
  parties: string[],
): Promise<string[]> {
  if (row.closedAt) return [];
  const owing = owingOf(row, await answersTo(caseFile, row.cooperation, row.id));
  return parties.filter((party) => owing.includes(party));
}

/**
 * Whether a mail about a request still concerns a person, looked at just before it goes out to them: their party owes
 * the answer. `others`: they are told about parties that do.
 */
export const stillOwed =
  (outside: Outside, { cooperation, id }: RequestRow, others = false) =>
  async ({ party }: PersonRow): Promise<boolean> => {
    const row = await requestOf(outside, cooperation, id);
    return (await stillOwing(outside, row, others ? row.parties : [party])).length > 0;
  };

/** The reminders of a request, as they follow from when it was asked and is due. */
export const plannedReminders = (
  { parties }: Plan,
  { openedAt, dueAt, parties: asked }: RequestRow,
): Reminder[] =>
  remindersOf(
    parties.filter(({ code }) => asked.includes(code)),
    { openedAt, dueAt },
  );

/** When those of some parties hear of a request next unless it is answered, and at which level. */
export function nextReminder(
  { plan }: CooperationRow,
  row: RequestRow,
  parties: readonly string[],
  now: string,
): Pick<RequestNotice, 'nextReminderAt' | 'nextReminderLevel'> {
  const next = plannedReminders(plan, row).find(
    (one) => Date.parse(now) < Date.parse(one.at) && one.parties.some((code) => parties.includes(code)),
  );
  return next ? { nextReminderAt: next.at, nextReminderLevel: next.level } : {};
}

/** What a request asks, and how it stands. */
export async function briefOfRequest({ caseFile, now }: Outside, row: RequestRow): Promise<Brief> {
  const rows = await rowsOf(caseFile, row.cooperation);
  if (!rows) throw new Error(`the case file has no cooperation ${row.cooperation}`);
  return briefOf(row, rows, now());
}

/** What a mail about a request says to each reader. */
export async function requestNoticesOf(
  outside: Outside,
  row: RequestRow,
  parties: string[],
): Promise<(person: PersonRow) => RequestNotice> {
  const people = await answerersOf(outside.caseFile, row.cooperation, parties);
  const brief = await briefOfRequest(outside, row);
  const attached = attachedIn(brief);
  const handedOver = brief.handedOver.map(({ from }) => from);
  const { replies, answers: taken = false } = outside.sender;
  const answers = replies !== undefined && taken && isApprovedByMail(row.kind);
  return (person) => ({
    brief,
    party: person.party,
    attached,
    ...(answers && row.parties.includes(person.party) && { byMail: true }),
    colleagues: people
      .filter(({ id, party }) => party === person.party && id !== person.id && !handedOver.includes(id))
      .map(({ name }) => name),
  });
}
