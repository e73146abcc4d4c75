import type { ChangeOf } from '../../domain/change.ts';
import { isExchanged, isHad, stands, wasPublished } from '../../domain/document.ts';
import { documentVersionId } from '../../domain/ids.ts';
import { refused } from '../../domain/refusal.ts';
import { json } from '../database/database.ts';
import type { Withholding } from '../database/schema.ts';
import { type DocumentEntry, documentsOf } from '../documents.ts';
import { newsOf } from '../mails/news.ts';
import { delegationsOf, participantsOf } from '../people.ts';
import { readRecord } from '../record.ts';
import { type ChangeOutcome, entryOf, type Makers, type Making, telling } from './making.ts';

/** Changes of a document: a version that was sent by mistake is withheld, and can be had again. */

async function withhold(making: Making, { document }: ChangeOf<'withhold'>): Promise<ChangeOutcome> {
  const { at, by, number } = making;
  const { version, all } = await versionIn(making, document);
  if (!isHad(version)) return refused({ code: 'AlreadyWithheld', document });
  const published = wasPublished(version, await recordIn(making));
  if (published ? !isStaffs(making) : stands(version, all))
    return refused({ code: 'DocumentStands', document });
  return marked(making, version, { at, by: by?.id ?? null, change: number });
}

async function release(making: Making, { document }: ChangeOf<'release'>): Promise<ChangeOutcome> {
  const { version } = await versionIn(making, document);
  if (isHad(version)) return refused({ code: 'NotWithheld', document });
  return marked(making, version, null);
}

/** Marks a version, and tells those who know of it, but not whoever does it. */
async function marked(
  making: Making,
  version: DocumentEntry,
  withheld: Withholding | null,
): Promise<ChangeOutcome> {
  const { tx, cooperation, by } = making;
  const document = documentVersionId(version);
  await tx
    .updateTable('documentVersion')
    .set({ withheld: withheld && json(withheld) })
    .where('cooperation', '=', cooperation.id)
    .where('document', '=', version.document)
    .where('version', '=', version.version)
    .execute();
  const people = wasPublished(version, await recordIn(making))
    ? await participantsOf(tx, cooperation.id)
    : (await isKnown(making, version, document))
      ? await delegationsOf(tx, cooperation.id)
      : [];
  return {
    told: telling(
      people.filter(({ id }) => id !== by?.id),
      { notice: 'document-withheld', document, released: withheld === null },
    ),
    programmeChanges: [],
    entries: [entryOf(making, withheld ? 'document-withheld' : 'document-released', { document })],
  };
}

/** Whether the delegations have heard of it: what is exchanged is among the news, or is about to be. */
const isKnown = async (
  { tx, cooperation }: Making,
  version: DocumentEntry,
  document: string,
): Promise<boolean> =>
  !isExchanged(version) ||
  (await newsOf(tx, cooperation.id)).some(({ documents }) => documents.includes(document));

const recordIn = ({ tx, cooperation }: Making) => readRecord(tx, cooperation.id);

/** What both ministries approved, the Secretariat alone takes out. */
const isStaffs = ({ by }: Making): boolean => by === undefined || by.role === 'staff';

/** @throws Refused `DocumentUnknown` */
async function versionIn({ tx, cooperation }: Making, document: string) {
  const all = await documentsOf(tx, cooperation.id);
  const version = all.find((one) => documentVersionId(one) === document);
  if (!version) return refused({ code: 'DocumentUnknown', documents: [document] });
  return { version, all };
}

export const documentChanges = { withhold, release } satisfies Partial<Makers>;
