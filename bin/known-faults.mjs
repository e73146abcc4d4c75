// Known faults of the packages of package-lock.json, asked of npm's registry: fails where it tells of a high or critical
// one. A registry that cannot be reached, or tells nothing of faults, is said, and is no failure. Arguments go to npm.

import { spawn } from 'node:child_process';

const audit = spawn(
  'npm',
  [
    'audit',
    '--json',
    '--package-lock-only',
    '--fetch-retries=0',
    '--fetch-timeout=60000',
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
let told = '';
audit.stdout.setEncoding('utf8').on('data', (piece) => {
  told += piece;
});
await new Promise((resolve, reject) => audit.once('error', reject).once('close', resolve));

const report = read(told);
const counts = report?.metadata?.vulnerabilities;
if (counts !== undefined) {
  const { high, critical, total } = counts;
  for (const { name, severity, via } of Object.values(report.vulnerabilities)) {
    // Of another package's fault, its name; of its own, where to read of it.
    const where = via.map((one) => one.url ?? one).join(' ');
    process.stdout.write(`${name}: ${severity}, ${where}\n`);
  }
  process.stdout.write(`Known faults of packages: ${total}, of them high or critical ${high + critical}.\n`);
  process.exitCode = high + critical === 0 ? 0 : 1;
} else if (/\/-\/npm\/v1\/security\//.test(report?.message ?? '')) {
  process.stdout.write(
    `Known faults of packages: not checked, for the registry does not tell (${report.message}).\n`,
  );
} else {
  process.stdout.write(`Known faults of packages: not checked, for npm did not ask: ${told}\n`);
  process.exitCode = 1;
}

function read(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
