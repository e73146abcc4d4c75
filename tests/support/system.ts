import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import PostalMime, { type Email } from 'postal-mime';
import { type ApiClient, apiClient } from '../../src/api/client.ts';
import type { Stage } from '../../src/play/play.ts';
import { assertPortFree } from '../../src/process/ports.ts';
import { identify, type ProcessIdentity, stillRuns } from '../../src/process/processIdentity.ts';
import type { MailFilter, MailSummary } from '../../src/runtime/mailbox/mailbox.ts';

/**
 * The real system as people start it: `src/runtime/main.ts` as a process of its own, which can be killed and
 * started again on the same folder and ports.
 */

const MAIN = fileURLToPath(new URL('../../src/runtime/main.ts', import.meta.url));
/** What `npm start` runs: it starts the other in the same group, and sends it the signals that it is sent. */
const STARTER = fileURLToPath(new URL('../../bin/start.mjs', import.meta.url));
const START_MS = 90_000;

export type Exit = { code: number | null; signal: NodeJS.Signals | null; afterMs: number };
export type ReceivedMail = { summary: MailSummary; raw: string; parsed: Email };
export type SystemProcess = Awaited<ReturnType<typeof systemProcess>>;

/** The settings of whoever runs the tests are not those of what is tested, but for what was fetched once. */
export const OUTER = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('RIAL_') || name === 'RIAL_CACHE'),
);

/** The workflows as they were bundled for the run, so that not each start bundles them. */
const BUNDLED = { RIAL_WORKFLOW_BUNDLE: process.env.RIAL_TEST_BUNDLE };

/**
 * Starts the system on a new folder and free ports. `flags` are further ones of `npm start`; with `group` it is that
 * itself, which leads a process group.
 */
export async function systemProcess({
  flags = [],
  group = false,
  env = {},
  port: given,
}: {
  flags?: string[];
  group?: boolean;
  env?: NodeJS.ProcessEnv;
  /** Of the site, where it has to be known before. */
  port?: number;
} = {}) {
  const data = await mkdtemp(path.join(tmpdir(), 'rial-system-'));
  const [free, temporalPort, uiPort, smtpPort] = (await freePorts(4)) as [number, number, number, number];
  const port = given ?? free;
  const url = `http://127.0.0.1:${port}`;
  const args = [
    ...['--data', data],
    ...['--port', port],
    ...['--temporal-port', temporalPort],
    ...['--temporal-ui-port', uiPort],
    ...['--smtp-port', smtpPort],
    ...flags,
  ].map(String);
  let child: ChildProcess | undefined;
  let exited: Promise<Exit> | undefined;
  let output = '';
  let token = '';
  let api: ApiClient | undefined;

  /** Starts it, for the first time or again, and waits until it says that it is ready. */
  async function start(): Promise<void> {
    output = '';
    const began = spawn(process.execPath, [group ? STARTER : MAIN, ...args], {
      detached: group,
      // Its own colours and its own parent: it ends when the tests are killed.
      env: { ...OUTER, ...BUNDLED, ...env, NO_COLOR: '1', RIAL_PARENT_PID: String(process.pid) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = began;
    exited = new Promise((resolve) => {
      began.once('exit', (code, signal) => resolve({ code, signal, afterMs: 0 }));
    });
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`the system was not ready after ${START_MS / 1000} s:\n${output}`)),
        START_MS,
      );
      const hear = (text: string) => {
        output += text;
        if (output.includes('RIAL is ready')) settle(resolve);
      };
      const settle = (how: () => void) => {
        clearTimeout(limit);
        how();
      };
      began.stdout?.setEncoding('utf8').on('data', hear);
      began.stderr?.setEncoding('utf8').on('data', hear);
      began.once('exit', (code, signal) =>
        settle(() => reject(new Error(`the system ended (${signal ?? code}) while it started:\n${output}`))),
      );
    });
    token = (await readFile(path.join(data, 'staff-token'), 'utf8')).trim();
    api = apiClient({ url, token });
  }

  /** Sends a signal to the process, and waits until it is gone. */
  async function kill(signal: NodeJS.Signals): Promise<Exit> {
    const sent = performance.now();
    child?.kill(signal);
    const how = (await exited) as Exit;
    return { ...how, afterMs: performance.now() - sent };
  }

  /** As `npm start` was ended, once it is. */
  const exit = () => exited as Promise<Exit>;
  /** Sends a signal to the whole group. */
  const signalGroup = (signal: NodeJS.Signals) => process.kill(-(child?.pid as number), signal);

  const serverOf = (pidFile: string): ProcessIdentity | undefined => {
    try {
      return (JSON.parse(readFileSync(path.join(data, pidFile), 'utf8')) as PidFile).server;
    } catch {
      return undefined;
    }
  };
  /** The Temporal server of the folder, dead or alive. */
  const temporalServer = () => serverOf('temporal.pid');
  /** The database server. */
  const databaseServer = () => serverOf('postgres.pid');

  /** The process that runs one of our programs, such as `worker/main.ts`. */
  function part(script: string): number | undefined {
    const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,command='], { encoding: 'utf8' });
    const found = lines.split('\n').find((line) => line.includes(script) && line.includes(`--data ${data} `));
    return found === undefined ? undefined : Number.parseInt(found, 10);
  }

  async function dispose(): Promise<void> {
    if (child?.exitCode === null && child.signalCode === null) await kill('SIGKILL');
    for (const server of [temporalServer(), databaseServer()])
      if (server && stillRuns(server)) process.kill(server.pid, 'SIGKILL');
    await rm(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  try {
    await start();
  } catch (error) {
    await dispose();
    throw error;
  }
  const mailboxUrl = `${url}/mailbox`;
  const mailbox = mailboxOver(mailboxUrl);
  return {
    url,
    data,
    temporalAddress: `127.0.0.1:${temporalPort}`,
    get token() {
      return token;
    },
    get api() {
      return api as ApiClient;
    },
    get pid() {
      return child?.pid as number;
    },
    /** What it printed since it was last started. */
    get output() {
      return output;
    },
    /** For `playFile`. */
    get stage(): Required<Stage> {
      return { apiUrl: url, token, mailboxUrl };
    },
    mailbox,
    /** What its parts wrote to the log: nothing, while all is well. */
    log: () => readFileSync(path.join(data, 'logs', 'rial.log'), 'utf8'),
    start,
    kill,
    exit,
    signalGroup,
    temporalServer,
    databaseServer,
    part,
    [Symbol.asyncDispose]: dispose,
  };
}

type PidFile = { server: ProcessIdentity };

/** The embedded mailbox over HTTP. */
function mailboxOver(url: string) {
  const get = async (rest: string): Promise<Response> => {
    const response = await fetch(`${url}${rest}`);
    if (!response.ok) throw new Error(`the mailbox answered ${response.status} to ${rest}`);
    return response;
  };
  const list = async (filter: MailFilter = {}): Promise<MailSummary[]> =>
    (await (await get(`/api/mails?${new URLSearchParams(filter)}`)).json()) as MailSummary[];
  const open = async (summary: MailSummary): Promise<ReceivedMail> => {
    const raw = await (await get(`/mails/${summary.id}/raw`)).text();
    return { summary, raw, parsed: await PostalMime.parse(raw) };
  };
  return {
    /** Oldest first. */
    list,
    open,
    async all(filter: MailFilter = {}): Promise<ReceivedMail[]> {
      const mails: ReceivedMail[] = [];
      for (const summary of await list(filter)) mails.push(await open(summary));
      return mails;
    },
  };
}

/** Whether a process still runs, and is no zombie. */
export const runs = (pid: number): boolean => identify(pid) !== undefined;

/**
 * Ports that are free now and stay so while a system is down: below those that systems lend to outgoing
 * connections.
 */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const free = await assertPortFree(port, '127.0.0.1', 'A test', '').then(
      () => true,
      () => false,
    );
    if (free) found.add(port);
  }
  return [...found];
}
