import type { Command } from 'commander';
import { Refused } from '../../domain/refusal.ts';
import { acting } from '../command.ts';
import { EXIT } from '../errors.ts';
import { aboutCase } from '../failures.ts';
import { openDocument } from '../files.ts';
import { printable } from '../terminal.ts';

type Options = { by: string; title?: string; document?: string };

/** `rial share ID FILE`: makes a document available to everyone in the cooperation. */
export function share(program: Command): void {
  program
    .command('share')
    .summary('make a document available, in a person’s name')
    .description(
      'Makes a document available to everyone in the cooperation, in a person’s name; it is among the next news.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<file>', 'the document')
    .requiredOption('--by <person>', 'who shares it, by the code that rial show tells, such as chl-mtps-1')
    .option('--title <title>', 'what it is called (default: the name of the file)')
    .option('--document <document>', 'the document this is a new version of, such as doc-1')
    .action(
      acting<Options, [string, string]>(async (context, { by, title, document }, id, file) => {
        const { say } = context;
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
        const { fileName, bytes } = await openDocument(file, context);
        const shared = await api
          .putDocument({ id, by, name: fileName, title, kind: 'shared', document, body: bytes })
          .catch((error: unknown) => {
            throw named(error);
          });
        if (context.json) context.printJson(shared);
        else {
          const { title, document, version } = printable(shared);
          context.print(say('shared', { title, document, version }));
        }
        return EXIT.done;
      }),
    );
}
