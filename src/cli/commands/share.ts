import { Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import { linkIn } from '../../domain/document.ts';
import { MATERIAL_KINDS } from '../../domain/documentKinds.ts';
import { Refused } from '../../domain/refusal.ts';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';
import { aboutCase } from '../failures.ts';
import { openDocument } from '../files.ts';
import { RECORDED_OPTIONS, type RecordedOptions, recordedTyped, sessionTyped } from '../optionValues.ts';
import { printable } from '../terminal.ts';

type Options = RecordedOptions & {
  by: string;
  title?: string;
  document?: string;
  session?: string;
  as?: string;
};

/** `rial share ID FILE`: makes a document available to everyone in the cooperation. */
export function share(program: Command): void {
  program
    .command('share')
    .summary('make a document available, in a person’s name')
    .description(
      'Makes a document available to everyone in the cooperation, in a person’s name; it is among the next news.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<file>', 'the document, or for a material of a session the https link to where it is')
    .requiredOption('--by <person>', 'who shares it, by the code that rial show tells, such as chl-mtps-1')
    .option('--title <title>', 'what it is called (default: the name of the file)')
    .option('--document <document>', 'the document this is a new version of, such as doc-1')
    .option('--session <number>', 'the session that it is a material of')
    .addOption(
      new Option('--as <kind>', 'what it is of that session').choices(MATERIAL_KINDS).default('presentation'),
    )
    .option(...RECORDED_OPTIONS[0])
    .option(...RECORDED_OPTIONS[1])
    .action(
      acting<Options, [string, string]>(
        async (context, { by, title, document, session, as, ...options }, id, file) => {
          const { say } = context;
          const { recorded } = recordedTyped(options, context);
          const named = <E>(error: E) => aboutCase(error, { id });
          const api = await context.connect();
          if (document !== undefined) {
            // A slip would make a new document of that name.
            const { documents } = await api.show({ id }).catch((error: unknown) => {
              throw named(error);
            });
            const known = [...new Set(documents.map((one) => one.document))];
            if (!known.includes(document))
              throw named(new Refused({ code: 'DocumentUnknown', documents: [document] }));
          }
          const of = session === undefined ? undefined : sessionTyped(session, context);
          const link = of === undefined ? undefined : linkIn(file);
          const { fileName, bytes } = link
            ? { fileName: 'link.txt', bytes: Readable.from([Buffer.from(`${link}\n`)]) }
            : await openDocument(file, context);
          const kind =
            of === undefined ? 'shared' : (MATERIAL_KINDS.find((one) => one === as) ?? 'presentation');
          const shared = await api
            .putDocument({
              ...{ id, by, name: fileName, title, kind, document, body: bytes },
              ...(of !== undefined && { session: String(of) }),
              ...(recorded && { recordedBy: recorded.by, how: recorded.how }),
            })
            .catch((error: unknown) => {
              throw named(error);
            });
          if (context.json) context.printJson(shared);
          else {
            const { title, document, version } = printable(shared);
            context.print(say('shared', { title, document, version }));
          }
          return EXIT.done;
        },
      ),
    );
}
