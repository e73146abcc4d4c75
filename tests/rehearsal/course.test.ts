import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { LANGUAGES } from '../../src/domain/language.ts';
import { REHEARSED_COURSES } from '../../src/domain/rehearsal.ts';
import { scenarioOf } from '../../src/rehearsal/course.ts';
import { checkScenarioFile } from '../../src/rehearsal/scenarioFile.ts';
import { example } from '../support/programme.ts';

it.each(REHEARSED_COURSES)('%s is a scenario of any programme, in its language', (course) => {
  for (const language of LANGUAGES) {
    const programme = { ...example(), language };
    const scenario = scenarioOf(course, programme);
    expect(checkScenarioFile(stringify({ title: course, ...scenario }), programme)).toMatchObject({
      scenario,
    });
  }
});
