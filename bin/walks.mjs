// npm run test:walks: goes through all that npm test takes a few of (tests/support/walk.ts). npm run test:faults: through
// all that can break under the system. -- --seed N --share 1/10: draws a tenth of it by that seed, the same each time.

import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '44' }, share: { type: 'string', default: '1/1' } },
  allowPositionals: true,
});
const { seed, share } = values;
const [command, all, ...some] = positionals;
if (!/^\d{1,9}$/.test(seed) || !/^[1-9]\d*\/[1-9]\d*$/.test(share)) {
  process.stderr.write('--seed takes a number, --share a fraction such as 1/10.\n');
  process.exit(2);
}
process.stderr.write(`npm run ${command} -- --seed ${seed} --share ${share}\n`);
process.env.RIAL_WALK = `${seed} ${share}`;
process.argv.splice(2, Number.POSITIVE_INFINITY, ...(some.length > 0 ? some : [all]));
await import('./test.mjs');
