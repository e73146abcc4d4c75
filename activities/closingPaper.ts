import { delegationsOf } from '../src/casefile/people.ts';
import { closingPaperOf, noteSignatureTold } from '../src/casefile/results/closingPaper.ts';
import { signersIn } from '../src/domain/results/closingPaper.ts';
import type { Outside } from './context.ts';
import { deliver } from './email.ts';
import { cooperationOf, namedPartyOf } from './headings.ts';
import type { Activities } from './index.ts';

/** The sealed case file of a cooperation that is over: that an institution signed it is told to the others. */
export const closingPaperActivities = (outside: Outside): Pick<Activities, 'tellSignature'> => ({
  async tellSignature({ cooperation: id, number }) {
    const { caseFile, now } = outside;
    const cooperation = await cooperationOf(caseFile, id);
    const signed = (await closingPaperOf(caseFile, id))?.signed ?? [];
    const own = signed.find((one) => one.number === number);
    if (!own) throw new Error(`the case file has no signature ${number} of ${id}`);
    const { party } = own;
    // An institution that signs once more is told of by its page alone.
    const first = signed.find((one) => one.party === party) ?? own;
    const notified = await deliver(outside, {
      cooperation,
      key: `paper-signed|${party}`,
      to: (await delegationsOf(caseFile, id)).filter((person) => person.party !== party),
      notice: () => ({
        notice: 'paper-signed',
        party: namedPartyOf(cooperation.programme, party),
        names: signersIn(first.signatures),
      }),
    });
    await noteSignatureTold(caseFile, id, number, now());
    return notified;
  },
});
