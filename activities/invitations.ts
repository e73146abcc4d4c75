import type { CaseFile } from '../src/casefile/database/database.ts';
import type { CooperationRow, PersonRow, SessionRow } from '../src/casefile/database/schema.ts';
import { documentsOf } from '../src/casefile/documents.ts';
import { everyoneOf } from '../src/casefile/people.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import { dateIn } from '../src/domain/dates/dates.ts';
import { agendaInstant, materialsDay } from '../src/domain/dates/deadlines.ts';
import { isExchanged, isHad } from '../src/domain/document.ts';
import { sessionUid } from '../src/domain/ids.ts';
import { secretariatAmong } from '../src/domain/people/party.ts';
import type { Invitation } from '../src/mail/iCalendar.ts';
import { sessionTitle } from '../src/words/labels.ts';
import type { DocumentLine, QuestionLine } from '../src/words/lines.ts';
import type { Outside } from './context.ts';
import type { Delivery } from './email.ts';
import { documentLine, questionLine } from './headings.ts';

/** What goes to people's calendars, from whatever occasion. */

export type DatedSession = SessionRow & { startsAt: string; endsAt: string };

export function dated(session: SessionRow): DatedSession {
  const { startsAt, endsAt } = session;
  if (!startsAt || !endsAt)
    throw new Error(`session ${session.number} of ${session.cooperation} has no date`);
  return { ...session, startsAt, endsAt };
}

/** A session as a calendar object, in each reader's language. */
export const calendarObject =
  (
    { sender, now }: Outside,
    { id, programme }: CooperationRow,
    session: DatedSession,
    { sequence, method }: Pick<Invitation, 'sequence' | 'method'>,
  ): NonNullable<Delivery['calendar']> =>
  ({ language }) => ({
    uid: sessionUid(id, session.number, sender.domain),
    sequence,
    method,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    timeZone: session.timeZone,
    summary: `${sessionTitle(session.number, language)} · ${programme.subject}`,
    description: session.contents,
    stamp: now(),
    ...(session.place && { location: session.place }),
    ...(session.link && { url: session.link }),
  });

/** When a session's agenda goes out. */
export const agendaAtOf = ({ plan }: CooperationRow, { startsAt }: DatedSession): string =>
  agendaInstant(startsAt, secretariatAmong(plan.parties));

/** Until when a session's materials are to be there: told to whoever may put some in, while that day is yet to come. */
export function materialsAskedOf(
  { now }: Outside,
  { plan }: CooperationRow,
  { startsAt }: DatedSession,
): (person: PersonRow) => { materialsBy?: string } {
  const secretariat = secretariatAmong(plan.parties);
  const day = materialsDay(startsAt, secretariat);
  const isAhead = day >= dateIn(now(), secretariat.timeZone);
  return ({ role }) => (role !== 'guest' && isAhead ? { materialsBy: day } : {});
}

/** Whom an institution itself passes the invitation on to: its guests of a session who cannot be written to. */
export async function toInviteOf(
  db: CaseFile,
  cooperation: string,
  session: number,
): Promise<(person: PersonRow) => { toInvite?: { name: string; count: number | null }[] }> {
  const unwritten = (await everyoneOf(db, cooperation)).filter(
    (one) => one.active && one.role === 'guest' && one.session === session && one.email === null,
  );
  return ({ role, party }) => {
    const own = role === 'guest' ? [] : unwritten.filter((one) => one.party === party);
    return own.length > 0 ? { toInvite: own.map(({ name, count }) => ({ name, count })) } : {};
  };
}

/** The questions still open, which stand on the agenda, and the documents to have read. Guests see neither. */
export async function agendaOf(
  { caseFile }: Outside,
  { id, programme }: CooperationRow,
  session: number,
): Promise<(person: PersonRow) => { questions: QuestionLine[]; documents: DocumentLine[] }> {
  const open = (await questionsOf(caseFile, id)).filter(({ answer }) => answer === null);
  const entries = (await documentsOf(caseFile, id)).filter(
    // The materials of another session are on its own page.
    (entry) => isExchanged(entry) && isHad(entry) && (entry.session ?? session) === session,
  );
  return ({ role, language }) =>
    role === 'guest'
      ? { questions: [], documents: [] }
      : {
          questions: open.map((question) => questionLine(programme, question)),
          documents: entries.map((entry) => documentLine(programme, entry, language)),
        };
}
