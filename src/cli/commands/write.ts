import type { Command } from 'commander';
import type { CaseView } from '../../domain/caseView.ts';
import type { Addressees, GivenCommunication } from '../../domain/communication.ts';
import { CONSULTANT } from '../../domain/methodology.ts';
import { hasAddress } from '../../domain/people/address.ts';
import { composeMail } from '../../mail/compose.ts';
import { headingOf, readerOf } from '../../mail/headings.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { printable } from '../terminal.ts';

type Options = { to: string; subject: string; by?: string; dryRun?: true };

/** `rial write ID TEXT`: the Secretariat writes, beside the process. */
export function write(program: Command): void {
  program
    .command('write')
    .summary('write to people of a cooperation, for the Secretariat')
    .description(
      'Writes to somebody, an institution, all who owe an answer now, or everybody, for the Secretariat. It is on record, and no step waits on it.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<text>', 'what is written')
    .requiredOption('--to <whom>', 'a person (per-mtpe-1), a party (per-mtpe), owing or everybody')
    .requiredOption('--subject <subject>', 'of the mail')
    .option('--by <person>', 'who of the Secretariat writes, such as oas-1')
    .option('--dry-run', 'only show who would get it, and the mail')
    .action(
      acting<Options, [string, string]>(async (context, { to, subject, by, dryRun }, id, text) => {
        const api = await context.connect();
        const view = await api.show({ id }).catch(throwAbout({ id }));
        const body = { addressed: addressedTo(to, view), subject, text, ...(by !== undefined && { by }) };
        const sent = await api
          .write({ id, body, ...(dryRun && { 'dry-run': 'yes' }) })
          .catch(throwAbout({ id }));
        if (context.json) context.printJson(sent);
        else if ('number' in sent)
          context.print(context.say('written', { number: sent.number, count: sent.people.length }));
        else printForecast(context, printable(view), body, sent.people);
        return EXIT.done;
      }),
    );
}

const addressedTo = (to: string, { programme }: CaseView): Addressees => {
  if (to === 'owing' || to === 'everybody') return { to };
  const isParty = to === CONSULTANT || programme.institutions.some(({ id }) => id === to);
  return isParty ? { to: 'party', party: to } : { to: 'person', person: to };
};

function printForecast(
  { print, say, language, now }: Context,
  view: CaseView,
  { subject, text, by }: GivenCommunication,
  readers: readonly { id: string; officer?: { name: string; email: string } | undefined }[],
): void {
  const people = view.people
    .filter(hasAddress)
    .filter(({ id }) => readers.some((reader) => reader.id === id));
  print(say('wouldWrite', { count: people.length }));
  print(
    people.map(
      ({ name, email, party }) => `  ${name} <${email}>, ${partyNamed(view.programme, party, language)}`,
    ),
  );
  const [first] = people;
  if (!first) return;
  const author = view.people.find(({ id }) => id === by)?.name;
  const notice = { notice: 'communication' as const, subject, text, ...(author && { by: author }) };
  const officer = readers.find(({ id }) => id === first.id)?.officer;
  const mail = composeMail(
    notice,
    readerOf(view, first),
    { ...headingOf(view), officer },
    now().toISOString(),
  );
  print(['', mail.subject, '', mail.text.trimEnd()]);
}
