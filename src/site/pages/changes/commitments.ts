import type { ChangeKind } from '../../../domain/change.ts';
import { COMMITMENT_OUTCOMES, standingCommitments } from '../../../domain/results/commitments.ts';
import { commitmentLine } from '../../../words/commitments.ts';
import { speaker } from '../../../words/speaker.ts';
import { commitmentFields } from '../../parts/commitments.ts';
import { filled, isCaseOver, type Kind } from './kind.ts';

/** Changes of what people took upon themselves: one more by staff, one corrected or withdrawn. */

export const COMMITMENT_KINDS = {
  'add-commitment': {
    possible: (view) => !isCaseOver(view),
    fields: ({ view, clock }) => commitmentFields(view, clock.language),
    change: (values) => ({ change: 'add-commitment', ...filled(values, 'what', 'owner', 'due') }),
  },
  'correct-commitment': {
    possible: (view) => view.cancelledAt === null && standingCommitments(view.commitments).length > 0,
    fields(reader) {
      const { view, clock } = reader;
      const say = speaker('changes.sessions', clock.language);
      const named = speaker('labels.commitment', clock.language);
      return [
        {
          ...{ name: 'commitment', as: 'select', label: say('commitment') },
          options: standingCommitments(view.commitments).map((one) => ({
            value: String(one.number),
            label: commitmentLine(one, view, clock.language),
          })),
        },
        ...commitmentFields(view, clock.language),
        {
          ...{ name: 'outcome', as: 'radios', label: say('outcome'), optional: true },
          options: COMMITMENT_OUTCOMES.map((value) => ({ value, label: named(`${value}Is`) })),
        },
        { name: 'text', as: 'long', label: say('outcomeText'), optional: true },
        { name: 'withdrawn', as: 'check', label: say('withdrawn'), optional: true },
      ];
    },
    initial({ commitment = '' }, { view }) {
      // What one says is never shown for another to choose.
      const shown = standingCommitments(view.commitments).find(({ number }) => String(number) === commitment);
      if (!shown) return {};
      const { what, party, person, due } = shown;
      return { commitment, what, owner: person ?? party, due };
    },
    change: (values) => ({
      ...{ change: 'correct-commitment', commitment: Number(values.commitment) },
      ...filled(values, 'what', 'owner', 'due', 'outcome', 'text'),
      ...(values.withdrawn === 'true' && { withdrawn: true }),
    }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
