import type { CooperationRow, PersonRow, RequestRow, SessionRow } from '../src/casefile/database/schema.ts';
import { documentByHash } from '../src/casefile/documents.ts';
import { mailsOf } from '../src/casefile/mails/mails.ts';
import { delegationsOf, everyoneOf, participantsOf } from '../src/casefile/people.ts';
import { standingProgrammesOf } from '../src/casefile/programmes.ts';
import { addToRecord, readRecord } from '../src/casefile/record.ts';
import { commitmentsOf } from '../src/casefile/results/commitments.ts';
import { standingSheet } from '../src/casefile/results/sheets.ts';
import { sessionsOf, takeMinutes } from '../src/casefile/sessions.ts';
import { isBefore } from '../src/domain/dates/dates.ts';
import { kinds } from '../src/domain/kinds/index.ts';
import type { Kind } from '../src/domain/kinds/kind.ts';
import { standingCommitments } from '../src/domain/results/commitments.ts';
import type { Attachment, LeftBehind, SessionRecord, Tidings } from '../src/mail/notice.ts';
import { documentAttachment, programmeAttachments } from './attachments.ts';
import type { Outside } from './context.ts';
import { type Delivery, deliver, mailKey } from './email.ts';
import { goesWithFirstInvitation } from './firstInvitation.ts';
import { sessionHeading, waivedOf } from './headings.ts';
import type { NotifyResult } from './index.ts';

/**
 * What is made known beside what is asked: minutes and the published sheet. Where it falls together with a request, it
 * goes in the request's mail; to those whom that does not reach, by itself.
 */

/**
 * The sessions before one whose minutes have not gone to the delegations yet, and go there by this way now: another that
 * goes out at the same time does not bring them. Each session's own announcement sends its minutes or leaves them to
 * what follows: until it is through, nothing else has them.
 *
 * @param way the request, the invitation or the announcement that they come with
 * @param announced the session that the announcement is of
 */
export async function minutesToTell(
  { caseFile, now }: Outside,
  cooperation: string,
  { before, way, announced, until }: { before: number; way: string; announced?: number; until?: string },
): Promise<SessionRow[]> {
  const told = (await readRecord(caseFile, cooperation)).flatMap(({ kind, data }) =>
    kind === 'minutes-sent' ? [data.session] : [],
  );
  const sessions = (await sessionsOf(caseFile, cooperation)).filter(
    ({ number, recordedAt, doneAt }) =>
      number < before &&
      recordedAt !== null &&
      (until === undefined || !isBefore(until, recordedAt)) &&
      (doneAt !== null || number === announced) &&
      !told.includes(number),
  );
  const numbers = sessions.map(({ number }) => number);
  const taken = await takeMinutes(caseFile, cooperation, numbers, way, now());
  return sessions.filter(({ number }) => taken.includes(number));
}

/** What a session or the coordination meeting leaves behind, as it stands. */
export async function leftBehind(
  { caseFile }: Pick<Outside, 'caseFile'>,
  {
    cooperation,
    number,
    minutes,
    attendance,
    outputs,
  }: Pick<SessionRow, 'cooperation' | 'minutes' | 'attendance' | 'outputs'> & { number?: number },
): Promise<LeftBehind> {
  const agreed = standingCommitments(await commitmentsOf(caseFile, cooperation)).filter(
    ({ origin, session }) =>
      number === undefined ? origin === 'coordination' : origin === 'session' && session === number,
  );
  const people = agreed.length > 0 ? await everyoneOf(caseFile, cooperation) : [];
  const nameOf = (id: string | null) => people.find((one) => one.id === id)?.name;
  return {
    minutes: minutes ?? '',
    attendance: attendance ?? [],
    outputs: outputs ?? [],
    ...(agreed.length > 0 && {
      commitments: agreed.map(({ what, party, person, due }) => {
        const name = nameOf(person);
        return { what, party, due, ...(name !== undefined && { name }) };
      }),
    }),
  };
}

export const sessionRecord = async (
  outside: Pick<Outside, 'caseFile'>,
  session: SessionRow,
): Promise<SessionRecord> => ({
  session: sessionHeading(session),
  ...(await leftBehind(outside, session)),
});

/** `request`: what they came with. */
export const noteMinutesSent = (
  { caseFile, now }: Outside,
  sessions: readonly SessionRow[],
  request?: string,
): Promise<void> =>
  addToRecord(
    caseFile,
    sessions.map(({ cooperation, number }) => ({
      cooperation,
      key: `minutes-sent:${number}`,
      at: now(),
      kind: 'minutes-sent',
      data: { session: number, ...(request && { request }) },
    })),
  );

/** The minutes that have not been told, up to a session's, by themselves: to the delegations, or some people of them. */
export async function tellMinutes(
  outside: Outside,
  cooperation: CooperationRow,
  sessions: readonly SessionRow[],
  to?: PersonRow[],
): Promise<NotifyResult> {
  const people = to ?? (await delegationsOf(outside.caseFile, cooperation.id));
  const told: NotifyResult = { notified: 0, refused: 0 };
  for (const session of sessions) {
    const record = await sessionRecord(outside, session);
    const { notified, refused } = await deliver(outside, {
      cooperation,
      key: `session-${session.number}|recorded`,
      to: people,
      notice: () => ({ notice: 'session-recorded', ...record }),
    });
    told.notified += notified;
    told.refused += refused;
  }
  return told;
}

/**
 * The published sheet, as it is told: to whom it goes by itself, and what its mail says and brings. `replaces`: the version
 * that was published before.
 */
export async function sheetDelivery(
  outside: Outside,
  cooperation: CooperationRow,
  hash: string,
  replaces?: number,
): Promise<{ version: number; sheet: NonNullable<Tidings['sheet']>; delivery: Omit<Delivery, 'to'> }> {
  const { caseFile } = outside;
  const document = await documentByHash(caseFile, cooperation.id, hash, 'sheet');
  const version = document?.version ?? 1;
  const sheet = { version, ...(await waivedOf(caseFile, cooperation, hash)) };
  return {
    ...{ version, sheet },
    delivery: {
      cooperation,
      key: sheetKey(version),
      notice: () => ({
        notice: 'sheet-published',
        ...sheet,
        ...(replaces !== undefined && { replaces }),
      }),
      attachments: await documentAttachment(outside, document),
    },
  };
}

const sheetKey = (version: number): string => `sheet-published|${version}`;

/** What a request's mail brings, and how those whom it does not reach are told. */
export type RequestTidings = {
  tidings: (person: PersonRow) => Tidings;
  attachments?: (person: PersonRow) => Attachment[];
  /** Once those asked have been written to. */
  tellOthers: () => Promise<NotifyResult>;
};

/** What falls together with a request that is put for the first time. */
export async function carriedBy(
  outside: Outside,
  cooperation: CooperationRow,
  row: RequestRow,
): Promise<RequestTidings | undefined> {
  if (goesWithFirstInvitation(row)) return programmeWith(outside, cooperation, row);
  const { carries } = kinds[row.kind];
  return carries && CARRIED[carries](outside, cooperation, row);
}

/** The poll for a date brings the minutes of the sessions before. */
async function minutesWith(
  outside: Outside,
  cooperation: CooperationRow,
  row: RequestRow,
): Promise<RequestTidings | undefined> {
  const { caseFile } = outside;
  // What is recorded while its mails are on their way goes by itself.
  const minutes = await minutesToTell(outside, cooperation.id, {
    ...{ before: row.item ?? 0, way: row.id, until: row.openedAt },
  });
  if (minutes.length === 0) return undefined;
  const records = await Promise.all(minutes.map((one) => sessionRecord(outside, one)));
  return {
    tidings: () => ({ minutes: records }),
    async tellOthers() {
      const delegates = (await delegationsOf(caseFile, cooperation.id)).filter(
        ({ role }) => role === 'delegate',
      );
      const told = await tellMinutes(outside, cooperation, minutes, await unreached(outside, row, delegates));
      await noteMinutesSent(outside, minutes, row.id);
      return told;
    },
  };
}

/** The first request for the report brings the sheet that was published just before. */
async function sheetWith(
  outside: Outside,
  cooperation: CooperationRow,
  row: RequestRow,
): Promise<RequestTidings | undefined> {
  if (row.round !== 1) return undefined;
  const { caseFile } = outside;
  const { id } = cooperation;
  const standing = await standingSheet(caseFile, id);
  // One that was withdrawn in between is told of as that.
  if (!standing || standing.withdrawn) return undefined;
  const { sheet, version, delivery } = await sheetDelivery(outside, cooperation, standing.sha256);
  const mails = await mailsOf(caseFile, id);
  const isTold = (person: PersonRow) =>
    mails.some(({ key }) => key === mailKey(id, sheetKey(version), person.id));
  return {
    tidings: (person) => (isTold(person) ? {} : { sheet }),
    tellOthers: async () =>
      deliver(outside, {
        ...delivery,
        to: await unreached(outside, row, await participantsOf(caseFile, id), isTold),
      }),
  };
}

const CARRIED = { minutes: minutesWith, sheet: sheetWith } satisfies Record<
  NonNullable<Kind['carries']>,
  typeof sheetWith
>;

export const programmeIssuedKey = (version: number): string => `programme-issued|${version}`;

/** The first request for documents brings the programme that was approved just before, where no invitation did. */
async function programmeWith(
  outside: Outside,
  cooperation: CooperationRow,
  row: RequestRow,
): Promise<RequestTidings | undefined> {
  const { caseFile } = outside;
  const { id } = cooperation;
  const mails = (await mailsOf(caseFile, id)).filter(({ notice }) => notice === 'programme-issued');
  const issued = (await standingProgrammesOf(caseFile, id)).findLast(({ issuedAt }) => issuedAt !== null);
  if (mails.length === 0 || !issued) return undefined;
  const programme = { version: issued.version, ...(await waivedOf(caseFile, cooperation, issued.hash)) };
  const isTold = (person: PersonRow) => mails.some((mail) => mail.person === person.id);
  const attachments = await programmeAttachments(outside, issued);
  return {
    tidings: (person) => (isTold(person) ? {} : { programme }),
    attachments: (person) => (isTold(person) ? [] : attachments),
    tellOthers: async () =>
      deliver(outside, {
        cooperation,
        key: programmeIssuedKey(issued.version),
        to: await unreached(outside, row, await delegationsOf(caseFile, id), isTold),
        notice: () => ({ notice: 'programme-issued', ...programme }),
        attachments,
      }),
  };
}

/** Of some people, those to whom no mail about a request was made, and who were not told otherwise. */
async function unreached(
  { caseFile }: Outside,
  { cooperation, id }: RequestRow,
  people: readonly PersonRow[],
  isTold: (person: PersonRow) => boolean = () => false,
): Promise<PersonRow[]> {
  const mails = await mailsOf(caseFile, cooperation);
  const isReached = (one: PersonRow) =>
    mails.some(({ request, person }) => request === id && person === one.id);
  return people.filter((one) => !isReached(one) && !isTold(one));
}
