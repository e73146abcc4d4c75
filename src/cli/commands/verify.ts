import type { Command } from 'commander';
import { speaker } from '../../words/speaker.ts';
import { tellBundle } from '../bundle.ts';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';

type Options = { head?: string };

/** `rial verify FILE`: whether a bundle is as it was written, without a server. */
export function verify(program: Command): void {
  program
    .command('verify')
    .summary('check a bundle that rial export wrote; needs no server')
    .description(
      'Checks a bundle by itself: every file against its hash, the history against its chain, the case against both. Names each thing that was altered, left out or added, and what was withheld from its reader. Needs no server.',
    )
    .argument('<file>', 'the ZIP, or the folder it was unpacked into')
    .option(
      '--head <hash>',
      'a hash of the history that is known from elsewhere, which it has to pass through',
    )
    .action(
      acting<Options, [string]>(async (context, { head }, file) => {
        if (head !== undefined && !/^[0-9a-f]{64}$/.test(head))
          throw new UsageError(speaker('bundle.report', context.language)('badHead', { head }));
        const { verifyBundle } = await import('../../evidence/verify.ts');
        const report = await verifyBundle(file, { head });
        tellBundle(report, context);
        return report.ok ? EXIT.done : EXIT.mistaken;
      }),
    );
}
