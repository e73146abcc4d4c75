import type { ChangeOf, ProgrammeChange } from '../../domain/change.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import { CONSULTANT } from '../../domain/methodology.ts';
import type { Plan } from '../../domain/programme/plan.ts';
import { planOf } from '../../domain/programme/planOf.ts';
import type { Programme } from '../../domain/programme/programme.ts';
import { checkCorrectedFile } from '../../domain/programme/programmeFile.ts';
import { type FixedPart, refused } from '../../domain/refusal.ts';
import { programmeStands } from '../approval.ts';
import { openRequestsOf } from '../cooperations.ts';
import { json } from '../database/database.ts';
import type { NewPerson } from '../database/schema.ts';
import { consultantOf, hashOf, peopleOf } from '../filing.ts';
import { everyoneOf } from '../people.ts';
import { revisePlannedContents } from '../sessions.ts';
import { heedClosedDays } from './closing.ts';
import { freeAddress } from './comings.ts';
import {
  type ChangeOutcome,
  entryOf,
  inProgramme,
  invitedAhead,
  inviting,
  type Making,
  personIn,
  telling,
} from './making.ts';
import { conveningSome } from './meeting.ts';
import { askNewcomers } from './requests.ts';

/** A corrected programme file: texts, contents, deadlines, closed days, a consultant, and further institutions with their people. */
export async function amend(
  making: Making,
  { programme: source }: ChangeOf<'amend'>,
): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const standing = cooperation.programme;
  const file = read(source);
  if (hashOf(file) === hashOf(standing)) return refused({ code: 'ProgrammeSame' });
  refuseOther(standing, file);

  const added = new Set(
    file.institutions.map(({ id }) => id).filter((id) => !standing.institutions.some((one) => one.id === id)),
  );
  const people = [...(await peopleAdded(making, file, added)), ...(await consultantAdded(making, file))];
  await revisePlannedContents(tx, cooperation.id, file);
  // The sessions are as they stand, which is not always as they were filed.
  const plan: Plan = { ...planOf(file), sessions: cooperation.plan.sessions };
  await tx
    .updateTable('cooperation')
    .set({ plan: json(plan) })
    .where('id', '=', cooperation.id)
    .execute();
  if (people.length > 0) await tx.insertInto('person').values(people).execute();

  const changes = changesIn(standing, file);
  const joining = people.filter(({ role }) => role !== 'consultant').map(({ id }) => id);
  const welcomed = await welcome(making, joining);
  const asked = await askNewcomers(making, plan);
  const closing = await heedClosedDays(making, plan);
  // New contents are sent for approval; a version that does not need it goes to the delegations at once.
  const contents =
    // Of two languages, what is rewritten is translated, vouched for and approved.
    (changes.includes('contents') || (file.translation !== undefined && changes.includes('texts'))) &&
    (await programmeStands(making.tx, making.cooperation.id)) === 'issued';
  const revised = await inProgramme(making, contents ? [] : changes, { except: joining });
  const approval = contents || revised.effects.approval === true;
  return {
    effects: { plan, approval },
    told: [...welcomed, ...asked.told, ...closing.told, ...revised.told],
    programmeChanges: revised.programmeChanges,
    entries: [
      entryOf(making, 'programme-amended', {
        changes,
        approval,
        ...(added.size > 0 && { institutions: [...added] }),
        ...(asked.requests.length > 0 && { requests: asked.requests }),
        ...(closing.moved.length > 0 && { due: closing.moved }),
        ...(people.length > 0 && { people: people.map(({ id }) => id) }),
      }),
    ],
  };
}

/** Mistakes are told by their places alone: what is written there may be somebody's name or address. */
function read(source: string): Programme {
  const checked = checkCorrectedFile(source);
  if ('programme' in checked) return checked.programme;
  const { mistakes } = checked;
  return refused({
    code: 'CorrectionMistaken',
    places: mistakes.slice(0, 3).map(({ line, path }) => ({ path, line })),
    count: mistakes.length,
  });
}

/** What a corrected file has to leave as it is, since it is changed another way. @throws Refused `NotAmendable` */
function refuseOther(standing: Programme, file: Programme): void {
  const keep = (
    before: unknown,
    after: unknown,
    part: FixedPart,
    where: { session?: number; party?: string; id?: string } = {},
  ) => {
    if (hashOf([before]) !== hashOf([after])) refused({ code: 'NotAmendable', part, ...where });
  };
  for (const key of [
    'id',
    'language',
    'modality',
    'call',
    'coordination',
    'meeting',
    'followUp',
    'translation',
  ] as const)
    keep(standing[key], file[key], key, key === 'id' ? { id: file.id } : {});

  keep(standing.sessions.length, file.sessions.length, 'sessions');
  standing.sessions.forEach((session, index) => {
    const { contents: _, guests, ...rest } = session;
    const { contents: __, guests: guestsNow, ...restNow } = file.sessions[index] as typeof session;
    keep(rest, restNow, 'session', { session: index + 1 });
    keep(guests ?? [], guestsNow ?? [], 'guests', { session: index + 1 });
  });

  for (const institution of standing.institutions) {
    const { id: party } = institution;
    const of = ({ participants }: Programme) => participants.filter((one) => one.institution === party);
    const now = file.institutions.find((one) => one.id === party);
    keep({ ...institution, closedDays: [] }, now && { ...now, closedDays: [] }, 'institution', { party });
    keep(of(standing), of(file), 'participants', { party });
  }
  const known = (ids: readonly string[]) =>
    ids.filter((id) => standing.institutions.some((one) => one.id === id));
  const { finalReport: now } = file;
  const report = { ...now, drafts: known(now.drafts), complements: known(now.complements) };
  keep(standing.finalReport, report, 'finalReport');
  const { consultant } = standing.systematization;
  if (consultant) keep(consultant, file.systematization.consultant, 'consultant');
}

/** The people of further institutions, after those there are. */
async function peopleAdded(
  making: Making,
  file: Programme,
  institutions: ReadonlySet<string>,
): Promise<NewPerson[]> {
  const { tx, cooperation } = making;
  const people = peopleOf(file).filter(({ role, party }) => role !== 'guest' && institutions.has(party));
  for (const person of people) await freeAddress(making, person);
  const last = Math.max(
    ...(await everyoneOf(tx, cooperation.id))
      .filter(({ role }) => role === 'delegate' || role === 'staff')
      .map(({ position }) => position),
  );
  return people.map((person, index) => ({ ...person, position: last + 1 + index }));
}

/** The consultant, where the file names one and nobody did before. */
async function consultantAdded(making: Making, file: Programme): Promise<NewPerson[]> {
  const { tx, cooperation } = making;
  const { consultant } = file.systematization;
  if (!consultant || cooperation.programme.systematization.consultant) return [];
  const active = (await everyoneOf(tx, cooperation.id)).find(
    (one) => one.role === 'consultant' && one.active,
  );
  if (active) {
    if (active.name === consultant.name && active.email?.toLowerCase() === consultant.email.toLowerCase())
      return [];
    return refused({ code: 'ConsultantNamed', person: active.id });
  }
  const asked = (await openRequestsOf(tx, cooperation.id)).find(({ kind }) => kind === 'name-consultant');
  if (asked) return refused({ code: 'ConsultantAsked', request: asked.id });
  await freeAddress(making, { ...consultant, party: CONSULTANT });
  return [consultantOf(consultant, file)];
}

/** What the corrected programme differs in, as those who read it see it. */
function changesIn(standing: Programme, file: Programme): ProgrammeChange[] {
  const texts = ({ title, frame, subject, dated }: Programme) => hashOf([title, frame, subject, dated]);
  const contents = ({ description, objectives, methodology, contents, sessions }: Programme) =>
    hashOf([description, objectives, methodology, contents, sessions.map((session) => session.contents)]);
  const changes: ProgrammeChange[] = [];
  if (texts(standing) !== texts(file)) changes.push('texts');
  if (contents(standing) !== contents(file)) changes.push('contents');
  if (standing.institutions.length !== file.institutions.length) changes.push('institutions');
  if (!standing.systematization.consultant && file.systematization.consultant) changes.push('consultant');
  return changes;
}

/** What the people of a new institution come into, with the sessions that the others have been invited to. */
async function welcome(making: Making, ids: readonly string[]): Promise<Telling[]> {
  const people = await Promise.all(ids.map((id) => personIn(making, id)));
  const told = [...telling(people, { notice: 'joined' }), ...(await conveningSome(making, people, 'new'))];
  for (const session of await invitedAhead(making))
    told.push(...(await inviting(making, session, people, { method: 'REQUEST', kind: 'new' })));
  return told;
}
