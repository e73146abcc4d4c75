import { expect, test } from 'vitest';
import { sourcesCopy, WITHIN } from './support/sourcesCopy.ts';

/**
 * The recipes of CONTRIBUTING.md for a change, a step, a page and a language, each followed in a copy of the sources: the
 * files are those it names, and the compiler says what is lacking of them. Those for a kind of request and a notice have
 * tests of their own.
 */

const { add, copyFolder, patch, say, complaints } = sourcesCopy();
const missed = async (): Promise<string[]> => [...new Set(await complaints())].sort();

test(
  'a change is its shape, how it is made, its details, its form, its command, and what steps do about it',
  async () => {
    const shapes = 'src/domain/change.ts';
    const shape = "  z.strictObject({ change: z.literal('cancel-session'), session: number }),\n";
    await patch(shapes, shape, `${shape}${shape.replace('cancel-session', 'put-off')}`);
    await patch(
      shapes,
      '\n  pause: { recorded',
      "\n  'put-off': { recorded: 'session-put-off', group: 'sessions', heard: true },\n  pause: { recorded",
    );
    await also(shapes, "    case 'cancel-session':\n", "    case 'put-off':\n");
    // The tables that are put together of what the five files say, and the workflow.
    expect(await missed()).toEqual(
      expect.arrayContaining([
        'src/casefile/changes/index.ts',
        'src/cli/program.ts',
        'src/site/pages/changes/kinds.ts',
        'src/words/changes.ts',
        'workflows/course.ts',
      ]),
    );

    await also(
      'src/casefile/changes/sessions.ts',
      "  'cancel-session': cancelSession,\n",
      "  'put-off': async () => ({ told: [], programmeChanges: [], entries: [] }),\n",
    );
    await also('src/words/changes.ts', "    case 'cancel-session':\n", "    case 'put-off':\n");
    await patch(
      'src/site/pages/changes/sessions.ts',
      "  'cancel-session': {\n",
      `  'put-off': {
    possible: (view) => !isCaseClosed(view),
    fields: (reader) => [sessionField(reader)],
    change: ({ session }) => ({ change: 'put-off', session: Number(session) }),
  },
  'cancel-session': {\n`,
    );
    await patch(
      'src/cli/commands/sessions.ts',
      "  'cancel-session': (program)",
      "  'put-off': (program) => changeCommand(program.command('put-off')),\n  'cancel-session': (program)",
    );
    await patch(
      'workflows/course.ts',
      '    pause: () => {\n',
      "    'put-off': () => {},\n    pause: () => {\n",
    );
    await say('case', ['lines.put-off'], 'Put off');
    await say('changes', ['kinds.put-off', 'kinds.put-offDoes'], 'Put off');
    expect(await missed()).toEqual([]);
  },
  WITHIN,
);

test(
  'a step is its place, its workflow with its scope, its turn, and when it has begun and is done',
  async () => {
    await patch(
      'src/domain/methodology.ts',
      "'final-report'] as const",
      "'final-report', 'evaluation'] as const",
    );
    expect(await missed()).toEqual(
      expect.arrayContaining([
        'src/casefile/steps.ts',
        'src/mail/notices/convocation.ts',
        'src/site/parts/steps.ts',
        'src/words/labels.ts',
      ]),
    );

    await add(
      'workflows/evaluation.ts',
      `import { EVALUATION } from './scope.ts';
import { openStep, type StepInput } from './step.ts';

/** Step 6: what came of it is evaluated. */
export async function evaluation(input: StepInput): Promise<void> {
  const step = openStep(input, EVALUATION);
  await step.finish();
}
`,
    );
    await also(
      'workflows/scope.ts',
      "export const FINAL_REPORT = ofStep('final-report');\n",
      "export const EVALUATION = ofStep('evaluation');\n",
    );
    await also(
      'workflows/index.ts',
      "export { documentExchange } from './documentExchange.ts';\n",
      "export { evaluation } from './evaluation.ts';\n",
    );
    const course = 'workflows/cooperation.ts';
    await patch(course, 'import ', "import { evaluation } from './evaluation.ts';\nimport ");
    await patch(course, '{ COORDINATION, DOCUMENTS, ', '{ COORDINATION, DOCUMENTS, EVALUATION, ');
    await also(
      course,
      '    await course.run(finalReport, FINAL_REPORT, {});\n',
      "    at('evaluation');\n    await course.run(evaluation, EVALUATION, {});\n",
    );
    await patch(
      'src/casefile/steps.ts',
      "    'final-report': {",
      "    evaluation: { done: accepted, begun: begun('evaluation') },\n    'final-report': {",
    );
    const line = 'src/site/parts/steps.ts';
    await also(line, "  'final-report': 'drafts',\n", "  evaluation: 'outcomes',\n");
    await also(line, "    case 'final-report':\n", "    case 'evaluation':\n");
    await say('labels', ['step.evaluation'], 'Evaluation');
    await say('mail', ['convocation.evaluation'], 'what came of it');
    expect(await missed()).toEqual([]);
  },
  WITHIN,
);

test(
  'a page is a function that makes its routes, and its place among the others',
  async () => {
    await add(
      'src/site/pages/glossary.ts',
      `import type { Hono } from 'hono';
import { html } from 'hono/html';
import { speaker } from '../../words/speaker.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import type { VisitSite } from '../visit.ts';
import { Hono as App } from 'hono';

export function glossaryPage(_: SiteOutside): Hono<VisitSite> {
  const app = new App<VisitSite>();
  app.get('/glossary', (c) => {
    const say = speaker('site.glossary', c.get('language'));
    return page(c, { title: say('title'), body: html\`<p>\${say('lead')}</p>\` });
  });
  return app;
}
`,
    );
    await patch(
      'src/site/site.ts',
      'import ',
      "import { glossaryPage } from './pages/glossary.ts';\nimport ",
    );
    await patch('src/site/site.ts', '  cooperationPage,\n', '  cooperationPage,\n  glossaryPage,\n');
    await say('site', ['glossary.title', 'glossary.lead'], 'Words');
    expect(await missed()).toEqual([]);
  },
  WITHIN,
);

test(
  'a language is its folder, its line, and its column in the tables of names',
  async () => {
    await copyFolder('src/words/locales/en', 'src/words/locales/nl');
    await patch('src/domain/language.ts', "  fr: 'Français',\n", "  fr: 'Français',\n  nl: 'Nederlands',\n");
    expect(await missed()).toEqual([
      // Made of the catalogues, once names have their column.
      'src/words/compiledMessages.ts',
      'src/words/names/cities.ts',
      'src/words/names/grammar.ts',
      'src/words/names/states.ts',
    ]);
  },
  WITHIN,
);

/** Puts a text behind another. */
const also = (file: string, before: string, more: string): Promise<void> =>
  patch(file, before, before + more);
