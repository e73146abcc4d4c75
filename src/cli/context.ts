import type { Command } from 'commander';
import type { ApiClient } from '../api/client.ts';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { type Speak, speaker } from '../words/speaker.ts';
import { type ConnectionOptions, connectionOf } from './connection.ts';
import { EXIT, NotDone, UsageError } from './errors.ts';
import { report } from './failures.ts';
import { languageFrom } from './language.ts';
import { type Terminal, terminalOf } from './terminal.ts';

/** What every command has at hand. */
export type Context = {
  language: Language;
  say: Speak<'case.lines'>;
  json: boolean;
  terminal: Terminal;
  env: NodeJS.ProcessEnv;
  connection: ConnectionOptions;
  now(): Date;
  /** Lines for people, on the standard output. */
  print(lines: string | readonly string[]): void;
  /** One JSON value on the standard output: indented, or on one line for a stream of them. */
  printJson(value: unknown, indent?: number): void;
  /** Lines beside the result, on the standard error output. */
  note(lines: string | readonly string[]): void;
  /** The server, with the token. @throws NotDone without a token, UsageError where the URL is none */
  connect(): Promise<ApiClient>;
};

/** The options that every command has. */
export const common = (command: Command): Command =>
  command
    .option('--json', 'print JSON for programs instead of text')
    .option(
      '--language <language>',
      `${LANGUAGES.join(', ')} (default: RIAL_LANGUAGE, the terminal's, else es)`,
    )
    .option('--url <url>', 'where the server is (default: RIAL_URL, else http://127.0.0.1:8080)')
    .option(
      '--token-file <file>',
      'file of the staff token (default: RIAL_TOKEN_FILE, else <data>/staff-token)',
    );

type Common = ConnectionOptions & { json?: boolean; language?: string };

/**
 * A command's action: `work` is given the context, the arguments and the options, and returns the exit code where it is
 * not 0. What it throws is explained on the standard error output.
 */
export const acting =
  <Options extends object, Args extends (string | undefined)[]>(
    work: (context: Context, options: Options, ...args: Args) => Promise<number | undefined>,
  ) =>
  async (...given: unknown[]): Promise<void> => {
    // Commander adds the options and the command itself to the arguments.
    const args = given.slice(0, -2) as Args;
    const options = given.at(-2) as Options & Common;
    const context = contextOf(options, process.env);
    try {
      if (context instanceof UsageError) throw context;
      process.exitCode = (await work(context, options, ...args)) ?? EXIT.done;
    } catch (error) {
      const spoken = context instanceof UsageError ? contextOf({ ...options, language: 'es' }, {}) : context;
      process.exitCode = report(error, spoken as Context);
    }
  };

function contextOf(options: Common, env: NodeJS.ProcessEnv): Context | UsageError {
  let language: Language;
  try {
    language = languageFrom(options.language, env);
  } catch (error) {
    return error as UsageError;
  }
  const say = speaker('case.lines', language);
  const context: Context = {
    language,
    say,
    json: options.json === true,
    terminal: terminalOf(process.stdout, env),
    env,
    connection: { url: options.url, tokenFile: options.tokenFile },
    now: () => new Date(),
    print: (lines) => {
      for (const line of [lines].flat()) process.stdout.write(`${line}\n`);
    },
    printJson: (value, indent = 2) => {
      process.stdout.write(`${JSON.stringify(value, null, indent)}\n`);
    },
    note: (lines) => {
      for (const line of [lines].flat()) process.stderr.write(`${line}\n`);
    },
    async connect() {
      const { url, token } = await connectionOf(context.connection, env);
      // Everything else starts without what the parsing of a case needs.
      const { apiClient } = await import('../api/client.ts');
      if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new UsageError(say('badUrl', { url }));
      if ('token' in token) return apiClient({ url, token: token.token });
      // Where nothing runs yet there is no token either, and the server is what is missing.
      await apiClient({ url }).health();
      throw new NotDone(
        'Unauthorized',
        token.problem === 'malformed'
          ? say('badToken', { source: token.source })
          : token.problem === 'missing'
            ? say('noToken', { file: token.source })
            : say('noFile', { file: token.source, why: say(token.problem) }),
      );
    },
  };
  return context;
}
