import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm run release [DIR]`: what goes with a release beside the sources, in `release/` where nothing is said. `sbom.cdx.json`
 * is every package of it as CycloneDX, `licences.txt` each with its licence. Both are made from the lockfile.
 */
const folder = path.resolve(process.argv[2] ?? 'release');
mkdirSync(folder, { recursive: true });

type Package = { version?: string; license?: string; dev?: boolean; link?: boolean };
const { packages }: { packages: Record<string, Package> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);
const installed = Object.entries(packages)
  .filter(([name, { dev, link }]) => name !== '' && !dev && !link)
  .map(([name, one]) => ({ ...one, name: name.replace(/^.*node_modules\//, '') }));

// With `--omit=dev` npm leaves out what a tool for development needs, too, whatever else needs it.
type Bill = { components: { 'bom-ref': string }[]; dependencies: { ref: string; dependsOn: string[] }[] };
const bill: Bill = JSON.parse(
  execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  }),
);
const refs = new Set(installed.map(({ name, version = '' }) => `${name}@${version}`));
const components = bill.components.filter((one) => refs.has(one['bom-ref']));
const own = bill.dependencies.filter(
  ({ ref }) => refs.has(ref) || !bill.components.some((one) => one['bom-ref'] === ref),
);
const dependencies = own.map(({ ref, dependsOn }) => ({
  ref,
  dependsOn: dependsOn.filter((one) => refs.has(one)),
}));
writeFileSync(
  path.join(folder, 'sbom.cdx.json'),
  `${JSON.stringify({ ...bill, components, dependencies }, null, 2)}\n`,
);

const lines = installed.map(({ name, version = '', license = 'unknown' }) => `${name} ${version} ${license}`);
const licences = [...new Set(lines)].sort();
writeFileSync(path.join(folder, 'licences.txt'), `${licences.join('\n')}\n`);
console.log(`${folder}: ${licences.length} packages`);
