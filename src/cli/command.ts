import type { Command } from 'commander';
import { LANGUAGES } from '../domain/language.ts';
import { type Common, type Context, contextOf } from './context.ts';
import { EXIT, UsageError } from './errors.ts';
import { report } from './failures.ts';

/** The options that every command has. */
export const common = (command: Command): Command =>
  command
    .option('--json', 'print JSON for programs instead of text')
    .option(
      '--language <language>',
      `${LANGUAGES.join(', ')} (default: RIAL_LANGUAGE, the terminal's, else es)`,
    )
    .option('--url <url>', 'where the server is (default: RIAL_URL, else http://127.0.0.1:8080)')
    .option('--token-file <file>', 'file of the token (default: RIAL_TOKEN_FILE, else <data>/staff-token)');

/** All that was typed after the name of the program. Commander keeps it, and leaves it out of its types. */
function typedIn(command: Command): readonly string[] {
  if (command.parent) return typedIn(command.parent);
  return (command as Command & { rawArgs: string[] }).rawArgs;
}

/**
 * A command's action: `work` is given the context, the arguments and the options, and returns the exit code where it is
 * not 0. What it throws is explained on the standard error output.
 */
export const acting =
  <Options extends object, Args extends (string | string[] | undefined)[]>(
    work: (context: Context, options: Options, ...args: Args) => Promise<number | undefined>,
  ) =>
  async (...given: unknown[]): Promise<void> => {
    // Commander adds the options and the command itself to the arguments.
    const args = given.slice(0, -2) as Args;
    const options = given.at(-2) as Options & Common;
    const context = contextOf(options, process.env, typedIn(given.at(-1) as Command));
    try {
      if (context instanceof UsageError) throw context;
      process.exitCode = (await work(context, options, ...args)) ?? EXIT.done;
    } catch (error) {
      const spoken = context instanceof UsageError ? contextOf({ ...options, language: 'es' }, {}) : context;
      process.exitCode = report(error, spoken as Context);
    }
  };
