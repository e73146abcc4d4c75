import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What tells one process from another that later got the same number. */
export type ProcessIdentity = { pid: number; started: string; command: string };

/**
 * Who runs under `pid` now, or undefined if nobody does (a zombie is nobody: it holds no file and no port).
 * `started` is only good for comparing with another reading on this machine.
 */
export function identify(pid: number): ProcessIdentity | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Whether the process that was identified earlier is still the one that runs under that number. */
export function stillRuns(known: ProcessIdentity): boolean {
  const now = identify(known.pid);
  return now !== undefined && now.started === known.started && now.command === known.command;
}

function fromProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces and brackets: the fields count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, started] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || started === undefined) return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, started, command };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): ProcessIdentity | undefined {
  try {
    const line = execFileSync(
      'ps',
      ['-ww', '-o', 'stat=', '-o', 'lstart=', '-o', 'command=', '-p', String(pid)],
      {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).trim();
    // Ss   Sun Nov 22 13:41:00 2026 command …
    const found = /^(\S+)\s+(\S+ \S+\s+\d+ [\d:]+ \d{4})\s+(\S.*)?$/s.exec(line);
    if (!found || found[1]?.startsWith('Z')) return undefined;
    return { pid, started: found[2] ?? '', command: found[3] ?? '' };
  } catch {
    return undefined;
  }
}
