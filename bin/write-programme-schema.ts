import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { programmeJsonSchema } from '../src/domain/programmeFile.ts';

/**
 * Writes `docs/programme.schema.json` from the schema in `src/domain/programme.ts`, formatted as the rest of the
 * project is. Run it after a change of that schema: `node bin/write-programme-schema.ts`.
 */
const file = fileURLToPath(new URL('../docs/programme.schema.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(programmeJsonSchema(), null, 2)}\n`);
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
execFileSync(process.execPath, [biome, 'format', '--write', file], { stdio: 'inherit' });
