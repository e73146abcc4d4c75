import { findCooperation, requestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database/database.ts';
import type { CooperationRow, PersonRow, QuestionRow, SessionRow } from '../src/casefile/database/schema.ts';
import type { DocumentEntry } from '../src/casefile/documents.ts';
import { hoursAfter, isBefore } from '../src/domain/dates/dates.ts';
import type { Capital } from '../src/domain/dates/deadlines.ts';
import type { Language } from '../src/domain/language.ts';
import { secretariatAmong } from '../src/domain/people/party.ts';
import type { Plan } from '../src/domain/programme/plan.ts';
import type { Programme } from '../src/domain/programme/programme.ts';
import { documentTitle } from '../src/words/brief.ts';
import type { DocumentLine, QuestionLine, SessionHeading } from '../src/words/lines.ts';
import { type NamedParty, partyOf } from '../src/words/names/parties.ts';

/** The case file's rows as mails name them. */

export async function cooperationOf(db: CaseFile, id: string): Promise<CooperationRow> {
  const cooperation = await findCooperation(db, id);
  if (!cooperation) throw new Error(`the case file has no cooperation ${id}`);
  return cooperation;
}

/** Something that goes out so long after its time was held up: by the mail server, or because nothing ran. */
const LATE_HOURS = 1;

/** Whether what was to go out at an instant (ISO 8601) was held up. */
export const isLate = (at: string, now: string): boolean => isBefore(hoursAfter(at, LATE_HOURS), now);

/** Whose clock somebody lives by, and whose holidays. */
export const capitalOf = ({ parties }: Plan, { party, timeZone }: PersonRow): Capital => ({
  ...(parties.find(({ code }) => code === party) ?? secretariatAmong(parties)),
  timeZone,
});

/** A party of a programme as mails name it. */
export const namedPartyOf = (programme: Programme, code: string): NamedParty =>
  partyOf(programme, code) ?? { role: 'guest' };

/** Whose approval of something, by its hash, was done without, as each reader knows them. */
export async function waivedOf(
  db: CaseFile,
  { id, programme }: CooperationRow,
  hash: string,
): Promise<{ waived?: NamedParty[] }> {
  const waived = (await requestsOf(db, id))
    .filter(({ subjectHash }) => subjectHash === hash)
    .flatMap((row) => row.waived);
  return waived.length > 0 ? { waived: waived.map((party) => namedPartyOf(programme, party)) } : {};
}

export const sessionHeading = (session: SessionRow): SessionHeading => ({
  number: session.number,
  contents: session.contents,
  timeZone: session.timeZone,
  ...(session.startsAt && session.endsAt && { startsAt: session.startsAt, endsAt: session.endsAt }),
  ...(session.windowFrom &&
    session.windowTo && { window: { from: session.windowFrom, to: session.windowTo } }),
  ...(session.link && { link: session.link }),
  ...(session.place && { place: session.place }),
  ...(session.platform && { platform: session.platform }),
});

/** `attached`: whether the mail carries the file itself. */
export const documentLine = (
  programme: Programme,
  entry: DocumentEntry,
  language: Language,
  attached = false,
): DocumentLine => ({
  attached,
  title: documentTitle(entry, { language }),
  fileName: entry.fileName,
  version: entry.version,
  institution: namedPartyOf(programme, entry.party),
});

export const questionLine = (programme: Programme, row: QuestionRow): QuestionLine => ({
  number: row.number,
  text: row.text,
  to: namedPartyOf(programme, row.toParty),
  ...(row.answer && { answer: row.answer }),
});
