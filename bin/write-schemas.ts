import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { caseJsonSchema } from '../src/casefile/caseView.ts';
import { programmeJsonSchema } from '../src/domain/programmeFile.ts';
import { scenarioJsonSchema } from '../src/rehearsal/scenarioFile.ts';

/**
 * `npm run schemas`: writes the JSON Schemas in docs/ from the shapes they are made of, formatted as the rest of the
 * project is. Run it after a change of `src/domain/programme.ts`,
 * `src/casefile/caseView.ts` or `src/rehearsal/scenario.ts`.
 */
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
for (const [name, schema] of [
  ['programme', programmeJsonSchema()],
  ['case', caseJsonSchema()],
  ['scenario', scenarioJsonSchema()],
] as const) {
  const file = fileURLToPath(new URL(`../docs/${name}.schema.json`, import.meta.url));
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  execFileSync(process.execPath, [biome, 'format', '--write', file], { stdio: 'inherit' });
}
