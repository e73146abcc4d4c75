import type { ChangeOf } from '../../domain/change.ts';
import { refused } from '../../domain/refusal.ts';
import { documentsOf } from '../documents.ts';
import { answerersOf } from '../people.ts';
import { sheetCorrectionsOf, standingSheet } from '../results/sheets.ts';
import { refuseOver } from './cooperation.ts';
import { type ChangeOutcome, entryOf, type Makers, type Making, secretariatIn } from './making.ts';

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

export const sheetChanges = { 'correct-sheet': correctSheet } satisfies Partial<Makers>;
