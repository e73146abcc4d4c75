import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { CLIENT_VARIABLES } from '../process/settings.ts';
import { common } from './command.ts';
import { answer } from './commands/answer.ts';
import { ask } from './commands/ask.ts';
import { attendance } from './commands/attendance.ts';
import { away } from './commands/away.ts';
import { backup, restore } from './commands/backup.ts';
import { callReport } from './commands/call-report.ts';
import { certificate, certificates } from './commands/certificates.ts';
import type { ChangeCommands } from './commands/change.ts';
import { check } from './commands/check.ts';
import { comment } from './commands/comment.ts';
import { commitments } from './commands/commitments.ts';
import { consent } from './commands/consent.ts';
import { copy } from './commands/copy.ts';
import { courses } from './commands/courses.ts';
import { digest } from './commands/digest.ts';
import { doctor } from './commands/doctor.ts';
import { documents } from './commands/documents.ts';
import { enquire, recordMail, reply, seeTo, takeIn } from './commands/enquire.ts';
import { exportCase } from './commands/export.ts';
import { library, nearest } from './commands/library.ts';
import { list } from './commands/list.ts';
import { logo } from './commands/logo.ts';
import { open } from './commands/open.ts';
import { paper, signPaper } from './commands/paper.ts';
import { paragraphs } from './commands/paragraphs.ts';
import { periods } from './commands/periods.ts';
import { persons } from './commands/persons.ts';
import { rebuild } from './commands/rebuild.ts';
import { rehearse } from './commands/rehearse.ts';
import { resend } from './commands/resend.ts';
import { search } from './commands/search.ts';
import { securityLog } from './commands/security-log.ts';
import { sessions } from './commands/sessions.ts';
import { share } from './commands/share.ts';
import { show } from './commands/show.ts';
import { signOut, staff, token } from './commands/staff.ts';
import { start } from './commands/start.ts';
import { takeBack } from './commands/take-back.ts';
import { template } from './commands/template.ts';
import { verify } from './commands/verify.ts';
import { watch } from './commands/watch.ts';
import { write } from './commands/write.ts';
import { EXIT, EXITS } from './conventions.ts';

/** `rial`: cooperations from a terminal, over the HTTP API. Help is in English; results speak the reader's language. */

const AFTER_HELP = [
  '',
  'Exit codes:',
  ...Object.values(EXITS).map(({ code, meaning }) => `  ${String(code).padEnd(3)} ${meaning}`),
  '',
  'Environment:',
  ...Object.entries(CLIENT_VARIABLES).map(([name, variable]) => {
    const otherwise = 'otherwise' in variable ? ` (${variable.otherwise})` : '';
    return `  ${name.padEnd(16)} ${variable.what}${otherwise}`;
  }),
  '',
  'More in docs/cli.md.',
].join('\n');

/** Does what the arguments say; what it ends with is in `process.exitCode`. */
export async function rial(args: readonly string[]): Promise<void> {
  const program = new Command('rial')
    .description(
      'Cooperation programmes between labour ministries of the RIAL network: start, follow, answer and change them.',
    )
    .version(manifest.version)
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride()
    .addHelpText('after', AFTER_HELP);
  for (const add of [
    start,
    check,
    rehearse,
    list,
    search,
    library,
    nearest,
    callReport,
    show,
    open,
    watch,
    answer,
    takeBack,
    ask,
    write,
    enquire,
    reply,
    takeIn,
    seeTo,
    recordMail,
    comment,
    consent,
    share,
    copy,
    paragraphs,
    attendance,
    certificates,
    certificate,
    exportCase,
    paper,
    signPaper,
    verify,
    doctor,
    securityLog,
    rebuild,
    resend,
    staff,
    template,
    logo,
    signOut,
    digest,
    away,
    token,
    backup,
    restore,
  ])
    add(program);
  program.commandsGroup('Changes of a cooperation under way:');
  const CHANGES: ChangeCommands = {
    ...{ ...periods, ...persons, ...sessions, ...documents },
    ...{ ...commitments, ...courses },
  };
  for (const add of Object.values(CHANGES)) add(program);
  // Last, so that help tells a command's own options first.
  for (const command of program.commands)
    for (const one of command.commands.length > 0 ? command.commands : [command]) common(one);

  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}
