// Plain JavaScript for Node 18 and later: it runs before anything is installed, on whatever Node the host has.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. npm reaches bin/ through a symbolic link; a module's own URL is the real path. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const modules = path.join(root, 'node_modules');
const node24 = path.join(modules, 'node', 'bin', 'node');
const lockFile = path.join(root, 'package-lock.json');
const stamp = path.join(modules, '.rial-setup');

/**
 * Installs the dependencies if they are missing or are not those of package-lock.json. Says one line when it does.
 *
 * @returns {Promise<string>} the path of the Node 24 that came with them
 */
export async function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (!existsSync(node24) || (read(stamp) !== wanted && !isInstalled())) {
    process.stderr.write('Installs the dependencies (npm ci) …\n');
    await npmCi();
  }
  if (!existsSync(node24)) {
    fail(
      `npm installed the dependencies, but not Node 24 (${path.relative(root, node24)}): install scripts seem to be\n` +
        'switched off. Run `npm ci --ignore-scripts=false` in this folder and start again.',
    );
  }
  if (read(stamp) !== wanted) writeFileSync(stamp, wanted);
  return node24;
}

/** Node 24 if the dependencies are there, whichever they are; else installs them first. */
export async function installedNode() {
  return existsSync(node24) ? node24 : await ensureInstalled();
}

/**
 * Runs a TypeScript file of this repository under Node 24 in this terminal, and then exits as it did.
 *
 * @param {string} script relative to the repository
 * @param {string[]} args
 * @returns {Promise<never>}
 */
export async function run24(script, args) {
  const { code, signal } = await spawn24([path.join(root, script), ...args]);
  return exitAs(code, signal);
}

/**
 * Runs Node 24 in this terminal.
 *
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function spawn24(args) {
  return new Promise((resolve) => {
    const child = spawn(node24, args, {
      stdio: 'inherit',
      // For src/process/parent.ts: what runs in there ends when this process was killed.
      env: { ...process.env, RIAL_PARENT_PID: String(process.pid) },
    });
    const forward = (signal) => {
      // A Ctrl-C goes to every process of the terminal. Sent on, it would be the impatient second one.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      if (sent.has(signal)) return;
      sent.add(signal);
      child.kill(signal);
    };
    const sent = new Set();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    const parent = process.ppid;
    const watch = setInterval(() => {
      // npm was killed, and nobody else would ever end what it started.
      if (process.env.npm_lifecycle_event && process.ppid !== parent) forward('SIGTERM');
    }, 500);
    child.once('error', (error) => fail(`${node24} cannot be run: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, forward);
      resolve({ code, signal });
    });
  });
}

/** Ends this process as another one ended: by the same signal, or with the same exit code. */
export function exitAs(code, signal) {
  if (signal) {
    process.kill(process.pid, signal);
    // The signal takes effect in a moment; the shell's convention stands in where it is ignored.
    return new Promise(() => setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 1000));
  }
  process.exit(code ?? 1);
}

/** Whether what npm last installed is what the lock file lists, whoever ran npm. */
function isInstalled() {
  const installed = json(path.join(modules, '.package-lock.json'))?.packages;
  const locked = json(lockFile)?.packages;
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([name, { version, link, optional, devOptional }]) => {
    if (name === '' || link) return true;
    const there = installed[name];
    // Those for other systems are left out.
    if (!there) return Boolean(optional || devOptional);
    return there.version === version;
  });
}

function npmCi() {
  // Started by npm: the same npm again, which need not be on PATH.
  const npm =
    path.basename(process.env.npm_execpath ?? '') === 'npm-cli.js' ? process.env.npm_execpath : undefined;
  // Development dependencies too, whatever NODE_ENV says: the tests are run with what is there.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  return new Promise((resolve) => {
    const child = spawn(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => fail(`npm cannot be run: ${error.message}`));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(undefined);
      // After what went wrong npm explains all its options.
      else
        fail(
          `npm ci failed (${signal ?? `exit code ${code}`}):\n${output.split('\n').slice(0, 20).join('\n').trimEnd()}`,
        );
    });
  });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function json(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
