import { createWriteStream, rmSync } from 'node:fs';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ApiClient } from '../api/client.ts';
import { Unreachable } from '../api/errors.ts';
import type { BundleReport } from '../domain/results/bundle.ts';
import { bundleLines, findingText, verdictText } from '../words/bundle.ts';
import { speaker } from '../words/speaker.ts';
import type { Context } from './context.ts';
import { EXIT, NotDone } from './errors.ts';
import { throwAbout } from './failures.ts';
import { wrapped } from './terminal.ts';

/** What a check of a bundle came to, as JSON or in words. */
export function tellBundle(report: BundleReport, context: Context): void {
  const { language, terminal } = context;
  if (context.json) {
    const findings = report.findings.map((one) => ({ ...one, message: findingText(one, language) }));
    context.printJson({ ...report, findings });
    return;
  }
  const { columns, paint } = terminal;
  const colour = report.ok ? paint.green : paint.red;
  context.print(bundleLines(report, language).flatMap((line) => wrapped(line, columns)));
  context.print(wrapped(verdictText(report, language), columns).map(colour));
  context.print(report.findings.flatMap((one) => wrapped(`- ${findingText(one, language)}`, columns)));
}

/** Fetches a case as a bundle, and checks what came. It has its name when all of it is there. */
export async function writeBundle(
  api: Pick<ApiClient, 'url' | 'bundle'>,
  id: string,
  file: string,
  context: Context,
): Promise<number> {
  const say = speaker('bundle.report', context.language);
  const refuseThere = async () => {
    if (await lstat(file).catch(() => undefined)) throw new NotDone('FileThere', say('there', { file }));
  };
  await refuseThere();
  const part = `${path.resolve(file)}.part-${process.pid}`;
  const interrupted = () => {
    rmSync(part, { force: true });
    process.exit(EXIT.interrupted);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    // Before, so that nothing stands between the bytes and whoever reads them.
    await mkdir(path.dirname(part), { recursive: true });
    const bytes = await api.bundle({ id }).catch(throwAbout({ id }));
    await pipeline(bytes, createWriteStream(part, { flags: 'wx' })).catch((error: NodeJS.ErrnoException) => {
      // What the disk says has a path; all else was the connection.
      throw error.syscall ? error : new Unreachable(api.url, { cause: error });
    });
    const { verifyBundle } = await import('../evidence/verify.ts');
    const report = await verifyBundle(part);
    await refuseThere();
    await rename(part, file);
    const { ok, files, bytes: size, entries, head, findings } = report;
    if (context.json) context.printJson({ id, file, ok, files, bytes: size, entries, head, findings });
    else {
      tellBundle(report, context);
      context.print(wrapped(say('written', { file }), context.terminal.columns));
    }
    return ok ? EXIT.done : EXIT.mistaken;
  } catch (error) {
    await rm(part, { force: true });
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (!syscall) throw error;
    throw new NotDone(
      'FolderUnwritable',
      context.say('dirUnwritable', { dir: path.dirname(file), why: code ?? '' }),
    );
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}
