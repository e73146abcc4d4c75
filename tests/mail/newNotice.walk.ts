import { expect, test } from 'vitest';
import { sourcesCopy, WITHIN } from '../support/sourcesCopy.ts';

/**
 * A notice has a home: in a copy of the sources one is added, of a change, and the compiler says all that it lacks. There
 * are four files, among them the activity that knows what it says, and the catalogues.
 */

const { add, patch, say, complaints } = sourcesCopy();

const LETTER = `import type { Letter } from '../../words/blocks.ts';
import { type Context, letter } from '../frame.ts';

export type RoomChangedFacts = { room: string };

/** Another room. */
export const roomChanged = ({ room }: RoomChangedFacts, context: Context): Letter =>
  letter(context, { subject: room, preview: room, blocks: [] });
`;
const NOTICES = 'src/domain/mails/notice.ts';
const LETTERS = 'src/mail/notices/index.ts';

test(
  'a notice is a line that says what it is of, its letter, and what fills it in',
  async () => {
    await patch(
      NOTICES,
      '  paused: { group',
      "  'room-changed': { group: 'sessions', waits: false },\n  paused: { group",
    );
    expect(await complaints()).toContain(LETTERS);

    await add('src/mail/notices/room-changed.ts', LETTER);
    await patch(LETTERS, 'import ', "import { roomChanged } from './room-changed.ts';\nimport ");
    await patch(LETTERS, '  paused,\n', "  paused,\n  'room-changed': roomChanged,\n");
    expect(await complaints()).toEqual([]);

    // It tells of a change, beforehand too.
    const paused = "    z.object({ notice: z.literal('paused') }),\n";
    await patch(
      NOTICES,
      paused,
      `${paused}    z.object({ notice: z.literal('room-changed'), session: z.int() }),\n`,
    );
    expect(new Set(await complaints())).toEqual(new Set(['activities/tellings.ts', 'src/words/changes.ts']));
    await say('case', ['told.room-changed']);
    await patch(
      'activities/tellings.ts',
      '  paused: ',
      "  'room-changed': async ({ session }) => ({ notice: () => ({ notice: 'room-changed', room: String(session) }) }),\n  paused: ",
    );
    expect(await complaints()).toEqual([]);
  },
  WITHIN,
);
