import { ApiError, Unreachable } from '../api/errors.ts';
import { decisionsOf, neededBy, type RequestKind } from '../domain/kinds/index.ts';
import type { Enclosure } from '../domain/kinds/kind.ts';
import type { Mistake } from '../domain/mistake.ts';
import { decisionLabel } from '../wording/labels.ts';
import { moment } from '../wording/times.ts';
import { mistakeLine, mistakeText } from '../words/mistakes.ts';
import { isKey } from '../words/speaker.ts';
import { DEFAULT_URL, tokenFile } from './connection.ts';
import type { Context } from './context.ts';
import { EXIT, FileMistaken, NotDone, UsageError } from './errors.ts';
import { clean, terminalOf, wrapped } from './terminal.ts';

/** What the words of a refusal are filled with, where a command knows it. */
export type About = {
  id?: string;
  request?: string;
  kind?: RequestKind;
  by?: string;
  /** The number of a session. */
  session?: number;
  /** Names a party, and gives the zone of its capital. */
  party?: (code: string) => { name: string; timeZone: string };
};

const abouts = new WeakMap<object, About>();

/** Notes on an error what the command was about, for {@link report} to say it. Returns the error. */
export function about<E>(error: E, what: About): E {
  if (typeof error === 'object' && error !== null) abouts.set(error, { ...abouts.get(error), ...what });
  return error;
}

type Explained = {
  exit: number;
  code: string;
  message: string;
  /** What the server said beside it, or a stack. */
  detail?: string | undefined;
  mistakes?: readonly Mistake[] | undefined;
  file?: string;
};

/** Says on the standard error output what was wrong and what to do; as JSON under `--json`. Returns the exit code. */
export function report(error: unknown, context: Context): number {
  const explained = clean(explain(error, context));
  const { exit, code, message, detail, mistakes, file } = explained;
  const earlier = error instanceof ApiError ? error.earlier : undefined;
  if (context.json) {
    context.note(
      JSON.stringify({
        error: {
          code,
          message,
          ...(earlier && { earlier }),
          ...(mistakes && { mistakes: withWords(mistakes, context) }),
        },
      }),
    );
    return exit;
  }
  const { columns, paint } = terminalOf(process.stderr, context.env);
  if (mistakes)
    context.note(
      mistakes.flatMap((mistake) =>
        wrapped(mistakeLine(mistake, file ?? '', context.language), columns - 2).map((text, at) =>
          at === 0 ? text : `  ${text}`,
        ),
      ),
    );
  context.note(wrapped(message, columns).map((line) => paint.red(line)));
  if (detail) context.note(wrapped(detail, columns).map((line) => paint.dim(line)));
  return exit;
}

/** Mistakes as programs read them, each with what it is called in the reader's language. */
export const withWords = (mistakes: readonly Mistake[], { language }: Pick<Context, 'language'>) =>
  mistakes.map((mistake) => ({ ...mistake, message: mistakeText(mistake, language) }));

function explain(error: unknown, context: Context): Explained {
  const { say } = context;
  if (error instanceof UsageError) return { exit: EXIT.usage, code: 'Usage', message: error.message };
  if (error instanceof NotDone) return { exit: EXIT.refused, code: error.code, message: error.message };
  if (error instanceof FileMistaken)
    return {
      exit: EXIT.mistaken,
      code: 'FileMistaken',
      message: say('mistakeCount', { file: error.file, count: error.mistakes.length }),
      mistakes: error.mistakes,
      file: error.file,
    };
  if (error instanceof Unreachable)
    return {
      exit: EXIT.unreachable,
      code: 'Unreachable',
      message: say(error.late ? 'late' : 'unreachable', { url: error.url }),
    };
  if (error instanceof ApiError) return refusal(error, context);
  return {
    exit: EXIT.internal,
    code: 'Internal',
    message: say('internal'),
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

/** Codes whose words here say all there is; the server's own words follow the others. */
const COMPLETE = new Set([
  'Unauthorized',
  'CooperationUnknown',
  'RequestUnknown',
  'PersonUnknown',
  'AlreadyAnswered',
  'ReasonMissing',
  'SessionUnknown',
  'Unavailable',
  'DatabaseAway',
  'DatabaseAwayMidway',
  'Internal',
]);

/** How what comes with an answer is written on the command line. */
const NEEDS: Record<Enclosure, string> = {
  reason: '--changes "…"',
  minutes: '--done --minutes acta.yaml',
  text: '--done --text "…"',
  person: '--done --name "…" --email …',
  programme: '--submit programa.yaml',
  document: '--submit documento.docx',
  documents: '--done',
  marks: '--marks …',
  date: '--date …',
};

function refusal(error: ApiError, { say, language, connection, env, now }: Context): Explained {
  const { code, message, mistakes, status } = error;
  const { id = '', request = '', by = '', session = '', kind, party } = abouts.get(error) ?? {};
  if (code === 'UnexpectedAnswer')
    return {
      exit: EXIT.unreachable,
      code,
      message: say('notRial', { url: connection.url ?? (env.RIAL_URL || DEFAULT_URL) }),
      detail: message,
    };
  const exit = status === 503 ? EXIT.unreachable : status >= 500 ? EXIT.internal : EXIT.refused;
  const { earlier } = error;
  const first = earlier && {
    name: earlier.name ?? earlier.by,
    party: party?.(earlier.party).name ?? earlier.party,
    when: moment(earlier.at, party?.(earlier.party).timeZone ?? 'UTC', language, now()),
    decision: decisionLabel(earlier.decision, language),
  };
  // It says who was first only where the server does.
  if (!isKey('case.lines', code) || (code === 'AlreadyAnswered' && !first))
    return { exit, code, message, mistakes };
  const needed = kind && neededBy(kind);
  const said = say(code, {
    id,
    request,
    by,
    session,
    source: env.RIAL_TOKEN && connection.tokenFile === undefined ? 'RIAL_TOKEN' : tokenFile(connection, env),
    takes: kind ? decisionsOf(kind).map(flagOf).join(', ') : '',
    needs: needed ? NEEDS[needed] : '',
    ...first,
  });
  return { exit, code, message: said, detail: COMPLETE.has(code) ? undefined : message, mistakes };
}

/** How a decision is written on the command line. */
export const flagOf = (decision: string): string =>
  ({ changes: '--changes "…"', submit: '--submit …', marks: '--marks …', date: '--date …' })[decision] ??
  `--${decision}`;
