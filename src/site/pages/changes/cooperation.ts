import { stringify } from 'yaml';
import type { ChangeKind } from '../../../domain/change.ts';
import { programmeShape } from '../../../domain/programme.ts';
import { checkCorrectedFile } from '../../../domain/programmeFile.ts';
import { mistakeText } from '../../../words/mistakes.ts';
import { speaker } from '../../../words/speaker.ts';
import { isOver, type Kind, type Shown } from './kind.ts';

/** Changes of the whole cooperation: paused, resumed, cancelled, its programme corrected. */

/** Of a file with more mistakes than these, the first are told. */
const MISTAKES_TOLD = 20;

const say = ({ clock }: Shown) => speaker('changes.cooperation', clock.language);

export const COOPERATION_KINDS = {
  pause: {
    possible: (view) => !isOver(view) && view.pausedAt === null,
    fields: () => [],
    change: () => ({ change: 'pause' }),
  },
  resume: {
    possible: (view) => !isOver(view) && view.pausedAt !== null,
    fields: () => [],
    change: () => ({ change: 'resume' }),
  },
  cancel: {
    possible: (view) => !isOver(view),
    fields: () => [],
    change: () => ({ change: 'cancel' }),
  },
  amend: {
    possible: (view) => !isOver(view),
    fields: (shown) => [
      { name: 'programme', label: say(shown)('programme'), hint: say(shown)('programmeHint'), as: 'code' },
      {
        name: 'file',
        label: say(shown)('file'),
        hint: say(shown)('fileHint'),
        optional: true,
        as: 'file',
      },
    ],
    // Parsed, it has its keys in the order of a programme file, which the database does not keep.
    initial: (_query, { view }) => ({
      programme: stringify(programmeShape.parse(view.programme), { lineWidth: 0 }),
    }),
    mistakes({ programme = '' }, shown) {
      const checked = checkCorrectedFile(programme);
      if ('programme' in checked) return [];
      return checked.mistakes.slice(0, MISTAKES_TOLD).map((mistake) => {
        const { line, path } = mistake;
        const message = mistakeText(mistake, shown.clock.language);
        return {
          field: 'programme',
          message: say(shown)(path ? 'line' : 'lineAlone', { line: String(line), place: path, message }),
        };
      });
    },
    change: ({ programme }) => ({ change: 'amend', programme }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
