import type { ChangeKind } from '../../../domain/change.ts';
import { mistakeText } from '../../../words/mistakes.ts';
import { speaker } from '../../../words/speaker.ts';
import { sourceOf } from '../programmeForm/standing.ts';
import { isCaseClosed, type Kind, type Reader } from './kind.ts';

/** Changes of the whole cooperation: paused, resumed, cancelled, its programme corrected. */

/** Of a file with more mistakes than these, the first are told. */
const MISTAKES_TOLD = 20;

const say = ({ clock }: Reader) => speaker('changes.cooperation', clock.language);

export const COOPERATION_KINDS = {
  pause: {
    possible: (view) => !isCaseClosed(view) && view.pausedAt === null,
    fields: () => [],
    change: () => ({ change: 'pause' }),
  },
  resume: {
    possible: (view) => !isCaseClosed(view) && view.pausedAt !== null,
    fields: () => [],
    change: () => ({ change: 'resume' }),
  },
  cancel: {
    possible: (view) => !isCaseClosed(view),
    fields: () => [],
    change: () => ({ change: 'cancel' }),
  },
  amend: {
    possible: (view) => !isCaseClosed(view),
    fields: (reader) => [
      {
        name: 'programme',
        label: say(reader)('programme'),
        hint: say(reader)('programmeHint'),
        as: 'source',
        rows: 25,
      },
      {
        name: 'file',
        label: say(reader)('file'),
        hint: say(reader)('fileHint'),
        optional: true,
        ...{ as: 'file', into: 'programme', accept: '.yaml,.yml' },
      },
    ],
    page: ({ id }) => `/c/${id}/programme/form`,
    initial: (_query, { view }) => ({ programme: sourceOf(view.programme) }),
    async mistakes({ programme = '' }, reader, check) {
      const checked = await check(programme, 'correction');
      if ('programme' in checked) return [];
      return checked.mistakes.slice(0, MISTAKES_TOLD).map((mistake) => {
        const { line, path } = mistake;
        const message = mistakeText(mistake, reader.clock.language);
        return {
          field: 'programme',
          message: say(reader)(path ? 'line' : 'lineAlone', { line: String(line), place: path, message }),
        };
      });
    },
    change: ({ programme }) => ({ change: 'amend', programme }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
