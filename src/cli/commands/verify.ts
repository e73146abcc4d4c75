import type { Command } from 'commander';
import { speaker } from '../../words/speaker.ts';
import { tellBundle } from '../bundle.ts';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';

type Options = { head?: string; certificate?: string };

/** `rial verify FILE`: whether a bundle is as it was written, without a server. */
export function verify(program: Command): void {
  program
    .command('verify')
    .summary('check a bundle that rial export wrote; needs no server')
    .description(
      'Checks a bundle by itself: every file against its hash, the history against its chain, the case against both, and the seal of its PDF. Names each thing that was altered, left out or added, and what was withheld from its reader. Needs no server.',
    )
    .argument('<file>', 'the ZIP, the folder it was unpacked into, or its PDF by itself')
    .option(
      '--head <hash>',
      'a hash of the history that is known from elsewhere, which it has to pass through',
    )
    .option(
      '--certificate <sha256>',
      'the fingerprint of a certificate that is known from elsewhere, by which its PDF has to be sealed',
    )
    .action(
      acting<Options, [string]>(async (context, { head, certificate }, file) => {
        for (const hash of [head, certificate])
          if (hash !== undefined && !/^[0-9a-f]{64}$/.test(hash))
            throw new UsageError(speaker('bundle.report', context.language)('badHead', { head: hash }));
        const { verifyBundle } = await import('../../evidence/verify.ts');
        const report = await verifyBundle(file, { head, certificate });
        tellBundle(report, context);
        return report.ok ? EXIT.done : EXIT.mistaken;
      }),
    );
}
