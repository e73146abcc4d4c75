import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { enterChange, makeChange, toldOf, tryChange } from '../../../src/casefile/changes/index.ts';
import type { CaseFile } from '../../../src/casefile/database/database.ts';
import type { RequestRow } from '../../../src/casefile/database/schema.ts';
import { fileCooperation } from '../../../src/casefile/filing.ts';
import { prepareMail } from '../../../src/casefile/mails/mails.ts';
import { nextProgrammeVersion, noteIssued } from '../../../src/casefile/programmes.ts';
import { readRecord } from '../../../src/casefile/record.ts';
import { enterRequest, recordAnswer } from '../../../src/casefile/requests.ts';
import { nextSequence } from '../../../src/casefile/sessions.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import { type Change, type GivenChange, givenChange } from '../../../src/domain/change.ts';
import { hoursAfter } from '../../../src/domain/dates/dates.ts';
import type { RequestKind } from '../../../src/domain/kinds/index.ts';
import type { Telling } from '../../../src/domain/mails/notice.ts';
import { planOf } from '../../../src/domain/programme/planOf.ts';
import type { Programme } from '../../../src/domain/programme/programme.ts';
import { refusalLine } from '../../../src/domain/refusalLine.ts';
import { testCaseFile } from '../../support/database.ts';
import { example } from '../../support/programme.ts';

/**
 * A cooperation in a case file of its own, for the tests of what changes in it. Each change is first tried, which may
 * leave no trace; then made, which has to come to what was tried; then made again, which may change nothing.
 */

/** Thursday: 12:00 in Lima and Washington, 13:00 in Santiago. */
export const NOW = '2021-07-01T17:00:00.000Z';
export const LATER = '2021-07-01T18:30:00.000Z';
export const HASH = 'a'.repeat(64);

let db: CaseFile;
let drop: () => Promise<void>;
let id: string;
let filed = 0;

let isWritten = false;

/**
 * One case file for all tests of a file, a cooperation each. Call it at the top.
 * @param written everybody has had their first mail
 */
export function setting({ written = false }: { written?: boolean } = {}): void {
  isWritten = written;
  beforeAll(async () => {
    ({ caseFile: db, drop } = await testCaseFile());
  });
  afterAll(() => drop());
  beforeEach(() => file());
}

export const the = () => ({ db, id });

/** Files the example under a code of its own, with something changed in it. */
export async function file(change: (programme: Programme) => void = () => {}): Promise<Programme> {
  const programme = { ...structuredClone(example()), id: `test-${++filed}` };
  change(programme);
  id = programme.id;
  await fileCooperation(db, programme, planOf(programme), '2021-06-01T15:00:00.000Z');
  const people = await db.selectFrom('person').select('id').where('cooperation', '=', id).execute();
  for (const person of isWritten ? people : []) await written(person.id);
  return programme;
}

/** Somebody has had a mail. */
export async function written(person: string): Promise<void> {
  await prepareMail(db, { ...mailTo(person), key: `${id}|${FIRST}|${person}`, notice: FIRST, request: null });
  await db.updateTable('mail').set({ state: 'sent' }).where('key', '=', `${id}|${FIRST}|${person}`).execute();
}
const FIRST = 'convocation';

/** The programme's first version is approved and sent. */
export async function issued(scope = 'coordination', sent = true): Promise<void> {
  const cause = { cause: `${scope}.1`, approvedIn: scope };
  const version = await nextProgrammeVersion(db, id, cause, async () => ({
    madeAt: '2021-06-20T15:00:00.000Z',
    hash: HASH,
    pdfSha256: HASH,
    pdfName: 'programa.pdf',
    docxSha256: HASH,
    docxName: 'programa.docx',
    printed: null,
    differences: [],
  }));
  if (sent) await noteIssued(db, id, version.version, '2021-06-25T15:00:00.000Z');
}

/** Everyone has been invited to a session on this date. */
export async function invited(session: number, startsAt = '2021-07-14T15:00:00.000Z'): Promise<void> {
  await db
    .updateTable('session')
    .set({ startsAt, endsAt: hoursAfter(startsAt, 2.5) })
    .where('cooperation', '=', id)
    .where('number', '=', session)
    .execute();
  await nextSequence(db, id, session, `session-${session}.1`);
}

/** Somebody is asked: due on Friday 9 July, 18:00 in Lima. */
export async function asked(
  request: string,
  of: string[],
  more: Partial<Pick<RequestRow, 'dueAt' | 'item' | 'openedAt'>> = {},
): Promise<void> {
  const [, kind = '', round = ''] = /^[^/]+\/([a-z-]+?)(?:-\d+)?\.(\d+)$/.exec(request) ?? [];
  const session = /^session-(\d+)/.exec(request)?.[1];
  await enterRequest(db, {
    cooperation: id,
    id: request,
    kind: kind as RequestKind,
    round: Number(round),
    item: session ? Number(session) : null,
    parties: of,
    subject: { ref: 'subject', hash: HASH },
    trouble: null,
    openedAt: '2021-06-28T15:00:00.000Z',
    dueAt: '2021-07-09T23:00:00.000Z',
    reminders: ['2021-07-07T14:00:00.000Z', '2021-07-09T14:00:00.000Z'],
    ...more,
  });
}

export const approves = (request: string, by: string, at = NOW) =>
  answers(request, by, { decision: 'approve' }, at);

export const answers = (
  request: string,
  by: string,
  answer: { decision: string } & Record<string, unknown>,
  at = NOW,
) =>
  recordAnswer(
    db,
    id,
    { request, subject: HASH, party: by.replace(/-\d+$/, ''), by, ...answer } as unknown as Answer,
    at,
  );

/** A mail that could not be sent yet. */
export async function pending(request: string | null, person: string): Promise<void> {
  await prepareMail(db, {
    ...mailTo(person),
    ...{ key: `${id}|${request}|${person}`, notice: 'request', request },
  });
}

const mailTo = (person: string) => ({
  cooperation: id,
  person,
  address: `${person}@example.org`,
  subject: 'Asunto',
  messageId: `<${person}@rial.example>`,
  sha256: HASH,
  preparedAt: NOW,
});

/** Of the mails after the first. */
export const mailStates = async (): Promise<string[]> =>
  (await db.selectFrom('mail').selectAll().where('cooperation', '=', id).orderBy('key').execute())
    .filter(({ notice }) => notice !== FIRST)
    .map(({ request, person, state }) => `${request} ${person} ${state}`);

const REASON = 'La delegación lo pidió por escrito.';
export type How = { by?: string; at?: string; reason?: string; seen?: number };
const givenOf = (what: Change, { by, reason = REASON, seen }: How): GivenChange =>
  givenChange.parse({ what, reason, seen, ...(by && { by }) });

/** Everything that the case file holds, and the last number that its record took. */
async function everything(): Promise<Record<string, unknown[]>> {
  const tables = [
    'cooperation',
    'person',
    'meeting',
    'session',
    'slotProposal',
    'programmeVersion',
    'request',
    'change',
    'handOver',
    'absence',
    'invitation',
    'answer',
    'question',
    'mail',
    'record',
  ] as const;
  const rows = await Promise.all(
    tables.map(async (table) => [
      table,
      // In whatever order the rows lie on the disk.
      (
        await (table === 'cooperation'
          ? db.selectFrom(table).selectAll().where('id', '=', id)
          : db.selectFrom(table).selectAll().where('cooperation', '=', id)
        ).execute()
      )
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
  const counted = await sql<{ last: string }>`select last_value as last from record_seq_seq`.execute(db);
  return { ...Object.fromEntries(rows), sequences: counted.rows };
}

const withoutChange = ({ change: _, ...rest }: Record<string, unknown[]>) => rest;

/** A change that cannot be made, however it is asked for: it leaves nothing. Returns the refusal as `code: message`. */
export async function refused(what: Change, how: How = {}): Promise<string> {
  const before = await everything();
  const tried = await tryChange(db, id, givenOf(what, how), how.at ?? NOW);
  if (!('refusal' in tried)) throw new Error(`the change can be made: ${tried.told.length} are told`);
  expect(await everything()).toEqual(before);
  const number = await enterChange(db, id, givenOf(what, how), NOW);
  const made = await makeChange(db, id, number, how.at ?? NOW);
  expect(made).toEqual({ refusal: tried.refusal });
  const after = await everything();
  expect(withoutChange(after)).toEqual(withoutChange(before));
  expect(after.change?.length).toBe((before.change?.length ?? 0) + 1);
  expectNoNames(JSON.stringify(made));
  return refusalLine(tried.refusal);
}

/** A change as it is made. `told` is one line a mail. */
export async function made(what: Change, how: How = {}) {
  const at = how.at ?? NOW;
  const given = givenOf(what, how);
  const before = await everything();
  const recorded = await readRecord(db, id);
  const tried = await tryChange(db, id, given, at);
  if ('refusal' in tried) throw new Error(refusalLine(tried.refusal));
  expect(await everything()).toEqual(before);

  const number = await enterChange(db, id, given, NOW);
  expect(await enterChange(db, id, given, LATER)).toBe(number);
  const effects = await makeChange(db, id, number, at);
  if (effects.refusal) throw new Error(refusalLine(effects.refusal));
  const row = await db
    .selectFrom('change')
    .selectAll()
    .where('cooperation', '=', id)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ kind: what.change, madeAt: at, askedAt: NOW });
  const { warnings: _warned, follows: _following, differences: _differing, ...foreseen } = tried;
  // What was shown beforehand is what is told.
  expect({
    told: await toldOf(db, id, row.told),
    programmeChanges: row.programmeChanges,
    approval: effects.approval === true,
  }).toEqual(foreseen);
  expect(effects.tells).toBe(row.told.length > 0 || row.programmeChanges.length > 0);
  expectNoNames(JSON.stringify(effects));

  const after = await everything();
  expect(await makeChange(db, id, number, '2021-07-02T12:00:00.000Z')).toEqual(effects);
  expect(await everything()).toEqual(after);
  const record = await readRecord(db, id);
  expect(record.slice(0, recorded.length)).toEqual(recorded);
  const entries = record.slice(recorded.length);
  expect(entries.length).toBeGreaterThan(0);
  expectNoNames(JSON.stringify(entries));
  const { tells: _, ...rest } = effects;
  return {
    number,
    effects: rest,
    told: row.told.map(line),
    programmeChanges: row.programmeChanges,
    recorded: entries.map(({ kind }) => kind),
    entries,
  };
}

/** The order in which a line tells what a database gives back in any. */
const TOLD_IN_ORDER =
  'notice document released request session sequence method kind how party undone guests who absent by replaces from to standIn over previousDueAt previousStartsAt'.split(
    ' ',
  );

/** `chl-mtps-1 request documents/send-documents.1 handed-over chl-mtps-2`. */
const line = ({ person, about }: Telling): string => {
  const known: Record<string, unknown> = about;
  expect(Object.keys(known).filter((key) => !TOLD_IN_ORDER.includes(key))).toEqual([]);
  return [person, ...TOLD_IN_ORDER.flatMap((key) => (key in known ? [String(known[key])] : []))].join(' ');
};

export const lines = (people: readonly string[], rest: string): string[] =>
  people.map((person) => `${person} ${rest}`);

export const CHILE = ['chl-mtps-1', 'chl-mtps-2', 'chl-mtps-3', 'chl-mtps-4'];
export const PERU = ['per-mtpe-1', 'per-mtpe-2', 'per-mtpe-3', 'per-mtpe-4', 'per-mtpe-5'];
export const OAS = ['oas-1', 'oas-2'];
/** In the programme's order. */
export const DELEGATIONS = [...CHILE, ...PERU, ...OAS];

const NAMES = example()
  .participants.flatMap(({ name, email = name }) => [name, email])
  .concat('Nueva Persona', 'nueva@');
/** What goes through Temporal, or stays in the record for good, names nobody. */
function expectNoNames(text: string): void {
  expect(NAMES.filter((name) => text.includes(name))).toEqual([]);
}
