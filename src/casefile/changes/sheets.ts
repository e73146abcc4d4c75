import type { ChangeOf } from '../../domain/change.ts';
import { sheetScopeId } from '../../domain/ids.ts';
import { kinds } from '../../domain/kinds/index.ts';
import { refused } from '../../domain/refusal.ts';
import { scopeOf } from '../../domain/request.ts';
import { requestsOf } from '../cooperations.ts';
import type { PersonRow } from '../database/schema.ts';
import { documentsOf } from '../documents.ts';
import { answerersOf } from '../people.ts';
import type { Entry } from '../record.ts';
import { lapse } from '../requests.ts';
import { sheetCorrectionsOf, standingSheet } from '../results/sheets.ts';
import { refuseOver } from './cooperation.ts';
import {
  addresseesOf,
  type ChangeOutcome,
  entryOf,
  type Makers,
  type Making,
  secretariatIn,
  telling,
} from './making.ts';

/** A corrected sheet is asked for, in the place of the one that was published: whether that was withdrawn or not. */
async function correctSheet(making: Making, _what: ChangeOf<'correct-sheet'>): Promise<ChangeOutcome> {
  const { tx, cooperation, number } = making;
  if (cooperation.cancelledAt !== null) refuseOver(cooperation);
  const sheet = await standingSheet(tx, cooperation.id);
  if (!sheet) return refused({ code: 'SheetUnpublished' });
  const [asked] = await sheetCorrectionsOf(tx, cooperation);
  if (asked) return refused({ code: 'SheetAsked', change: asked.change });
  const versions = await documentsOf(tx, cooperation.id, ['sheet']);
  const published = versions.find(
    ({ version, sha256 }) => version === sheet.version && sha256 === sheet.sha256,
  );
  const version = (versions.at(-1)?.version ?? sheet.version) + 1;
  const drafter = await drafterIn(making, published?.party);
  return {
    effects: { sheet: { change: number, version, drafter } },
    told: [],
    programmeChanges: [],
    entries: [entryOf(making, 'sheet-correction-asked', { version: sheet.version })],
  };
}

/** Whoever handed in the sheet writes it anew; the Secretariat where nobody of them is there any more. */
async function drafterIn(making: Making, party: string | undefined): Promise<string> {
  const there = await answerersOf(making.tx, making.cooperation.id, party === undefined ? [] : [party]);
  return there[0]?.party ?? secretariatIn(making).code;
}

/**
 * The corrected sheet is not wanted any more, whether it is being written or reviewed: what is published stays, and what was
 * withdrawn stays withdrawn. Those who are asked, and whoever writes it, are told.
 */
async function cancelCorrection(
  making: Making,
  _what: ChangeOf<'cancel-sheet-correction'>,
): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  if (cooperation.cancelledAt !== null) refuseOver(cooperation);
  const [asked] = await sheetCorrectionsOf(tx, cooperation);
  const requests = (await requestsOf(tx, cooperation.id)).filter(
    (row) => asked && scopeOf(row) === sheetScopeId(asked.change),
  );
  const isApproved = requests.some(
    ({ kind, outcome, lapse }) => lapse === null && outcome === kinds[kind].ends,
  );
  if (!asked || isApproved) return refused({ code: 'SheetNotAsked' });
  const open = requests.filter(({ closedAt }) => closedAt === null);
  const writers = requests.filter(({ kind }) => kinds[kind].brings === 'sheet');
  const people = new Map<string, PersonRow>();
  const entries: Entry[] = [];
  for (const row of [...open, ...writers.slice(-1)]) {
    const addressed = await addresseesOf(making, row, row.parties);
    for (const person of addressed.people) people.set(person.id, person);
    entries.push(...addressed.entries);
  }
  const lapsed = open.map(({ id }) => id);
  return {
    effects: { cancelledSheet: asked.change },
    told: telling([...people.values()], { notice: 'sheet-correction-cancelled' }),
    programmeChanges: [],
    entries: [
      ...entries,
      ...(await lapse(tx, cooperation.id, lapsed, 'superseded', at)),
      entryOf(making, 'sheet-correction-cancelled', { asked: asked.change }),
    ],
  };
}

export const sheetChanges = {
  'correct-sheet': correctSheet,
  'cancel-sheet-correction': cancelCorrection,
} satisfies Partial<Makers>;
