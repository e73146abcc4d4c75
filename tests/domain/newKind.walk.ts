import { expect, test } from 'vitest';
import { sourcesCopy, WITHIN } from '../support/sourcesCopy.ts';

/**
 * A kind of request has a home: in a copy of the sources one is added, and the compiler says all that it lacks. Beside
 * the workflow that asks for it there are two files, its declaration and the table of all kinds, and the catalogues.
 */

const { add, patch, say, complaints } = sourcesCopy();

const DECLARATION = `import type { Kind } from './kind.ts';

/** A ministry confirms who will be there. */
export const confirmAttendance = {
  step: 'sessions',
  about: 'session',
  decisions: { approve: {}, changes: { needs: 'reason' } },
  due: { days: 2, before: 'session' },
  waivable: 'any',
  form: 'review',
  encloses: [],
  follows: { 'confirm-attendance': 'changes-asked' },
  effect: 'none',
} as const satisfies Kind;
`;
const TABLE = 'src/domain/kinds/index.ts';
const NEXT = "  'resolve-trouble': resolveTrouble,\n";

test(
  'a new kind is its declaration, a line in the table, and its words',
  async () => {
    await add('src/domain/kinds/attendance.ts', DECLARATION);
    await patch(TABLE, 'import ', "import { confirmAttendance } from './attendance.ts';\nimport ");
    await patch(TABLE, NEXT, `${NEXT}  'confirm-attendance': confirmAttendance,\n`);
    // What it is called, and what its request says.
    expect((await complaints()).sort()).toEqual([
      'src/words/brief.ts',
      'src/words/kinds.ts',
      'src/words/labels.ts',
    ]);

    await say('brief', ['lead.confirm-attendance']);
    await say('labels', ['request.confirm-attendance', 'kind.confirm-attendance']);
    expect(await complaints()).toEqual([]);
  },
  WITHIN,
);

test(
  'a new form, matter or effect is missed wherever one is shown, read, filled in or made',
  async () => {
    const kind = 'src/domain/kinds/kind.ts';
    await patch(kind, "  'confirmation',\n", "  'confirmation',\n  'seats',\n");
    await patch(kind, "  'trouble',\n] as const", "  'trouble',\n  'seating',\n] as const");
    await patch(kind, "  'revises-programme',\n", "  'revises-programme',\n  'seats-people',\n");
    expect([...new Set(await complaints())].sort()).toEqual([
      'activities/requests.ts',
      'src/casefile/answerEffects.ts',
      'src/casefile/undoneEffects.ts',
      'src/domain/kinds/kind.ts',
      'src/mail/notices/request.ts',
      'src/play/answers.ts',
      'src/site/pages/request/answerForms.ts',
    ]);
  },
  WITHIN,
);
