import type { Command } from 'commander';
import { acting } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { RECORDED_OPTIONS, type RecordedOptions, recordedTyped } from '../optionValues.ts';

/** `rial enquire ID TEXT`: somebody who takes part asks the Secretariat; `rial reply ID NUMBER TEXT`: it answers. */
export function enquire(program: Command): void {
  program
    .command('enquire')
    .summary('ask the Secretariat something, in a person’s name')
    .description('Asks the Secretariat something in a person’s name. No step waits on it.')
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<text>', 'what is asked')
    .requiredOption('--by <person>', 'who asks, by the code that rial show tells, such as per-mtpe-1')
    .option(...RECORDED_OPTIONS[0])
    .option(...RECORDED_OPTIONS[1])
    .action(
      acting<RecordedOptions & { by: string }, [string, string]>(
        async (context, { by, ...options }, id, text) => {
          const recorded = recordedTyped(options, context);
          const api = await context.connect();
          const asked = await api.enquire({ id, body: { by, text, ...recorded } }).catch(throwAbout({ id }));
          if (context.json) context.printJson(asked);
          else context.print(context.say('enquired', { number: asked.number }));
          return EXIT.done;
        },
      ),
    );
}

export function reply(program: Command): void {
  program
    .command('reply')
    .summary('answer what the Secretariat was asked')
    .description('Answers, for the Secretariat, what it was asked by rial enquire or on the site.')
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('<number>', 'the enquiry, by the number that rial show tells')
    .argument('<text>', 'the answer')
    .option('--by <person>', 'who of the Secretariat answers, such as oas-1')
    .option('--share', 'let all who take part read the question and the answer')
    .action(
      acting<{ by?: string; share?: true }, [string, string, string]>(
        async (context, { by, share }, id, number, text) => {
          if (!/^[1-9]\d{0,5}$/.test(number)) throw new UsageError(context.say('badNumber', { number }));
          const api = await context.connect();
          const given = {
            enquiry: Number(number),
            text,
            shared: share === true,
            ...(by !== undefined && { by }),
          };
          const answered = await api.answerEnquiry({ id, body: given }).catch(throwAbout({ id }));
          if (context.json) context.printJson(answered);
          else context.print(context.say('replied', { number }));
          return EXIT.done;
        },
      ),
    );
}

/** `rial take-in ID NUMBER FILE`: a file of a mail becomes a document of whoever sent it. */
export function takeIn(program: Command): void {
  program
    .command('take-in')
    .summary('take a file that came by mail in among the documents')
    .description('Takes a file that came with a mail in among the documents, as one of whoever sent it.')
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument(
      '<number>',
      'the communication that came by mail, by the number that the site and rial show --json tell',
    )
    .argument('<file>', 'which of its files: 1 is the first')
    .option('--by <person>', 'who of the Secretariat takes it in, such as oas-1')
    .action(
      acting<{ by?: string }, [string, string, string]>(async (context, { by }, id, number, file) => {
        for (const one of [number, file])
          if (!/^[1-9]\d{0,2}$/.test(one)) throw new UsageError(context.say('badNumber', { number: one }));
        const api = await context.connect();
        const body = {
          ...{ communication: Number(number), file: Number(file) - 1 },
          ...(by !== undefined && { by }),
        };
        const taken = await api.takeMailFile({ id, body }).catch(throwAbout({ id }));
        if (context.json) context.printJson(taken);
        else context.print(context.say('takenIn', taken));
        return EXIT.done;
      }),
    );
}

/** `rial see-to ID NUMBER`: the Secretariat has seen to a mail that is in nobody's name. */
export function seeTo(program: Command): void {
  program
    .command('see-to')
    .summary('note that a mail in nobody’s name was seen to')
    .description(
      'Notes that the Secretariat has seen to a mail that is in nobody’s name: the board counts it no more.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument(
      '<number>',
      'the communication that came by mail, by the number that the site and rial show --json tell',
    )
    .option('--by <person>', 'who of the Secretariat has seen to it, such as oas-1')
    .action(
      acting<{ by?: string }, [string, string]>(async (context, { by }, id, number) => {
        if (!/^[1-9]\d{0,6}$/.test(number)) throw new UsageError(context.say('badNumber', { number }));
        const api = await context.connect();
        const body = { communication: Number(number), ...(by !== undefined && { by }) };
        const seen = await api.seeToMail({ id, body }).catch(throwAbout({ id }));
        if (context.json) context.printJson(seen);
        else context.print(context.say('seenTo', { number: Number(number) }));
        return EXIT.done;
      }),
    );
}

/** `rial record-mail ID NUMBER`: the approval that was read in a mail is recorded as the answer of whoever it is of. */
export function recordMail(program: Command): void {
  program
    .command('record-mail')
    .summary('record the approval that was read in a mail')
    .description(
      'Records the approval that was read in a mail, and that waits for somebody to look at it, as the answer of whoever it is of. They are told.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument(
      '<number>',
      'the communication that came by mail, by the number that the site and rial show --json tell',
    )
    .option('--by <person>', 'who of the Secretariat records it, such as oas-1')
    .action(
      acting<{ by?: string }, [string, string]>(async (context, { by }, id, number) => {
        if (!/^[1-9]\d{0,6}$/.test(number)) throw new UsageError(context.say('badNumber', { number }));
        const api = await context.connect();
        const body = { communication: Number(number), ...(by !== undefined && { by }) };
        const recorded = await api.recordMailAnswer({ id, body }).catch(throwAbout({ id }));
        if (context.json) context.printJson(recorded);
        else context.print(context.say('mailRecorded', { number: Number(number) }));
        return EXIT.done;
      }),
    );
}
