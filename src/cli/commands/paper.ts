import { type Command, Option } from 'commander';
import { PAPER_FILES, type PaperFile, paperFile, signersIn } from '../../domain/results/closingPaper.ts';
import { signerLines } from '../../words/closingPaper.ts';
import { sizeText } from '../../words/dates/clock.ts';
import { fullMoment } from '../../words/dates/fullDates.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { openDocument, writeNew } from '../files.ts';
import { RECORDED_OPTIONS, type RecordedOptions, recordedTyped } from '../optionValues.ts';
import { printable, wrapped } from '../terminal.ts';

/** `rial paper ID`: the sealed case file of a cooperation that is over, and who signed it. */
export function paper(program: Command): void {
  program
    .command('paper')
    .summary('tell or download the sealed case file of a cooperation that is over')
    .description(
      'Tells since when the case file of a cooperation that is over is sealed, and by whose certificates its ministries signed it. With --out, writes it: one PDF/A-3a with its case.json, the same bytes for whoever takes part, to be checked with rial verify and to be signed by a ministry with a tool of its own.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .option('--out <file>', 'the PDF to write; it must not be there yet')
    .addOption(
      new Option(
        '--as <which>',
        'with --out: with all signatures, as it was sealed, or the copy to be read (PDF/UA)',
      )
        .choices(PAPER_FILES)
        .default('newest'),
    )
    .action(
      acting<{ out?: string; as: PaperFile }, [string]>(async (context, { out, as }, id) => {
        const { language, say } = context;
        const { columns } = context.terminal;
        const api = await context.connect();
        const found = await api.closingPaper({ id }).catch(throwAbout({ id }));
        if (out !== undefined) {
          await writeNew(await api.closingPaperFile({ id, as }).catch(throwAbout({ id })), out, context);
          const { sha256, size } = paperFile(found, as);
          if (context.json) context.printJson({ id, file: out, sha256, size });
          else
            context.print(
              wrapped(say('paperWritten', { file: out, size: sizeText(size, language) }), columns),
            );
          return EXIT.done;
        }
        if (context.json) {
          context.printJson(found);
          return EXIT.done;
        }
        const tell = speaker('site.paper', language);
        const { madeAt, sha256, stamp, signed } = printable(found);
        const when = (at: string) => fullMoment(at, ['UTC'], language);
        const lines = [
          tell('made', { when: when(madeAt), sha256 }),
          tell(`stamp-${stamp}`),
          ...(signed.length === 0 ? [tell('none')] : [tell('vouch')]),
          ...signed.flatMap(({ number, party, at, signatures }) => [
            tell('signed', { number, TheParty: party, when: when(at) }),
            ...signerLines(signatures, language),
          ]),
        ];
        context.print(lines.flatMap((line) => wrapped(line, columns)));
        return EXIT.done;
      }),
    );
}

/** `rial sign-paper ID FILE`: puts in the sealed case file as a ministry signed it. */
export function signPaper(program: Command): void {
  program
    .command('sign-paper')
    .summary('put in the sealed case file as a ministry signed it with its own tool')
    .description(
      'Puts in the sealed case file, which rial paper --out writes, as a ministry signed it with a tool and a certificate of its own. It has to begin with the newest one, byte for byte, and add signatures alone; where another ministry signed meanwhile, that version is to be signed. The other ministry gets a mail, once. No key is sent or kept.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<file>', 'the signed PDF')
    .requiredOption('--by <person>', 'a person of the ministry that signed, such as per-mtpe-1')
    .option(...RECORDED_OPTIONS[0])
    .option(...RECORDED_OPTIONS[1])
    .action(
      acting<RecordedOptions & { by: string }, [string, string]>(
        async (context, { by, ...options }, id, file) => {
          const { recorded } = recordedTyped(options, context);
          const api = await context.connect();
          const { bytes } = await openDocument(file, context);
          const signed = await api
            .signPaper({
              ...{ id, by, body: bytes },
              ...(recorded && { recordedBy: recorded.by, how: recorded.how }),
            })
            .catch(throwAbout({ id }));
          if (context.json) {
            context.printJson(signed);
            return EXIT.done;
          }
          const { number, signatures } = printable(signed);
          const names = signersIn(signatures);
          context.print(
            wrapped(
              context.say('paperSigned', { number, names: names.join('; ') }),
              context.terminal.columns,
            ),
          );
          return EXIT.done;
        },
      ),
    );
}
