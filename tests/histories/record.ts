// Records the histories that tests/workflows/replay.test.ts replays: plays the three examples in a system of its
// own, and writes the history of each workflow to <cooperation>/<workflow>.json beside this file.
//
//   node_modules/.bin/node tests/histories/record.ts
//
// Run it when a change to the workflows makes new histories, and commit what it writes with that change. A history
// that a release has recorded is never edited: once there are releases, keep theirs in a folder beside these.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { playFile } from '../../src/runtime/play/play.ts';
import { systemProcess } from '../support/system.ts';

const EXAMPLES = {
  'peru-chile-2021': '14-per-chl',
  'barbados-jamaica': '16-brb-jam-tto',
  'brasil-paraguai': '17-pry-bra',
};
const folder = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** Which process on which machine did what is nobody's business here. */
const withoutIdentities = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Array.isArray(value)
      ? value.map(withoutIdentities)
      : Object.fromEntries(
          Object.entries(value).map(([key, inner]) => [
            key,
            key === 'identity' ? 'recorded' : withoutIdentities(inner),
          ]),
        )
    : value;

await using system = await systemProcess();
for (const [name, id] of Object.entries(EXAMPLES)) {
  const file = fileURLToPath(new URL(`../../examples/${name}.yaml`, import.meta.url));
  const { accepted, why } = await playFile(file, system.stage, () => {});
  if (!accepted) throw new Error(`${name} was not played to its end: ${why}\n${system.log()}`);
  await rm(folder(id), { recursive: true, force: true });
  await mkdir(folder(id));
  for (const workflow of (await system.api.show(id)).workflows) {
    const scope = workflow.file.replace(/^histories\/(.*)\.json$/, '$1');
    const history = withoutIdentities(await json(await system.api.history(id, scope)));
    const text = JSON.stringify(history);
    await writeFile(`${folder(id)}/${scope}.json`, `${text}\n`);
    console.log(`${id}/${scope}.json ${Math.round(text.length / 1024)} kB`);
  }
}
