import type { Language } from '../src/domain/language.ts';
import { activities } from './activities.ts';
import { temporalText } from './wording.ts';

/**
 * What is sent beside a cooperation's steps, until the mail server takes or refuses each mail: by workflows that need none of
 * the others and that nothing waits on, so that it goes out when the cooperation is over, too.
 *
 * `number`: what the case file has it under.
 */
type Sending = { cooperation: string; number: number; language: Language };

/** Sends a mail again that staff had asked for. */
export async function sendAgain({ cooperation, number, language }: Sending): Promise<void> {
  await activities(temporalText(language, 'sendsAgain')).sendAgain({ cooperation, number });
}

/** Sends what was written beside the process to those it goes to. */
export async function sendCommunication({ cooperation, number, language }: Sending): Promise<void> {
  await activities(temporalText(language, 'sendsCommunication')).sendCommunication({ cooperation, number });
}

/** Tells those concerned of a change that was made when the cooperation was over. */
export async function tellChange({ cooperation, number, language }: Sending): Promise<void> {
  await activities(temporalText(language, 'tellsChange')).tellChange({ cooperation, change: number });
}

/** Tells the others that a ministry signed the sealed case file. */
export async function tellSignature({ cooperation, number, language }: Sending): Promise<void> {
  await activities(temporalText(language, 'tellsSignature')).tellSignature({ cooperation, number });
}
