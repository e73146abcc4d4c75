import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { Attendee } from '../../domain/content.ts';
import { matchedTo, participantsIn, tableText } from '../../domain/people/participants.ts';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { readBytes } from '../files.ts';

/** `rial attendance ID FILE`: who attended, as far as Zoom's list of participants tells it. */
export function attendance(program: Command): void {
  program
    .command('attendance')
    .summary('propose who attended, from the list of participants that Zoom exports')
    .description(
      'Reads the CSV file with the participants of a meeting and prints who of the cooperation attended, and who else, as the key attendance of a file with minutes: to be looked through, and given to rial answer, rial correct-minutes or rial correct-meeting. Nothing is changed or sent anywhere.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<file>', 'the list of participants, or - for the standard input')
    .action(
      acting<object, [string, string]>(async (context, _, id, file) => {
        const listed = participantsIn(tableText(await readBytes(file, context)));
        if (!listed) throw new UsageError(context.say('noParticipants', { file }));
        const api = await context.connect();
        const { people } = await api.show({ id }).catch(throwAbout({ id }));
        const { present, others } = matchedTo(
          listed,
          people.filter(({ active }) => active),
        );
        const known = people.filter((one) => present.includes(one.id));
        const proposed: Attendee[] = [
          ...known.map(({ id: person, name, party }) => ({ name, party, person })),
          ...others,
        ];
        if (context.json) context.printJson({ attendance: proposed });
        else context.print(stringify({ attendance: proposed }).trimEnd().split('\n'));
        return EXIT.done;
      }),
    );
}
