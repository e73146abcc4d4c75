import type { ApiClient } from '../api/client.ts';
import type { Language } from '../domain/language.ts';
import { connectionFlags } from '../process/commandFlags.ts';
import { type Speak, speaker } from '../words/speaker.ts';
import { type ConnectionOptions, connectionOf } from './connection.ts';
import { NotDone, UsageError } from './errors.ts';
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
  /**
   * With which the next command is typed: what this one was called by, the flags that say where the server is, and all that
   * was typed after its name.
   */
  typed: { rial: string; flags: string; args: readonly string[] };
  /** The server, with the token. @throws NotDone without a token, UsageError where the URL is none */
  connect(): Promise<ApiClient>;
};

/** What every command is told. */
export type Common = ConnectionOptions & { json?: boolean; language?: string };

/** @returns the mistake, where the language that was asked for is none */
export function contextOf(
  options: Common,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Context | UsageError {
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
    typed: {
      // As npx says that it runs something.
      rial: env.npm_command === 'exec' ? 'npx rial' : 'rial',
      flags: connectionFlags(options),
      args,
    },
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
