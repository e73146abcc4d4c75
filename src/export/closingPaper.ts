import type { CaseFile } from '../casefile/database/database.ts';
import { readChain } from '../casefile/record.ts';
import { type CaseView, caseView } from '../domain/caseView.ts';
import type { Stamping } from '../domain/results/closingPaper.ts';
import { headOf } from '../evidence/chain.ts';
import type { Sealer } from '../evidence/sealing.ts';
import { caseText } from './files.ts';
import { paperApart } from './paper.ts';
import { caseFor, chainFor, EVERYBODY } from './reader.ts';

/**
 * Makes the PDF of a case as all who take part may have it: sealed as PDF/A-3a with its `case.json`, and as PDF/UA to be
 * read. What not all may have is told as withheld.
 */
export const closingPaperMaker =
  ({ caseFile, seal }: { caseFile: CaseFile; seal: Sealer }) =>
  async (
    whole: CaseView,
    now: string,
  ): Promise<{ sealed: Uint8Array; reading: Uint8Array; stamp: Stamping }> => {
    const { view, withheld } = caseFor(caseView.parse(whole), EVERYBODY);
    const chain = (await readChain(caseFile, view.id)).slice(0, whole.record.length);
    const entries = chainFor(chain, view);
    const facts = {
      view,
      withheld,
      ofAll: true,
      madeAt: now,
      head: headOf(entries),
      entries: entries.length,
    };
    const reading = await paperApart(facts);
    const { pdf: sealed, stamp } = await seal(await paperApart({ ...facts, attached: caseText(view) }), now);
    return { sealed, reading, stamp };
  };
