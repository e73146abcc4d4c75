import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { ApiError, Unreachable } from '../../api/errors.ts';
import type { Answer } from '../../api/routes.ts';
import { LEAST_RETENTION_DAYS } from '../../domain/disagreement.ts';
import type { HealthCheck } from '../../domain/health.ts';
import { Refused } from '../../domain/refusal.ts';
import { disagreementText, disagreementTodo } from '../../words/disagreements.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import { connectionOf, dataFolder } from '../connection.ts';
import type { Context } from '../context.ts';
import { EXIT, UsageError } from '../errors.ts';
import { printable, wrapped } from '../terminal.ts';

/** One thing that was looked at. Printed as it is under `--json`. */
type Finding = {
  check:
    | 'versions'
    | 'server'
    | HealthCheck
    | 'clock'
    | 'token'
    | 'permissions'
    | 'access'
    | 'agreement'
    | 'retention'
    | 'data';
  ok: boolean;
  found: string;
  /** What to do, where it is not well. */
  todo?: string;
};

/** Clocks further apart than this make "5 min ago" wrong. */
const CLOCKS_APART_S = 60;

/** `rial doctor`: what is well, and what to do about what is not. */
export function doctor(program: Command): void {
  program
    .command('doctor')
    .summary('look whether everything is well, and say what to do')
    .description(
      'Looks at the server and all that it depends on, the staff token and its permissions, versions, clock and data folder, and says what to do about each that is not well.',
    )
    .action(
      acting(async (context) => {
        const findings = await examine(context);
        const ok = findings.every((finding) => finding.ok);
        if (context.json) context.printJson({ ok, checks: findings });
        else context.print(printable(findings).flatMap((finding) => lines(finding, context)));
        if (ok) return EXIT.done;
        return findings.some(({ check, ok }) => check === 'server' && !ok) ? EXIT.unreachable : EXIT.refused;
      }),
    );
}

function lines({ ok, found, todo }: Finding, { terminal: { columns, paint } }: Context): string[] {
  const mark = ok ? paint.green('✔') : paint.red('✖');
  return [
    ...wrapped(found, columns - 2).map((line, at) => `${at === 0 ? mark : ' '} ${line}`),
    ...(todo ? wrapped(todo, columns - 2).map((line) => `  ${paint.yellow(line)}`) : []),
  ];
}

async function examine(context: Context): Promise<Finding[]> {
  const { env, say, now } = context;
  const tell = speaker('terminal.doctor', context.language);
  const { url, token } = await connectionOf(context.connection, env);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new UsageError(say('badUrl', { url }));
  const { apiClient } = await import('../../api/client.ts');
  const findings: Finding[] = [];
  const find = (check: Finding['check'], ok: boolean, found: string, todo: string) =>
    findings.push({ check, ok, found, ...(!ok && { todo }) });

  find(
    'versions',
    Number.parseInt(process.versions.node, 10) >= 24,
    tell('versions', { version: manifest.version, node: process.versions.node }),
    tell('versionsTodo'),
  );

  const asked = now();
  const health = await apiClient({ url })
    .health()
    .catch((error: unknown) => {
      if (error instanceof Unreachable || error instanceof ApiError) return undefined;
      throw error;
    });
  find('server', health !== undefined, tell(health ? 'server' : 'serverNot', { url }), tell('serverTodo'));
  if (health) {
    const { language } = context;
    const [well, ill, todo] = [
      speaker('health.well', language),
      speaker('health.ill', language),
      speaker('health.todo', language),
    ];
    for (const { check, ok } of health.checks) find(check, ok, ok ? well(check) : ill(check), todo(check));
    const middle = (asked.getTime() + now().getTime()) / 2;
    const seconds = Math.round(Math.abs(Date.parse(health.time) - middle) / 1000);
    const together = seconds <= CLOCKS_APART_S;
    find('clock', together, together ? tell('clock') : tell('clockNot', { seconds }), tell('clockTodo'));
  }

  const { source } = token;
  const readable = 'token' in token;
  find('token', readable, tell(readable ? 'token' : 'tokenNot', { source }), tell('tokenTodo'));
  if (readable && source !== 'RIAL_TOKEN' && process.platform !== 'win32') {
    const alone = ((await stat(source)).mode & 0o077) === 0;
    find(
      'permissions',
      alone,
      tell(alone ? 'permissions' : 'permissionsNot', { file: source }),
      tell('permissionsTodo', { file: source }),
    );
  }
  if (readable && health) {
    const api = apiClient({ url, token: token.token });
    const refused = await api.list({ most: '1' }).then(() => undefined, codeOf);
    find(
      'access',
      refused === undefined,
      refused === undefined ? tell('access') : tell('accessNot', { code: refused }),
      tell('accessTodo'),
    );
    if (refused === undefined) {
      const stands = await api.agreement({}).catch(codeOf);
      if (typeof stands === 'string')
        find('agreement', false, tell('agreementNot', { code: stands }), tell('agreementTodo'));
      else findings.push(...agreementFindings(stands, context));
    }
  }

  const dir = path.resolve(dataFolder(env));
  const there = await stat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  );
  // Whoever speaks to a server elsewhere has its token, and no folder.
  const elsewhere = readable && health !== undefined && path.dirname(path.resolve(source)) !== dir;
  if (there || !elsewhere) find('data', there, tell(there ? 'data' : 'dataNot', { dir }), tell('dataTodo'));
  else find('data', true, tell('dataElsewhere', { dir }), '');
  return findings;
}

/** The code of what was not done. */
function codeOf(error: unknown): string {
  if (error instanceof ApiError || error instanceof Refused) return error.code;
  if (error instanceof Unreachable) return error.name;
  throw error;
}

/** In what the case file and Temporal disagree, each by itself; and whether Temporal keeps long enough what has ended. */
function agreementFindings(
  { disagreements, retentionDays }: Answer<'agreement'>,
  { language }: Context,
): Finding[] {
  const tell = speaker('terminal.doctor', language);
  const kept = retentionDays >= LEAST_RETENTION_DAYS;
  const days = Math.floor(retentionDays);
  return [
    ...(disagreements.length === 0
      ? [{ check: 'agreement' as const, ok: true, found: tell('agreement') }]
      : disagreements.map((one) => ({
          ...{ check: 'agreement' as const, ok: false },
          found: tell('agreementLine', {
            cooperation: one.cooperation,
            what: disagreementText(one, language),
          }),
          todo: disagreementTodo(one, language),
        }))),
    {
      ...{ check: 'retention', ok: kept },
      found: tell(kept ? 'retention' : 'retentionNot', { days }),
      ...(!kept && { todo: tell('retentionTodo', { days: LEAST_RETENTION_DAYS }) }),
    },
  ];
}
