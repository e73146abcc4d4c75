import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm run release [DIR]`: what goes with a release beside the sources, in `release/` where nothing is said. `sbom.cdx.json`
 * is every package of it as CycloneDX, `licences.txt` each with its licence. Both are made from the lockfile.
 */
const folder = path.resolve(process.argv[2] ?? 'release');
mkdirSync(folder, { recursive: true });

const sbom = execFileSync('npm', ['sbom', '--omit=dev', '--package-lock-only', '--sbom-format=cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
writeFileSync(path.join(folder, 'sbom.cdx.json'), sbom);

type Package = { version?: string; license?: string; dev?: boolean; link?: boolean };
const { packages }: { packages: Record<string, Package> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);
const lines = Object.entries(packages)
  .filter(([name, { dev, link }]) => name !== '' && !dev && !link)
  .map(
    ([name, { version = '', license = 'unknown' }]) =>
      `${name.replace(/^.*node_modules\//, '')} ${version} ${license}`,
  );
const licences = [...new Set(lines)].sort();
writeFileSync(path.join(folder, 'licences.txt'), `${licences.join('\n')}\n`);
console.log(`${folder}: ${licences.length} packages`);
