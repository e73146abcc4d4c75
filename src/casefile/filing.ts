import type { Insertable } from 'kysely';
import type { Person } from '../domain/content.ts';
import { CONSULTANT } from '../domain/methodology.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import type { Plan } from '../domain/programme/plan.ts';
import { meetingTimes, zoneOf } from '../domain/programme/planOf.ts';
import { LONGEST_SESSION_HOURS, type Programme } from '../domain/programme/programme.ts';
import { hashOf } from '../evidence/chain.ts';
import { type CaseFile, json } from './database/database.ts';
import type { CaseFileTables, NewPerson } from './database/schema.ts';
import { addToRecord } from './record.ts';

/** What an answer is bound to. Keys are sorted, since a database that keeps JSON gives them back in an order of its own. */
export { hashOf };

/**
 * Files a new cooperation: its programme, people and sessions. Filing the same programme again changes nothing.
 * Returns `taken` when another programme has the id.
 */
export async function fileCooperation(
  db: CaseFile,
  programme: Programme,
  plan: Plan,
  now: string,
): Promise<'filed' | 'taken'> {
  const { id, language, call } = programme;
  return db.transaction().execute(async (tx) => {
    const filed = await tx
      .insertInto('cooperation')
      .values({
        id,
        programme: json(programme),
        plan: json(plan),
        language,
        callNumber: call.number,
        callYear: call.year,
        filedAt: now,
        closedAt: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (filed.numInsertedOrUpdatedRows === 0n) {
      const { programme: standing } = await tx
        .selectFrom('record')
        .select((row) => row.ref('data').as('programme'))
        .where('cooperation', '=', id)
        .where('key', '=', 'filed')
        .executeTakeFirstOrThrow();
      return (standing as { hash?: string }).hash === hashOf(programme) ? 'filed' : 'taken';
    }
    await tx.insertInto('person').values(peopleOf(programme)).execute();
    await tx.insertInto('meeting').values(meetingRowOf(programme)).execute();
    await tx.insertInto('session').values(sessionRowsOf(programme, plan)).execute();
    await addToRecord(tx, {
      cooperation: id,
      key: 'filed',
      at: now,
      kind: 'cooperation-filed',
      data: { hash: hashOf(programme), dated: programme.dated },
    });
    return 'filed';
  });
}

/** Everyone in a programme, with the ids that travel through Temporal: `<party>-<n>` in the file's order. */
export function peopleOf(file: Programme): NewPerson[] {
  const institutions = new Map(file.institutions.map((institution) => [institution.id, institution]));
  const counts = new Map<string, number>();
  const participants = file.participants.map((participant, position): NewPerson => {
    const institution = institutions.get(participant.institution);
    const n = (counts.get(participant.institution) ?? 0) + 1;
    counts.set(participant.institution, n);
    const colleagues = file.participants.filter((other) => other.institution === participant.institution);
    const marked = colleagues.some((other) => other.focalPoint);
    // Whoever is to be reached has to have an address.
    const first = colleagues.find((other) => other.email !== undefined);
    return {
      ...addressee(participant, file, institution?.timezone ?? 'UTC'),
      cooperation: file.id,
      id: `${participant.institution}-${n}`,
      party: participant.institution,
      role: institution?.role === 'secretariat' ? 'staff' : 'delegate',
      focalPoint: marked ? participant.focalPoint === true : participant === first,
      session: null,
      position,
    };
  });
  const guests = file.sessions.flatMap((session, s) =>
    (session.guests ?? []).map(
      (guest, g): NewPerson => ({
        ...addressee(guest, file, institutions.get(guest.invitedBy)?.timezone ?? 'UTC'),
        cooperation: file.id,
        id: `guest-${s + 1}-${g + 1}`,
        party: guest.invitedBy,
        role: 'guest',
        focalPoint: false,
        session: s + 1,
        position: 1000 * (s + 1) + g,
      }),
    ),
  );
  const { consultant } = file.systematization;
  return [...participants, ...guests, ...(consultant ? [consultantOf(consultant, file)] : [])];
}

/** The consultant as a person of the case file, whether filed with the programme or named later. */
export function consultantOf(consultant: Person, file: Programme): NewPerson {
  return {
    ...addressee(consultant, file, secretariatAmong(file.institutions).timezone),
    cooperation: file.id,
    id: `${CONSULTANT}-1`,
    party: CONSULTANT,
    role: 'consultant',
    focalPoint: true,
    session: null,
    position: 500,
  };
}

/** What a person's mail needs to know, with what the programme and the institution give where it is left out. */
export const addressee = (
  {
    name,
    post,
    email,
    language,
    timezone,
    count,
  }: Pick<Person, 'name' | 'post' | 'language' | 'timezone'> & {
    email?: string | undefined;
    count?: number | undefined;
  },
  file: Pick<Programme, 'language'>,
  zone: string,
) => ({
  name,
  post: post ?? null,
  email: email ?? null,
  count: count ?? null,
  language: language ?? file.language,
  timeZone: timezone ?? zone,
  active: true,
});

/** The coordination meeting of a programme, as it is filed. */
function meetingRowOf({ id, coordination }: Programme): Insertable<CaseFileTables['meeting']> {
  const { timezone: timeZone, hours = LONGEST_SESSION_HOURS, link = null, place = null } = coordination;
  return {
    ...{ cooperation: id, hours, timeZone, link, place, ...meetingTimes({ coordination }) },
    ...{ sequence: -1, minutes: null, attendance: null, outputs: null },
    ...{ recordedAt: null, notHeldAt: null, cancelledAt: null },
  };
}

/** Where a session meets: what it says itself, before what holds for all. A hybrid one has its place and its link. */
function whereOf(
  { link, place }: Programme['sessions'][number],
  { meeting, modality }: Programme,
): { link: string | null; place: string | null; platform: string | null } {
  const hybrid = modality === 'hybrid';
  const joined = link ?? (place && !hybrid ? undefined : meeting?.link);
  return {
    link: joined ?? null,
    place: place ?? (link && !hybrid ? null : (meeting?.place ?? null)),
    platform: place && !(hybrid && joined) ? null : (meeting?.platform ?? null),
  };
}

/** The sessions of a programme, as they are filed. */
export function sessionRowsOf(file: Programme, plan: Plan): Insertable<CaseFileTables['session']>[] {
  return file.sessions.map((session, index) => {
    const times = plan.sessions[index]?.date;
    return {
      cooperation: file.id,
      number: index + 1,
      contents: session.contents,
      hours: session.hours ?? LONGEST_SESSION_HOURS,
      startsAt: times?.startsAt ?? null,
      endsAt: times?.endsAt ?? null,
      timeZone: zoneOf(session, file),
      windowFrom: session.window?.from ?? null,
      windowTo: session.window?.to ?? null,
      ...whereOf(session, file),
      sequence: -1,
      minutes: null,
      attendance: null,
      outputs: null,
      recordedAt: null,
    };
  });
}
