import { type Command, Option } from 'commander';
import type { ApiClient } from '../../api/client.ts';
import { codeInGroups } from '../../domain/results/certificateCode.ts';
import { attendedIn, certificateState } from '../../domain/results/certifiedAttendance.ts';
import { certificateRows, certificateVerdict } from '../../words/certificates.ts';
import { colonIn } from '../../words/colon.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT, UsageError } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { writeNew } from '../files.ts';
import { printable, table } from '../terminal.ts';

type Options = {
  give?: true;
  anew?: string[];
  withdraw?: string;
  reason?: string;
  zip?: string;
  by?: string;
  dryRun?: true;
};

/** `rial certificates ID`: those that were given; gives them, withdraws one, or writes all that stand into a ZIP. */
export function certificates(program: Command): void {
  program
    .command('certificates')
    .summary('give certificates to who attended, list, download or withdraw them')
    .description(
      'Lists the certificates of a cooperation. With --give, gives one to everybody who attended a session by name and has none that stands, once all sessions are recorded or cancelled; those that no longer agree with the attendance are replaced. Nobody is written to.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .option('--give', 'give to everybody who attended and has none that stands')
    .option('--anew <numbers...>', 'with --give: to the owners of these withdrawn ones, too')
    .option('--dry-run', 'with --give: say to whom, and give none')
    .addOption(new Option('--withdraw <number>', 'withdraw one, with --reason').conflicts(['give', 'zip']))
    .option('--reason <text>', 'why one is withdrawn')
    .addOption(new Option('--zip <file>', 'write those that stand, as PDFs in a ZIP').conflicts('give'))
    .option('--by <person>', 'who of the Secretariat gives or withdraws, by their code')
    .action(
      acting<Options, [string]>(async (context, options, id) => {
        const numbers = numbersIn(options, context);
        const api = await context.connect();
        const about = throwAbout({ id });
        if (options.zip !== undefined) return writeZip(api, id, options.zip, context).catch(about);
        if (options.withdraw !== undefined) {
          const body = { certificate: numbers.withdraw, reason: options.reason ?? '', by: options.by };
          const done = await api.withdrawCertificate({ id, body }).catch(about);
          if (context.json) context.printJson(done);
          else context.print(context.say('certificateWithdrawn', { number: numbers.withdraw }));
          return EXIT.done;
        }
        if (options.give) return give(api, id, { ...options, anew: numbers.anew }, context).catch(about);
        const view = await api.show({ id }).catch(about);
        if (context.json) context.printJson(view.certificates);
        else context.print(listOf(printable(view), context));
        return EXIT.done;
      }),
    );
}

/** @throws UsageError */
function numbersIn({ anew = [], withdraw, reason }: Options, { say }: Context) {
  const number = (typed: string): number => {
    if (!/^[1-9]\d{0,5}$/.test(typed)) throw new UsageError(say('noCertificateNumber', { typed }));
    return Number(typed);
  };
  if (withdraw !== undefined && !reason?.trim()) throw new UsageError(say('certificateReasonMissing'));
  return { anew: anew.map(number), withdraw: withdraw === undefined ? 0 : number(withdraw) };
}

async function give(
  api: ApiClient,
  id: string,
  { by, anew, dryRun }: Omit<Options, 'anew'> & { anew: number[] },
  context: Context,
): Promise<number> {
  const body = { ...(by !== undefined && { by }), ...(anew.length > 0 && { anew }) };
  const done = await api.giveCertificates({ id, body, ...(dryRun && { 'dry-run': '' }) });
  if (context.json) context.printJson(done);
  else if ('due' in done)
    context.print([
      context.say('certificatesDue', { count: done.due.length, replaced: done.replaced.length }),
      ...printable(done.due).map(({ name }) => `  ${name}`),
    ]);
  else
    context.print(
      context.say('certificatesGiven', { count: done.given.length, replaced: done.replaced.length }),
    );
  return EXIT.done;
}

async function writeZip(api: ApiClient, id: string, file: string, context: Context): Promise<number> {
  await writeNew(await api.certificates({ id }), file, context);
  if (context.json) context.printJson({ id, file });
  else context.print(context.say('certificatesWritten', { file }));
  return EXIT.done;
}

function listOf(
  view: Awaited<ReturnType<ApiClient['show']>>,
  { say, language, terminal }: Context,
): string[] {
  if (view.certificates.length === 0) return [say('noCertificates')];
  const attended = attendedIn(view);
  const stateNamed = speaker('site.certificates', language);
  return table(
    [say('certificateNumber'), say('certificateOf'), say('certificateCode'), say('certificateState')],
    view.certificates.map((one) => ({
      cells: [
        String(one.number),
        one.name,
        codeInGroups(one.code),
        stateNamed(`state-${certificateState(one, attended)}`),
      ],
    })),
    terminal,
  );
}

/** `rial certificate CODE`: whether a certificate stands, and what it states. */
export function certificate(program: Command): void {
  program
    .command('certificate')
    .summary('check a certificate by its code')
    .description(
      'Says whether a certificate of participation stands and what it states, by the code at its foot. Ends with 1 where it does not stand.',
    )
    .argument('<code>', 'on the certificate, with or without hyphens')
    .action(
      acting<object, [string]>(async (context, _, code) => {
        const api = await context.connect();
        const found = await api.certificate({ code });
        if (context.json) context.printJson(found);
        else context.print(stated(printable(found), code, context));
        return found.state === 'valid' ? EXIT.done : EXIT.refused;
      }),
    );
}

function stated(
  found: Awaited<ReturnType<ApiClient['certificate']>>,
  code: string,
  { language }: Context,
): string[] {
  const { heading, text } = certificateVerdict(found, code, language);
  if (found.state !== 'valid') return [heading, text];
  const colon = colonIn(language);
  const rows = certificateRows(found, language).map(
    ([label, lines]) => `${label}${colon}${lines.join('; ')}`,
  );
  return [heading, ...rows];
}
