import { requestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database.ts';
import { mailsOf } from '../src/casefile/mails.ts';
import { answerersOf, everyoneOf } from '../src/casefile/people.ts';
import { readRecord } from '../src/casefile/record.ts';
import type { RequestRow } from '../src/casefile/schema.ts';
import { secretariatOf } from '../src/domain/plan.ts';
import { type MailTrouble, unreachedTrouble } from '../src/domain/trouble.ts';
import type { Outside } from './context.ts';
import { cooperationOf } from './headings.ts';
import { stillOwing } from './requestNotices.ts';

/**
 * Whom the mails about a request do not reach: of each party that owes an answer, everybody, or the focal point. What the
 * Secretariat has been asked to see to is left out, as long as the addresses are the same.
 */
export async function troublesOf(outside: Outside, row: RequestRow): Promise<string[]> {
  const { caseFile } = outside;
  const { cooperation } = row;
  const { plan } = await cooperationOf(caseFile, cooperation);
  const mails = (await mailsOf(caseFile, cooperation)).filter(({ request }) => request === row.id);
  const parties = (await stillOwing(outside, row, row.parties)).filter(
    (party) => party !== secretariatOf(plan),
  );
  const found: MailTrouble[] = [];
  for (const party of parties) {
    const people = await answerersOf(caseFile, cooperation, [party]);
    const last = people.map(({ id }) => mails.findLast(({ person }) => person === id)?.state);
    const focal = people.find(({ focalPoint }, index) => focalPoint && last[index] === 'refused');
    if (!last.includes('sent') && (people.length === 0 || last.includes('refused'))) found.push({ party });
    else if (focal) found.push({ party, person: focal.id });
  }
  if (found.length === 0) return [];
  const troubles = (await requestsOf(caseFile, cooperation)).filter(({ trouble }) => trouble !== null);
  const changes = await changedSince(caseFile, cooperation);
  // Once an address was corrected, or somebody else came, it is another trouble.
  return found
    .filter(
      (one) =>
        !troubles.some(
          ({ trouble, lapse, openedAt }) =>
            trouble === unreachedTrouble(one) && lapse === null && !changes(one, openedAt),
        ),
    )
    .map(unreachedTrouble);
}

/** Whether people of a party were changed since an instant. */
async function changedSince(db: CaseFile, cooperation: string) {
  const people = await everyoneOf(db, cooperation);
  const partyOf = (id: unknown) => people.find((one) => one.id === id)?.party;
  const changes = (await readRecord(db, cooperation)).filter(
    ({ kind }) => kind === 'person-corrected' || kind === 'person-replaced',
  );
  return ({ party }: MailTrouble, since: string): boolean =>
    changes.some(
      ({ at, person, data }) =>
        Date.parse(at) > Date.parse(since) && (partyOf(person) ?? partyOf(data.person)) === party,
    );
}
