import { z } from 'zod';
import type { CaseView } from '../caseView.ts';
import { recordedFor } from '../door.ts';
import { numberInTurn } from '../programme/numbering.ts';
import { PUBLISH } from './publish.ts';

/**
 * Whether people outside may read a published sheet: each ministry says so for itself, with its approval of the sheet or
 * at any time after it was published, and may take it back. What is said is about one version of the sheet alone. Nothing
 * waits on it; as long as a ministry has not said yes, nobody outside reads the sheet. Of one that was withdrawn it may only
 * be taken back.
 */

export const givenConsent = z.strictObject({
  by: z.string().max(80).describe('the focal point of the ministry'),
  version: numberInTurn.describe('of the published sheet, as `show` tells'),
  publish: z.enum(PUBLISH).describe('whether people outside may read it'),
  recorded: recordedFor.optional(),
  seen: z.iso
    .datetime()
    .nullable()
    .optional()
    .describe(
      'when what its author knows of was said last (`at` in `consents`), of any ministry; null for nothing',
    ),
});
export type GivenConsent = z.infer<typeof givenConsent>;

type Case = Pick<CaseView, 'programme' | 'consents'>;

/** What each ministry says about a version of the sheet, by its hash: what it said last, or nothing. */
export function consentsOn(
  { programme, consents }: Pick<Case, 'programme' | 'consents'>,
  sha256: string,
): { party: string; said: Case['consents'][number] | undefined }[] {
  return programme.institutions
    .filter(({ role }) => role !== 'secretariat')
    .map(({ id: party }) => ({
      party,
      said: consents.findLast((one) => one.party === party && one.sha256 === sha256),
    }));
}

/** When the last was said about a version of the sheet; null where nothing was. */
export const lastSaidAt = (view: Pick<Case, 'consents'>, sha256: string): string | null =>
  view.consents
    .filter((one) => one.sha256 === sha256)
    .map(({ at }) => at)
    .sort()
    .at(-1) ?? null;

/** Whether people outside may read a version of the sheet: every ministry says so. */
export const isReadOutside = (view: Pick<Case, 'programme' | 'consents'>, sha256: string): boolean =>
  consentsOn(view, sha256).every(({ said }) => said?.publish === 'yes');
