import type { Command } from 'commander';
import type { ApiClient } from '../../api/client.ts';
import { type LogoVersion, logoOwner } from '../../domain/results/logo.ts';
import { shortDate } from '../../words/dates/shortDates.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, UsageError } from '../errors.ts';
import { openDocument, writeNew } from '../files.ts';
import { printable, table } from '../terminal.ts';

/** `rial logo`: the logos of institutions, in the head of papers. */

const INSTITUTION = 'the code that it has in programmes; secretariat for the Secretariat';

export function logo(program: Command): void {
  const group = program
    .command('logo')
    .summary('list, fetch, put in and take away the logos of institutions')
    .description('The logos of institutions, which stand at the head of the papers made from then on.');
  group
    .command('list')
    .summary('list what was put in')
    .action(
      acting(async (context) => {
        const versions = await (await context.connect()).logos();
        if (context.json) context.printJson(versions);
        else context.print(linesOf(printable(versions), context));
        return EXIT.done;
      }),
    );
  group
    .command('get')
    .summary('write one into a file')
    .argument('<number>', 'as rial logo list tells it')
    .requiredOption('--out <file>', 'the picture')
    .action(
      acting<{ out: string }, [string]>(async (context, { out }, number) => {
        await writeNew(await (await context.connect()).logoFile({ number }), out, context);
        if (context.json) context.printJson({ number: Number(number), file: out });
        else context.print(speaker('site.logos', context.language)('written', { file: out }));
        return EXIT.done;
      }),
    );
  changing(group);
}

/** Part of `rial logo`. */
function changing(group: Command): void {
  const seenOption = [
    '--seen <number>',
    'the number of the last that was seen, so that what somebody put in since is not replaced (default: the present one)',
  ] as const;
  group
    .command('put')
    .summary('put one in the place of the present one')
    .argument('<institution>', INSTITUTION)
    .argument('<file>', 'a PNG or JPEG picture, of up to 512 kB and 2000 pixels a side')
    .option(...seenOption)
    .action(
      acting<{ seen?: string }, [string, string]>(async (context, { seen }, given, file) => {
        const institution = ownerIn(given, context);
        const { fileName: name, bytes: body } = await openDocument(file, context);
        const api = await context.connect();
        const { number } = await api.putLogo({
          ...{ institution, name, seen: String(seen ?? (await lastOf(api))), body },
        });
        if (context.json) context.printJson({ number });
        else context.print(speaker('site.logos', context.language)('number', { number, institution }));
        return EXIT.done;
      }),
    );
  group
    .command('remove')
    .summary('take one away')
    .argument('<institution>', INSTITUTION)
    .option(...seenOption)
    .action(
      acting<{ seen?: string }, [string]>(async (context, { seen }, given) => {
        const institution = ownerIn(given, context);
        const api = await context.connect();
        const last = seen === undefined ? await lastOf(api) : Number(seen);
        const done = await api.removeLogo({ body: { institution, seen: last } });
        const say = speaker('site.logos', context.language);
        if (context.json) context.printJson(done);
        else context.print(say(done.removed ? 'removed' : 'notRemoved', { institution }));
        return EXIT.done;
      }),
    );
}

/** @throws UsageError */
function ownerIn(given: string, { language }: Context): string {
  const { data } = logoOwner.safeParse(given);
  if (data === undefined) throw new UsageError(speaker('site.logos', language)('noInstitution'));
  return data;
}

/** The number of the last that was put in, of any institution; 0 for none. */
const lastOf = async (api: ApiClient): Promise<number> => (await api.logos())[0]?.number ?? 0;

function linesOf(versions: readonly LogoVersion[], { language, terminal, now }: Context): string[] {
  const say = speaker('site.logos', language);
  if (versions.length === 0) return [say('none')];
  const present = new Set(versions.filter(isLast));
  return table(
    ['', say('code'), say('logo'), say('putAt'), '', ''],
    versions.map((one) => ({
      cells: [
        ...[String(one.number), one.institution, one.file?.name ?? say('taken')],
        shortDate(one.putAt.slice(0, 10), language, 'UTC', now()),
        one.putBy ?? speaker('site.templates', language)('terminal'),
        present.has(one) && one.file ? say('present') : '',
      ],
    })),
    terminal,
  );
}

/** Of its institution: they come the newest first. */
const isLast = (one: LogoVersion, at: number, all: readonly LogoVersion[]): boolean =>
  all.findIndex(({ institution }) => institution === one.institution) === at;
