import { requestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database/database.ts';
import type { CooperationRow } from '../src/casefile/database/schema.ts';
import { documentsOf } from '../src/casefile/documents.ts';
import { meetingOf } from '../src/casefile/meetings.ts';
import { everyoneOf } from '../src/casefile/people.ts';
import { programmesOf } from '../src/casefile/programmes.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import { answersTo } from '../src/casefile/requests.ts';
import { commitmentsOf } from '../src/casefile/results/commitments.ts';
import { reportedOf } from '../src/casefile/results/reportData.ts';
import { sessionsOf } from '../src/casefile/sessions.ts';
import { dateIn } from '../src/domain/dates/dates.ts';
import { isExchanged, isHad } from '../src/domain/document.ts';
import { kinds } from '../src/domain/kinds/index.ts';
import { secretariatAmong } from '../src/domain/people/party.ts';
import { standingCommitments } from '../src/domain/results/commitments.ts';
import type { Approval } from '../src/publications/signatures.ts';
import type { StartingInput } from '../src/publications/startingDocument.ts';
import { sessionHeading } from './headings.ts';

/** The cooperation as its publications print it: the programme, its sessions and people as they stand. */
export async function programmeStandingOf(db: CaseFile, { id, programme }: CooperationRow) {
  const people = (await everyoneOf(db, id)).filter(({ active }) => active);
  const named = <T extends { name: string; post: string | null }>({ name, post }: T) => ({
    name,
    ...(post && { post }),
  });
  const consultant = people.find(({ role }) => role === 'consultant');
  const held = (await sessionsOf(db, id)).filter(({ cancelledAt }) => cancelledAt === null);
  const sessions = held.map((session) => ({
    ...sessionHeading(session),
    ...(session.minutes && { minutes: session.minutes }),
    ...(session.attendance && { attendance: session.attendance }),
    ...(session.outputs && { outputs: session.outputs }),
    guests: people
      .filter((person) => person.role === 'guest' && person.session === session.number)
      .map((guest) => ({
        ...named(guest),
        ...(guest.count !== null && { count: guest.count }),
        invitedBy: guest.party,
      })),
  }));
  const { startsAt, timeZone, minutes, cancelledAt } = await meetingOf(db, id);
  return {
    programme,
    ...(!cancelledAt && { meeting: { startsAt, timeZone, ...(minutes && { minutes }) } }),
    sessions,
    people: people
      .filter(({ role }) => role === 'delegate' || role === 'staff')
      .map((person) => ({ institution: person.party, ...named(person) })),
    ...(consultant && { consultant: named(consultant) }),
  };
}

/** The same with what was exchanged: what a sheet or a report is begun with. */
export async function exchangeStandingOf(db: CaseFile, cooperation: CooperationRow): Promise<StartingInput> {
  const { id, programme } = cooperation;
  const zone = secretariatAmong(programme.institutions).timezone;
  const people = await everyoneOf(db, id);
  // The newest version of each document, in the order in which they came.
  const documents = new Map<string, StartingInput['documents'][number]>();
  for (const entry of await documentsOf(db, id)) {
    const { document, title, party, version, at, session, link } = entry;
    if (isExchanged(entry) && isHad(entry))
      documents.set(document, {
        ...{ title, party, version, on: dateIn(at, zone) },
        ...(session !== undefined && { session }),
        ...(link && { link }),
      });
  }
  const reported = (await reportedOf(db, [id]))(id);
  return {
    ...(await programmeStandingOf(db, cooperation)),
    ...reported,
    documents: [...documents.values()],
    commitments: standingCommitments(await commitmentsOf(db, id)).map(({ what, party, person, due }) => {
      const name = person === null ? undefined : people.find((one) => one.id === person)?.name;
      return { what, party, due, ...(name !== undefined && { name }) };
    }),
    questions: (await questionsOf(db, id)).map(({ fromParty, toParty, text, answer }) => ({
      ...{ from: fromParty, to: toParty, text },
      ...(answer !== null && { answer }),
    })),
    approvals: await approvalsOf(db, cooperation),
  };
}

/** Which version of the programme and of the sheet each ministry approved last, by whom and when on its clock. */
export async function approvalsOf(db: CaseFile, { id, programme }: CooperationRow): Promise<Approval[]> {
  const [requests, answers, programmes, documents, people] = [
    await requestsOf(db, id),
    await answersTo(db, id),
    await programmesOf(db, id),
    await documentsOf(db, id),
    await everyoneOf(db, id),
  ];
  const found = new Map<string, Approval>();
  for (const { request, party, by, decision, at } of answers) {
    const asked = requests.find((one) => one.id === request);
    if (!asked || decision !== 'approve') continue;
    const { about: paper } = kinds[asked.kind];
    if (paper !== 'programme' && paper !== 'sheet') continue;
    const version =
      paper === 'programme'
        ? programmes.find(({ hash }) => hash === asked.subjectHash)?.version
        : documents.find(({ sha256, kind }) => kind === 'sheet' && sha256 === asked.subjectHash)?.version;
    const zone = programme.institutions.find((one) => one.id === party)?.timezone;
    const name = people.find((one) => one.id === by)?.name;
    if (version === undefined || zone === undefined || name === undefined) continue;
    found.delete(`${paper} ${party}`);
    found.set(`${paper} ${party}`, { paper, version, party, name, on: dateIn(at, zone) });
  }
  return [...found.values()];
}
