import type { Command } from 'commander';
import { nearest } from '../../domain/programme/spelling.ts';
import { SECURITY_CODES, type SecurityCode } from '../../domain/securityEvent.ts';
import { securityEventText } from '../../words/securityEvents.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { printable, table } from '../terminal.ts';

type Options = { most: string; before?: string; code?: string };

/** `rial security-log`: who came, who was turned away, who took what with them. */
export function securityLog(program: Command): void {
  program
    .command('security-log')
    .summary('who signed in, who was refused, who exported or changed what')
    .description(
      'Shows the security log, the newest entries first: sign-ins, failures, refusals by role, exports, changes of people, staff and tokens. Times are UTC.',
    )
    .option('--most <number>', 'how many entries at most, to 1000', '100')
    .option('--before <seq>', 'only entries before this one, by its number under --json')
    .option('--code <code>', `only events of this code, such as ${SECURITY_CODES[2]}`)
    .action(
      acting<Options, []>(async (context, { most, before, code }) => {
        const say = speaker('security.page', context.language);
        if (code !== undefined && !isCode(code)) throw new UsageError(unknownCode(code));
        const api = await context.connect();
        const entries = await api['security-log']({ most, before, code });
        if (context.json) context.printJson(entries);
        else if (entries.length === 0) context.print(say('none'));
        else
          context.print(
            table(
              [say('when'), say('who'), say('from'), say('what')],
              printable(entries).map(({ at, who, from, event }) => ({
                cells: [
                  at.slice(0, 19).replace('T', ' '),
                  who?.id ?? say('nobody'),
                  from ?? say('nobody'),
                  securityEventText(event, context.language),
                ],
              })),
              context.terminal,
            ),
          );
        return EXIT.done;
      }),
    );
}

const isCode = (code: string): code is SecurityCode => (SECURITY_CODES as readonly string[]).includes(code);
const unknownCode = (code: string): string => {
  const meant = nearest(code, SECURITY_CODES);
  return `--code ${code}: ${meant ? `${meant}?` : SECURITY_CODES.join(', ')}`;
};
