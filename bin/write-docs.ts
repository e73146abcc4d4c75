import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PAGES, pageAsMade, SCHEMAS } from './docs.ts';

/** `npm run docs`: writes what docs/ has from the code, schemas formatted as the rest of the project is. */
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const fileOf = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

for (const [name, schema] of Object.entries(SCHEMAS)) {
  writeFileSync(fileOf(name), `${JSON.stringify(schema(), null, 2)}\n`);
  execFileSync(process.execPath, [biome, 'format', '--write', fileOf(name)], { stdio: 'inherit' });
}
for (const page of PAGES) writeFileSync(fileOf(page), pageAsMade(page));
