import type { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { BackupRefused, type Manifest } from '../../backup/manifest.ts';
import { documentsIn } from '../../process/config.ts';
import { moment } from '../../words/dates/shortDates.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import { dataFolder } from '../connection.ts';
import type { Context } from '../context.ts';
import { EXIT, NotDone } from '../errors.ts';
import { wrapped } from '../terminal.ts';

type Options = { data?: string; databaseUrl?: string; documents?: string };

const placed = (command: Command): Command =>
  command
    .option('--data <dir>', 'the data folder (default: RIAL_DATA, else ./data)')
    .option(
      '--database-url <url>',
      'the database, where it is not the embedded one (default: RIAL_DATABASE_URL)',
    )
    .option(
      '--documents <url>',
      'the bucket of documents, where they are not in the data folder (default: RIAL_DOCUMENTS)',
    );

function installation({ databaseUrl, documents, ...options }: Options, { env }: Context) {
  const data = options.data ?? dataFolder(env);
  const { s3 } = documentsIn(documents ?? env.RIAL_DOCUMENTS, data);
  return { data, database: databaseUrl ?? (env.RIAL_DATABASE_URL || undefined), s3 };
}

/** `rial backup DIR`: everything that is kept, as it is at one instant, from a system that may run. */
export function backup(program: Command): void {
  placed(program.command('backup'))
    .summary('take a backup of everything that is kept; the system may run meanwhile')
    .description(
      "Writes everything that is kept into a new folder, as it is at one instant: the case file's tables, the documents and mails they name, and the staff token. Runs on the machine of the system, as its user; the system may run meanwhile. Whoever has the folder has all of it: keep it accordingly.",
    )
    .argument('<dir>', 'the folder; it must not exist yet, or be empty')
    .action(
      acting<Options, [string]>(async (context, options, dir) => {
        const { backupOf } = await import('../../backup/system.ts');
        const { version } = manifest;
        const { now } = context;
        const taken = await undisturbed(
          (stopping) => backupOf(installation(options, context), dir, { version, now, stopping }),
          context,
        );
        if (!taken) return EXIT.interrupted;
        const { tables, documents, missing } = taken;
        const tell = speaker('terminal.backup', context.language);
        if (context.json) context.printJson(taken);
        else
          print(
            tell('taken', {
              dir,
              rows: tables.reduce((sum, { rows }) => sum + rows, 0),
              tables: tables.length,
              documents: documents.length,
              moment: when(taken, context),
            }),
            context,
          );
        if (missing.length === 0) return EXIT.done;
        context.note(wrapped(tell('missing', { count: missing.length }), context.terminal.columns));
        return EXIT.refused;
      }),
    );
}

/** `rial restore DIR`: the way back from a backup, into an empty place; with `--verify` only to see that there is one. */
export function restore(program: Command): void {
  placed(program.command('restore'))
    .summary('put a backup into an empty place, or verify that it can be')
    .description(
      'Puts a backup into an empty data folder, and into an empty database where it is not the embedded one, and holds each table and document against what was written down of it. Then start the system, and let `rial rebuild` set the open cooperations going.',
    )
    .argument('<dir>', 'the folder of the backup')
    .option('--verify', 'restore it into a database for the test, and leave nothing of that')
    .action(
      acting<Options & { verify?: true }, [string]>(async (context, { verify, ...options }, dir) => {
        const { restoreInto, verifyBackup } = await import('../../backup/system.ts');
        const place = installation(options, context);
        const found = await undisturbed(
          (stopping) => (verify ? verifyBackup(dir, stopping) : restoreInto(place, dir, stopping)),
          context,
        );
        if (!found) return EXIT.interrupted;
        const tell = speaker('terminal.backup', context.language);
        if (context.json) context.printJson(found);
        else if (verify) print(tell('verified', { moment: when(found, context) }), context);
        else print(tell('restored', { place: place.data, moment: when(found, context) }), context);
        return EXIT.done;
      }),
    );
}

const print = (text: string, { print, terminal }: Context): void => print(wrapped(text, terminal.columns));

const when = ({ takenAt }: Manifest, { language, now }: Context): string =>
  moment(takenAt, 'UTC', language, now());

/**
 * Takes or restores a backup; nothing where it was interrupted, and nothing of it is left then.
 * @throws NotDone what it was refused for, or what the disk says against it, in the reader's language
 */
async function undisturbed<T>(
  work: (stopping: AbortSignal) => Promise<T>,
  { language }: Context,
): Promise<T | undefined> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  try {
    return await work(stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return undefined;
    const tell = speaker('terminal.backup', language);
    if (error instanceof BackupRefused) {
      const { code, ...values } = error.fault;
      throw new NotDone(code, tell(code, values as never));
    }
    // A store that is full says what the disk said.
    const said = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const { code = '', path: place = '' } = said as NodeJS.ErrnoException;
    if (!DISK_FAULTS.includes(code)) throw error;
    throw new NotDone('DiskFault', tell('DiskFault', { code, place }));
  }
}

/** What a disk, a quota or a right says against reading or writing a folder. */
const DISK_FAULTS = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EFBIG', 'ENOTDIR'];
