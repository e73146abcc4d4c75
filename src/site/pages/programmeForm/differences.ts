import type { Difference } from '../../../domain/programme/programmeDifferences.ts';
import { differenceItems } from '../../../words/differences.ts';
import type { Html } from '../../context.ts';
import { blocksHtml } from '../../parts/blocks.ts';
import type { Visit } from '../../visit.ts';

/** In what a programme file differs, with what stands there and what stood there before. */
export const differencesHtml = (differences: readonly Difference[], { view, clock }: Visit): Html =>
  blocksHtml([
    {
      block: 'list',
      items: differenceItems(differences, {
        ...{ language: clock.language, clock, institutions: view.programme.institutions },
      }),
    },
  ]);
