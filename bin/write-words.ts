import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compiledSource, messagesSource } from '../src/words/generate.ts';

/**
 * `npm run words`: writes what follows from the catalogues in src/words/locales: the types of their messages and values,
 * and the messages that workflows say, compiled. Run it after a change of a catalogue.
 */
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
for (const [name, source] of [
  ['messages', messagesSource()],
  ['compiledMessages', compiledSource()],
] as const) {
  const file = fileURLToPath(new URL(`../src/words/${name}.ts`, import.meta.url));
  writeFileSync(file, source);
  execFileSync(process.execPath, [biome, 'format', '--write', file], { stdio: 'inherit' });
}
