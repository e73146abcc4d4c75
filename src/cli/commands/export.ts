import { createHash } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { ApiClient } from '../../api/client.ts';
import { Unreachable } from '../../api/errors.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { Refused } from '../../domain/refusal.ts';
import { caseText, type ExportFile, FOLDERS, filesOf, isMail, UnsafeFile } from '../../export/files.ts';
import { namesIn } from '../../process/folders.ts';
import { writeBundle } from '../bundle.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, NotDone } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { wrapped } from '../terminal.ts';

type Options = { out: string };

/** A file of an export: its name in the folder, and its bytes' SHA-256 and number. */
export type ExportedFile = { file: string; sha256: string; size: number };
/** What `rial export --json` prints. */
export type ExportReport = {
  id: string;
  dir: string;
  files: ExportedFile[];
  /** Histories that Temporal does not have: of what has not begun, or is no longer kept. */
  missing: string[];
};

/** How many downloads at a time: the server reads the case for each. */
const AT_ONCE = 4;

/** `rial export ID --out PLACE`: the whole case as a bundle, or as a folder. */
export function exportCase(program: Command): void {
  program
    .command('export')
    .summary('write the whole case as a bundle that can be checked, or into a folder')
    .description(
      'Writes the whole case: into a ZIP, where the name ends in .zip, as a bundle that anybody can check (rial verify, docs/bundle.md); or into a new folder: case.json, mail/, documents/ and histories/. Every document and mail is held against its SHA-256; mails are then written without the links and codes that let their readers in. Nothing is written over, and nothing is left behind when it fails.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .requiredOption('--out <place>', 'the ZIP, or the folder; it must not exist yet, or be empty')
    .action(
      acting<Options, [string]>(async (context, { out }, id) => {
        const api = await context.connect();
        if (/\.zip$/i.test(out)) return writeBundle(api, id, out, context);
        await refuseOccupied(out, context);
        const view = await api.show({ id }).catch(throwAbout({ id }));
        const exported = await writeCase(api, view, out, context);
        if (context.json) {
          context.printJson(exported);
          return EXIT.done;
        }
        const { columns } = context.terminal;
        const { files, missing } = exported;
        context.print(wrapped(context.say('exported', { id, count: files.length, dir: out }), columns));
        if (missing.length > 0)
          context.note(wrapped(context.say('historyMissing', { files: missing.join(', ') }), columns));
        return EXIT.done;
      }),
    );
}

export async function refuseOccupied(dir: string, { say }: Context): Promise<void> {
  const there = await namesIn(dir).catch((error: NodeJS.ErrnoException) => {
    throw unwritable(dir, error, say);
  });
  if (there.length > 0) throw new NotDone('FolderNotEmpty', say('dirNotEmpty', { dir }));
}

const unwritable = (dir: string, error: NodeJS.ErrnoException, say: Context['say']) =>
  new NotDone('FolderUnwritable', say('dirUnwritable', { dir, why: error.code ?? error.message }));

/** Where the bytes and histories of a case come from. */
export type CaseSource = Pick<ApiClient, 'url' | 'bytes' | 'history'> & {
  /** Its mails are written as they are: the links in them lead nowhere. */
  rehearsed?: true;
};

/**
 * Writes a case into a folder beside the one that is wanted, which becomes it when all of it is there. `beside` are
 * files that go with it, by their names.
 */
export async function writeCase(
  api: CaseSource,
  view: CaseView,
  out: string,
  context: Context,
  beside: Readonly<Record<string, string>> = {},
): Promise<ExportReport> {
  const wanted = wantedFiles(view, context);
  const dir = path.resolve(out);
  const aside = await mkdir(path.dirname(dir), { recursive: true })
    .then(() => mkdtemp(`${dir}.part-`))
    .catch((error: NodeJS.ErrnoException) => {
      throw unwritable(out, error, context.say);
    });
  const interrupted = () => {
    // At once, so that no download goes on to write; one that is being written makes for another try.
    rmSync(aside, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
    process.exit(EXIT.interrupted);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    for (const folder of FOLDERS) await mkdir(path.join(aside, folder));
    const files: ExportedFile[] = [];
    const texts = { 'case.json': caseText(view), ...beside };
    for (const [file, text] of Object.entries(texts)) {
      await writeFile(path.join(aside, file), text);
      files.push({ file, sha256: sha256Of(text), size: Buffer.byteLength(text) });
    }
    const missing: string[] = [];
    await inTurn(wanted, async (one) => {
      const written = await download(api, view.id, one, aside, context);
      if (written) files.push(written);
      else missing.push(one.file);
    });
    // Downloads end in any order.
    const order = [...Object.keys(texts), ...wanted.map(({ file }) => file)];
    files.sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file));
    missing.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    await rmdir(dir).catch(() => {});
    await rename(aside, dir).catch(async (error: NodeJS.ErrnoException) => {
      // Somebody else put something there meanwhile.
      await refuseOccupied(out, context);
      throw error;
    });
    return { id: view.id, dir, files, missing };
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw code && /^(ENOSPC|EACCES|EROFS|ENAMETOOLONG|EDQUOT|EPERM)$/.test(code)
      ? unwritable(out, error as NodeJS.ErrnoException, context.say)
      : error;
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

/** The files of an export, or why it cannot be made of them. */
function wantedFiles(view: CaseView, { say }: Context): ExportFile[] {
  try {
    return filesOf(view);
  } catch (error) {
    if (!(error instanceof UnsafeFile)) throw error;
    throw new NotDone('FileUnsafe', say('unsafeFile', { file: JSON.stringify(error.file) }));
  }
}

/** With it come the case file and the mail composer, which no other command is to wait for. */
const mailsOfExports = () => import('../../export/mail.ts');
const isAbridged = async (raw: Buffer): Promise<boolean> => (await mailsOfExports()).isAbridged(raw);

async function download(
  api: CaseSource,
  id: string,
  wanted: ExportFile,
  dir: string,
  { say }: Context,
): Promise<ExportedFile | undefined> {
  const { file } = wanted;
  const target = path.join(dir, ...file.split('/'));
  const hash = createHash('sha256');
  let size = 0;
  const source =
    'sha256' in wanted
      ? await api.bytes({ id, sha256: wanted.sha256 })
      : await api.history({ id, scope: wanted.scope }).catch((error: unknown) => {
          if (error instanceof Refused && (error.code === 'HistoryUnknown' || error.code === 'NotUnderWay'))
            return undefined;
          throw error;
        });
  if (!source) return undefined;
  try {
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.byteLength;
          yield chunk;
        }
      },
      createWriteStream(target, { flags: 'wx' }),
    );
  } catch (error) {
    // What the disk says has a path; all else was the connection.
    if ((error as NodeJS.ErrnoException).syscall) throw error;
    throw new Unreachable(api.url, { cause: error });
  }
  const found = hash.digest('hex');
  // A token that is not the machine’s gets mails without the links in them, and nobody what is withheld: their hash is another.
  const isBlanked = isMail(wanted) && (await isAbridged(await readFile(target)));
  if ('sha256' in wanted && found !== wanted.sha256 && !isBlanked)
    throw new NotDone('HashMismatch', say('hashMismatch', { file, found, expected: wanted.sha256 }));
  if ('scope' in wanted && !isJson(await readFile(target, 'utf8')))
    throw new NotDone('HistoryUnreadable', say('historyUnreadable', { file }));
  if (!isMail(wanted) || api.rehearsed) return { file, sha256: found, size };
  const { exportedMail } = await mailsOfExports();
  const mail = await exportedMail(await readFile(target));
  await writeFile(target, mail);
  return { file, sha256: sha256Of(mail), size: mail.byteLength };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const sha256Of = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Some at a time. After the first failure none is begun, and those under way are waited for. */
async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const failures: unknown[] = [];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined && failures.length === 0; item = left.shift())
      await work(item).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
}
