import { secretariatOf } from '../../domain/programme/plan.ts';
import { type MailTrouble, unreachedTrouble } from '../../domain/trouble.ts';
import { findCooperation, requestsOf } from '../cooperations.ts';
import type { CaseFile } from '../database/database.ts';
import type { RequestRow } from '../database/schema.ts';
import { answerersOf, everyoneOf } from '../people.ts';
import { readRecord } from '../record.ts';
import { answersTo, owingOf } from '../requests.ts';
import { mailsOf } from './mails.ts';

/**
 * Whom the mails about a request do not reach: of each party that owes an answer, everybody, or the focal point. What the
 * Secretariat has been asked to see to is left out, as long as the addresses are the same.
 */
export async function mailTroublesOf(db: CaseFile, row: RequestRow): Promise<string[]> {
  const { cooperation } = row;
  const found = await unreachedOf(db, row);
  if (found.length === 0) return [];
  const troubles = (await requestsOf(db, cooperation)).filter(({ trouble }) => trouble !== null);
  const changes = await changedSince(db, cooperation);
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

async function unreachedOf(db: CaseFile, row: RequestRow): Promise<MailTrouble[]> {
  const { cooperation, closedAt } = row;
  const plan = (await findCooperation(db, cooperation))?.plan;
  if (closedAt || !plan) return [];
  const mails = (await mailsOf(db, cooperation)).filter(({ request }) => request === row.id);
  const owing = owingOf(row, await answersTo(db, cooperation, row.id));
  const found: MailTrouble[] = [];
  for (const party of owing.filter((code) => code !== secretariatOf(plan))) {
    const people = await answerersOf(db, cooperation, [party]);
    const last = people.map(({ id }) => mails.findLast(({ person }) => person === id)?.state);
    const focal = people.find(({ focalPoint }, index) => focalPoint && last[index] === 'refused');
    if (!last.includes('sent') && (people.length === 0 || last.includes('refused'))) found.push({ party });
    else if (focal) found.push({ party, person: focal.id });
  }
  return found;
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
