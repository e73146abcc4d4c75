import type { CaseFile } from '../src/casefile/database/database.ts';
import type { CooperationRow, PersonRow } from '../src/casefile/database/schema.ts';
import { hasMails } from '../src/casefile/mails/mails.ts';
import { everyoneOf } from '../src/casefile/people.ts';
import { rowsOf } from '../src/casefile/rows.ts';
import { caseHeadOf } from '../src/casefile/view.ts';
import type { NoticeKind } from '../src/domain/mails/notice.ts';
import type { Introduction } from '../src/mail/notice.ts';
import { namedPartyOf } from './headings.ts';

/** What a first mail says of the cooperation, from the case file as it stands. */

export async function introductionOf(
  db: CaseFile,
  { id, programme }: CooperationRow,
): Promise<(person: PersonRow) => Introduction> {
  const people = (await everyoneOf(db, id)).filter(({ active }) => active);
  const rows = await rowsOf(db, id);
  const steps = rows ? caseHeadOf(rows).steps : [];
  const { objectives, institutions } = programme;
  const facts = {
    objectives: objectives.items.map(({ title, text }) => ({ title, text })),
    delegations: institutions.map(({ id: party }) => ({
      institution: namedPartyOf(programme, party),
      people: people
        .filter((one) => one.party === party && (one.role === 'delegate' || one.role === 'staff'))
        .map(({ name, post }) => ({ name, post })),
    })),
    current: steps.filter(({ state }) => state === 'current').map(({ step }) => step),
  };
  return ({ role }) => ({ who: WHO[role], ...facts });
}

const WHO = {
  ...{ delegate: 'ministry', staff: 'secretariat', consultant: 'consultant' },
  ...{ observer: 'observer', guest: 'guest' },
} as const satisfies Record<PersonRow['role'], Introduction['who']>;

/** The notices by which somebody may first hear of a cooperation; one that convenes introduces it by itself. */
const FIRST_HEARD: readonly NoticeKind[] = ['joined', 'invitation', 'request', 'programme-issued'];

/** What introduces the cooperation in a mail, where it is the first that does. The Secretariat knows what it began. */
export async function introductionIn(
  db: CaseFile,
  cooperation: CooperationRow,
  person: PersonRow,
  notice: NoticeKind,
): Promise<Introduction | undefined> {
  if (!FIRST_HEARD.includes(notice) || (person.role === 'staff' && notice !== 'joined')) return undefined;
  if (await hasMails(db, cooperation.id, person.id, [...FIRST_HEARD, 'convocation'])) return undefined;
  return (await introductionOf(db, cooperation))(person);
}
